namespace Devicetree.Source.Preprocessing;

/// <summary>
/// Which tokens would become another one if nothing stood between them. The list is that of GCC's cpp, as observed.
/// </summary>
internal static class Spacing
{
    /// <summary>Whether a space must stand between two tokens.</summary>
    /// <param name="first">The kind of the one before.</param>
    /// <param name="second">The kind of the one after.</param>
    /// <param name="bytes">The one after.</param>
    public static bool Fuses(PpKind first, PpKind second, ReadOnlySpan<byte> bytes)
    {
        // Only operators build operators: the first character of anything else means nothing here.
        byte c = second is PpKind.Name or PpKind.Number or PpKind.Character or PpKind.String or PpKind.Wide or PpKind.Other
            or PpKind.Backslash
            ? (byte)0
            : bytes[0];
        if (first <= PpKind.LastBeforeEquals && first != PpKind.None && c == '=')
            return true;
        return first switch
        {
            PpKind.Greater => c == '>',
            PpKind.Less => c is (byte)'<' or (byte)'%' or (byte)':',
            PpKind.LessEquals => c == '>',
            PpKind.Plus => c == '+',
            PpKind.Minus => c is (byte)'-' or (byte)'>',
            PpKind.Divide => c is (byte)'/' or (byte)'*',
            PpKind.Modulo => c is (byte)':' or (byte)'>',
            PpKind.And => c == '&',
            PpKind.Or => c == '|',
            PpKind.Colon => c is (byte)':' or (byte)'>',
            PpKind.Arrow => c == '*',
            PpKind.Dot => c is (byte)'.' or (byte)'%' || second == PpKind.Number,
            PpKind.Hash => c is (byte)'#' or (byte)'%',
            PpKind.Name => second is PpKind.Name or PpKind.Character or PpKind.String
                || (second == PpKind.Number && !bytes.ContainsAnyExcept(ByteClasses.Identifier)),
            PpKind.Number =>
                second is PpKind.Number or PpKind.Name or PpKind.Character || c is (byte)'.' or (byte)'+' or (byte)'-',
            PpKind.Backslash => second == PpKind.Name,
            _ => false,
        };
    }
}
