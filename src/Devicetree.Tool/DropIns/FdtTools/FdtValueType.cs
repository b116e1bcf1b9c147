using Devicetree.Compatibility;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>How a value is written on a command line: option <c>-t</c> of fdtget and fdtput.</summary>
/// <param name="Letter"><c>s</c>, <c>i</c>, <c>u</c>, <c>x</c> or <c>r</c>; NUL when the option is not given.</param>
/// <param name="Size">Bytes of an element; 0 when the option does not say.</param>
internal readonly record struct FdtValueType(char Letter, int Size)
{
    public const char Text = 's';
    public const char Hexadecimal = 'x';
    public const char Unsigned = 'u';
    public const char AnyBase = 'i';

    /// <summary>The bytes as they are; see <see cref="DtcChanges.RawValues"/>.</summary>
    public const char Raw = 'r';

    /// <summary>The part of a synopsis that explains types.</summary>
    public static string HelpOf(DtcVersion version) => $"""
        <type>	s=string, i=int, u=unsigned, x=hex{(version.Has(DtcChanges.RawValues) ? ", r=raw" : "")}
        	Optional modifier prefix:
        		hh or b=byte, h=2 byte, l=4 byte (default)
        """;

    /// <summary>
    /// Reads a type: a letter, before it maybe the size. A size letter may stand twice; <c>hh</c> is a byte, and <c>L</c> says
    /// nothing.
    /// </summary>
    public static bool TryParse(string text, DtcVersion version, out FdtValueType type)
    {
        type = default;
        ReadOnlySpan<char> rest = text;
        char qualifier = '\0';
        if (!rest.IsEmpty && "hlLb".Contains(rest[0], StringComparison.Ordinal))
        {
            qualifier = rest[0];
            rest = rest[1..];
            if (!rest.IsEmpty && rest[0] == qualifier)
            {
                qualifier = qualifier == 'h' ? 'b' : qualifier;
                rest = rest[1..];
            }
        }
        if (rest.Length != 1 || !(version.Has(DtcChanges.RawValues) ? "iuxsr" : "iuxs").Contains(rest[0],
            StringComparison.Ordinal))
            return false;
        int size = rest[0] is Text or Raw ? 0 : qualifier switch
        {
            'b' => 1,
            'h' => 2,
            'l' => 4,
            _ => 0,
        };
        type = new(rest[0], size);
        return true;
    }
}
