namespace Devicetree.Tool.Tests.Input;

/// <summary>A standard input with a fault that nobody has foreseen.</summary>
internal sealed class ThrowingStream : MemoryStream
{
    public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("a fault of ours");

    public override int Read(Span<byte> buffer) => throw new InvalidOperationException("a fault of ours");
}
