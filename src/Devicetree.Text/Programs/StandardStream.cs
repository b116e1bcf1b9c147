using System.Runtime.InteropServices;

namespace Devicetree.Text.Programs;

/// <summary>
/// The standard input, output or error, by the system's calls. The console classes of the base library start a thread that waits
/// for signals when the first byte is written, which takes longer than compiling a small tree, and say nothing of a pipe that
/// nobody reads; files would be written at offsets of their own, over what other programs write to the same log.
/// </summary>
internal sealed class StandardStream : Stream
{
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    /// <inheritdoc/>
    public override bool CanRead => _descriptor == 0;

    /// <inheritdoc/>
    public override bool CanWrite => _descriptor != 0;

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
    public static Stream OpenInput() => OperatingSystem.IsWindows() ? Console.OpenStandardInput() : new StandardStream(0);

    /// <summary>The standard output.</summary>
    public static Stream OpenOutput() => OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new StandardStream(1);

    /// <summary>The standard error.</summary>
    public static Stream OpenError() => OperatingSystem.IsWindows() ? Console.OpenStandardError() : new StandardStream(2);

    /// <summary>
    /// Takes the place of standard streams that the caller closed (<c>&gt;&amp;-</c>) by something that cannot be written: the
    /// next file that is opened would get their number, and what is meant for the standard output would be written into it. Comes
    /// first of all.
    /// </summary>
    public static void OccupyClosed()
    {
        if (OperatingSystem.IsWindows())
            return;
        for (int descriptor = 0; descriptor < 3; descriptor++)
        {
            if (!SystemCalls.IsOpen(descriptor))
                _ = SystemCalls.Open("/");
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint read = SystemCalls.Read(_descriptor, buffer);
            if (read >= 0)
                return (int)read;
            AwaitOrFail(write: false);
        }
        return 0;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            nint written = SystemCalls.Write(_descriptor, buffer);
            if (written >= 0)
                buffer = buffer[(int)written..];
            else
                AwaitOrFail(write: true);
        }
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

    private void AwaitOrFail(bool write)
    {
        int error = Marshal.GetLastPInvokeError();
        if (error == SystemCalls.NotReady)
            SystemCalls.Await(_descriptor, write);
        else if (error != SystemCalls.Interrupted)
            throw new IOException(Marshal.GetPInvokeErrorMessage(error), error);
    }
}
