namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>The guess at what a value is that fdtget and fdtdump share.</summary>
internal static class FdtValueText
{
    /// <summary>
    /// True for strings that end in a NUL each, none of them empty, of characters that C's <c>isprint</c> takes.
    /// </summary>
    public static bool IsPrintable(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[^1] != 0)
            return false;
        bool isInString = false;
        foreach (byte c in value)
        {
            if (c == 0 ? !isInString : c is < (byte)' ' or > (byte)'~')
                return false;
            isInString = c != 0;
        }
        return true;
    }
}
