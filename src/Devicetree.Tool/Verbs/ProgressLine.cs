using System.Globalization;

namespace Devicetree.Tool.Verbs;

/// <summary>One line on a terminal that says how far long work is. Elsewhere it shows nothing.</summary>
/// <param name="console">The outside.</param>
/// <param name="total">How many pieces of work there are.</param>
/// <param name="isWanted">Whether the user wants to see it.</param>
internal sealed class ProgressLine(VerbConsole console, int total, bool isWanted = true)
{
    /// <summary>Work that ends sooner shows nothing, and the line changes no faster than one can read.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);

    private const string Erase = "\r\e[K";

    private readonly long _start = console.Host.Time.GetTimestamp();
    private TimeSpan _next = _pause;
    private int _done;
    private bool _isShown;

    /// <summary>Takes the line away: before anything else is printed, and at the end.</summary>
    public void Clear()
    {
        if (!_isShown)
            return;
        console.Error.Write(Erase);
        console.Error.Flush();
        _isShown = false;
    }

    /// <summary>One more piece is done.</summary>
    /// <param name="name">What it is called.</param>
    public void Advance(string name)
    {
        _done++;
        if (!isWanted || !console.Host.ErrorIsTerminal)
            return;
        TimeSpan elapsed = console.Host.Time.GetElapsedTime(_start);
        if (elapsed < _next)
            return;
        _next = elapsed + _pause;
        console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"{Erase}{_done}/{total} {name}"));
        console.Error.Flush();
        _isShown = true;
    }
}
