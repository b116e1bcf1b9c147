namespace Gunyah.Aarch64.Disassembling;

/// <summary>Registers as text.</summary>
internal static class RegisterText
{
    private const int LastNumber = 31;

    /// <summary>A general register of which 31 is zero.</summary>
    public static string General(bool isWide, int number) =>
        number == LastNumber ? isWide ? "xzr" : "wzr" : $"{(isWide ? 'x' : 'w')}{number}";

    /// <summary>A general register of which 31 is the stack pointer.</summary>
    public static string OrSp(bool isWide, int number) =>
        number == LastNumber ? isWide ? "sp" : "wsp" : $"{(isWide ? 'x' : 'w')}{number}";

    /// <summary>The letter of a width: log2 of its bytes.</summary>
    public static char Letter(int size) => "bhsdq"[size];

    /// <summary>A vector register as one element: <c>s3</c>.</summary>
    public static string Scalar(int size, int number) => $"{Letter(size)}{number}";

    /// <summary>A vector register as lanes: <c>v3.4s</c>.</summary>
    /// <param name="size">Log2 of the bytes of an element.</param>
    /// <param name="isFull">True for 128 bits, false for 64.</param>
    /// <param name="number">The register.</param>
    public static string Vector(int size, bool isFull, int number) => $"v{number}.{Arrangement(size, isFull)}";

    /// <summary>The lanes of a register: <c>4s</c>.</summary>
    public static string Arrangement(int size, bool isFull) => $"{(isFull ? 16 : 8) >> size}{Letter(size)}";

    /// <summary>One element of a register: <c>v3.s[1]</c>.</summary>
    public static string Element(int size, int number, int index) => $"v{number}.{Letter(size)}[{index}]";

    /// <summary>Registers in a row, as loads and stores of structures and tables have them.</summary>
    /// <param name="first">The first.</param>
    /// <param name="count">How many; behind 31 comes 0.</param>
    /// <param name="suffix">What stands behind the point of each.</param>
    public static string List(int first, int count, string suffix)
    {
        if (count > 2 && first + count - 1 <= LastNumber)
            return $"{{v{first}.{suffix}-v{first + count - 1}.{suffix}}}";
        return $"{{{string.Join(", ", Enumerable.Range(first, count).Select(each => $"v{each & LastNumber}.{suffix}"))}}}";
    }
}
