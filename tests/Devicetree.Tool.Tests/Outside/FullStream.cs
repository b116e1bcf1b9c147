namespace Devicetree.Tool.Tests.Outside;

/// <summary>A stream that refuses, as a full disk or a pipe without a reader does.</summary>
/// <param name="error">The system's number of the error.</param>
/// <param name="room">How many bytes it takes before.</param>
internal sealed class FullStream(int error, int room = 0) : MemoryStream
{
    public const int NoSpace = 28;
    public const int BrokenPipe = 32;
    public const int BadDescriptor = 9;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Length + buffer.Length > room)
            throw new IOException("refused", error);
        base.Write(buffer.ToArray(), 0, buffer.Length);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));
}
