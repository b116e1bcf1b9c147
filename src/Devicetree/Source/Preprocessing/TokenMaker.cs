using System.Globalization;
using System.Text;

namespace Devicetree.Source.Preprocessing;

/// <summary>Makes tokens that stand in no file: pasted ones, strings of arguments, the values of built-in macros.</summary>
internal sealed class TokenMaker(PreprocessorState state)
{
    /// <summary>The last second of the year 9999, which is the last one that cpp takes.</summary>
    private const long LastSecond = 253402300799;

    private const string TimeFormat = "HH:mm:ss";

    private readonly Refilled<byte> _text = new();
    private int _counter;

    public void Begin() => _counter = 0;

    /// <summary>Joins a token with the next one; false when the two make no token, which changes nothing.</summary>
    public bool TryPaste(ref PpToken first, in PpToken second)
    {
        var text = new byte[first.Length + second.Length];
        first.Bytes.CopyTo(text);
        second.Bytes.CopyTo(text.AsSpan(first.Length));
        // The two of a comment begin none, they stay two tokens.
        if (first.Kind == PpKind.Divide && second.Kind != PpKind.Equals)
            return false;
        int at = 0;
        if (!TokenScanner.TryRead(text, ref at, text.Length, out PpToken pasted) || at != text.Length)
            return false;
        pasted.Flags = first.Flags & PpFlags.White;
        pasted.Place = first.Place;
        pasted.At = first.At;
        if (pasted.Kind == PpKind.Name)
            pasted.Id = state.Identifiers.Intern(pasted.Bytes);
        first = pasted;
        return true;
    }

    /// <summary>Makes a string of the tokens of an argument.</summary>
    public PpToken Stringize(ReadOnlySpan<PpToken> tokens, in PpToken parameter)
    {
        _text.Truncate(0);
        _text.Add((byte)'"');
        PpFlags source = PpFlags.NoSource;
        int backslashes = 0;
        foreach (ref readonly PpToken token in tokens)
        {
            if (token.Kind == PpKind.Padding)
            {
                if (source == PpFlags.NoSource || (source == PpFlags.None && token.Has(PpFlags.NoSource)))
                    source = token.Flags & (PpFlags.White | PpFlags.NoSource);
                continue;
            }
            bool white = source == PpFlags.NoSource ? token.Has(PpFlags.White) : source == PpFlags.White;
            if (white && _text.Count > 1)
                _text.Add((byte)' ');
            source = PpFlags.NoSource;
            bool quoted = token.Kind is PpKind.String or PpKind.Character or PpKind.Wide;
            foreach (byte b in token.Bytes)
            {
                if (quoted && b is (byte)'"' or (byte)'\\')
                    _text.Add((byte)'\\');
                _text.Add(b);
            }
            backslashes = token.Kind == PpKind.Backslash ? backslashes + 1 : 0;
        }
        // A backslash at the end would take the closing quote away.
        if (backslashes % 2 != 0)
            _text.Truncate(_text.Count - 1);
        _text.Add((byte)'"');
        return Made(PpKind.String, _text.ToArray(), parameter.Place);
    }

    /// <summary>The value of a built-in macro.</summary>
    /// <param name="macro">The macro.</param>
    /// <param name="call">The number of its call.</param>
    public PpToken BuiltIn(MacroDefinition macro, int call)
    {
        int place = ~call;
        switch (macro.BuiltIn)
        {
            case BuiltInMacro.Line:
                return Number(state.Origins.LineOf(call), place);
            case BuiltInMacro.Counter:
                return Number(_counter++, place);
            case BuiltInMacro.IncludeLevel:
                return Number(state.Files.Level, place);
            case BuiltInMacro.File:
                return Text(state.Files.Top.Path, place);
            case BuiltInMacro.BaseFile:
                return Text(state.Files.MainPath, place);
            case BuiltInMacro.Date:
                return Text(Clock() is { } date ? FormatDate(date) : "??? ?? ????", place);
            case BuiltInMacro.Time:
                return Text(Clock()?.ToString(TimeFormat, CultureInfo.InvariantCulture) ?? "??:??:??", place);
            default:
                return Text(
                    state.Options.Files?.ModifiedAt(state.Files.Top.File.Source.Path) is { } written
                        ? FormatTimestamp(written) : "??? ??? ?? ??:??:?? ????",
                    place);
        }
    }

    /// <summary>
    /// What the time is taken to be, as cpp takes it: a variable goes before the clock, and is looked at when it is needed.
    /// </summary>
    private DateTimeOffset? Clock()
    {
        if (state.Options.SourceDateEpoch is not string text)
            return state.Options.Now;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds) && seconds <= LastSecond)
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        state.Diagnostics.Report(PreprocessorRules.BadEpoch, default, text, LastSecond);
        return null;
    }

    /// <summary>A time as C's <c>asctime</c> writes it.</summary>
    private static string FormatTimestamp(DateTimeOffset time) =>
        time.ToString("ddd MMM ", CultureInfo.InvariantCulture) + time.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2)
        + time.ToString($" {TimeFormat} yyyy", CultureInfo.InvariantCulture);

    private static string FormatDate(DateTimeOffset date) =>
        date.ToString("MMM ", CultureInfo.InvariantCulture) + date.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2)
        + date.ToString(" yyyy", CultureInfo.InvariantCulture);

    private static PpToken Number(int value, int place) =>
        Made(PpKind.Number, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), place);

    private static PpToken Text(string text, int place)
    {
        string quoted = "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
        return Made(PpKind.String, Encoding.UTF8.GetBytes(quoted), place);
    }

    private static PpToken Made(PpKind kind, byte[] text, int place) =>
        new() { Kind = kind, Buffer = text, Length = text.Length, Place = place, At = -1 };
}
