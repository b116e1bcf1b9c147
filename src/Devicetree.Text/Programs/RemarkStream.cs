namespace Devicetree.Text.Programs;

/// <summary>
/// The standard error of a command. What cannot be said there is lost: there is no other place to say it, and the exit code stays
/// what it is.
/// </summary>
/// <param name="inner">Where the bytes go.</param>
/// <param name="isOver">Answers whether nothing more is to be said; null where that never is so.</param>
internal sealed class RemarkStream(Stream inner, Func<bool>? isOver = null) : OneWayStream
{
    private bool _isDeaf;

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_isDeaf || isOver?.Invoke() == true)
            return;
        try
        {
            inner.Write(buffer);
        }
        catch (Exception failure) when (OutputFailedException.IsRefusal(failure))
        {
            _isDeaf = true;
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        if (_isDeaf)
            return;
        try
        {
            inner.Flush();
        }
        catch (Exception failure) when (OutputFailedException.IsRefusal(failure))
        {
            _isDeaf = true;
        }
    }
}
