namespace Devicetree.Text.Programs;

/// <summary>
/// The standard output of a command, or a file that it writes piece by piece. The first write that the system refuses is kept as
/// <see cref="Failure"/>, and nothing more is written: a reader gets the beginning or all, never a result with a hole.
/// </summary>
/// <param name="inner">Where the bytes go; closed with this stream.</param>
/// <param name="target">What it is, as the user knows it.</param>
/// <param name="failed">
/// Called once at a failure, by whoever wrote. Null for a command that a failure ends where it stands, by an
/// <see cref="OutputFailedException"/>; not null for one whose other threads must not see any.
/// </param>
internal sealed class ResultStream(Stream inner, string target, Action? failed = null) : OneWayStream
{
    private OutputFailedException? _failure;

    /// <summary>What went wrong; null when nothing did.</summary>
    public OutputFailedException? Failure => Volatile.Read(ref _failure);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Failure is null)
        {
            try
            {
                inner.Write(buffer);
                return;
            }
            catch (Exception failure) when (OutputFailedException.IsRefusal(failure))
            {
                Keep(failure);
            }
        }
        End();
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (Failure is null)
        {
            try
            {
                inner.Flush();
                return;
            }
            catch (Exception failure) when (OutputFailedException.IsRefusal(failure))
            {
                Keep(failure);
            }
        }
        End();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    private void Keep(Exception failure)
    {
        var kept = new OutputFailedException(target, failure);
        if (Interlocked.CompareExchange(ref _failure, kept, null) is null)
            failed?.Invoke();
    }

    private void End()
    {
        if (failed is null)
            throw new OutputFailedException(target, Failure!.InnerException!);
    }
}
