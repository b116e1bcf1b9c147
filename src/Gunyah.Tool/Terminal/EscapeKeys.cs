namespace Gunyah.Tool.Terminal;

/// <summary>
/// What is typed at a terminal, without what is meant for us: Ctrl-A X leaves, Ctrl-A twice is one Ctrl-A, and before any other
/// key it is a key like others.
/// </summary>
internal sealed class EscapeKeys
{
    private const byte Escape = 1;

    private bool _isEscaped;

    /// <summary>Takes what was typed.</summary>
    /// <param name="typed">The keys.</param>
    /// <param name="kept">Takes what goes on: room for one more than was typed.</param>
    /// <param name="count">How many go on.</param>
    /// <returns>True if the user leaves; what was typed before that goes on.</returns>
    public bool Filter(ReadOnlySpan<byte> typed, Span<byte> kept, out int count)
    {
        count = 0;
        foreach (byte key in typed)
        {
            if (!_isEscaped && key == Escape)
            {
                _isEscaped = true;
                continue;
            }

            if (_isEscaped && (key is (byte)'x' or (byte)'X'))
                return true;
            if (_isEscaped && key != Escape)
                kept[count++] = Escape;
            _isEscaped = false;
            kept[count++] = key;
        }

        return false;
    }
}
