using System.Runtime.InteropServices;

namespace Devicetree.Tool;

/// <summary>
/// The standard input, output or error, by the system's calls. The console classes of the base library start a thread that waits for
/// signals when the first byte is written, which takes longer than compiling a small tree; files would be written at offsets of their
/// own, over what other programs write to the same log.
/// </summary>
/// <param name="descriptor">0, 1 or 2.</param>
/// <param name="fallback">Opens the same stream of the console classes, which know what to do when the system refuses a call.</param>
internal sealed class StandardStream(int descriptor, Func<Stream> fallback) : Stream
{
    private Stream? _fallback;

    /// <inheritdoc/>
    public override bool CanRead => descriptor == 0;

    /// <inheritdoc/>
    public override bool CanWrite => descriptor != 0;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The standard input.</summary>
    public static Stream OpenInput() => Open(0, Console.OpenStandardInput);

    /// <summary>The standard output.</summary>
    public static Stream OpenOutput() => Open(1, Console.OpenStandardOutput);

    /// <summary>The standard error.</summary>
    public static Stream OpenError() => Open(2, Console.OpenStandardError);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        int read = _fallback is null ? Read(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length) : -1;
        return read >= 0 ? read : (_fallback ??= fallback()).Read(buffer);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty && _fallback is null)
        {
            int written = Write(descriptor, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written > 0)
                buffer = buffer[written..];
            else
                _fallback = fallback();
        }
        if (!buffer.IsEmpty)
            _fallback!.Write(buffer);
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    private static Stream Open(int descriptor, Func<Stream> fallback) =>
        OperatingSystem.IsWindows() ? fallback() : new StandardStream(descriptor, fallback);

#pragma warning disable SYSLIB1054 // A generated stub would need unsafe code for what is blittable already.
    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Read")]
    private static extern int Read(nint descriptor, ref byte buffer, int count);

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Write")]
    private static extern int Write(nint descriptor, ref byte buffer, int count);
#pragma warning restore SYSLIB1054
}
