using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Decoding.Splitting;

/// <summary>Splits numbers into rows.</summary>
internal static class Rows
{
    /// <summary>Rows of a width; the last one may be shorter.</summary>
    public static DecodedList Split(DecodedValue[] numbers, int width)
    {
        if (width >= numbers.Length)
            return new DecodedList([new DecodedList(numbers)]);
        var rows = new DecodedValue[(numbers.Length + width - 1) / width];
        for (int i = 0; i < rows.Length; i++)
            rows[i] = new DecodedList(numbers[(i * width)..Math.Min((i + 1) * width, numbers.Length)]);
        return new DecodedList(rows);
    }

    /// <summary>
    /// The width that dimensions give to a number of elements (devicetree.md 5.5, step 9): that of the first pair of row count
    /// and width within the limits whose product is the number; else a fixed width; else what a fixed row count leaves; else all
    /// in one row.
    /// </summary>
    public static int Width(int count, PropertyDimensions dimensions)
    {
        (SizeRange outer, SizeRange inner) = (dimensions.Outer, dimensions.Inner);
        long maxOuter = outer.Maximum == 0 ? count : Math.Min(outer.Maximum, count);
        long maxInner = inner.Maximum == 0 ? count : inner.Maximum;
        for (long rows = Math.Max(outer.Minimum, 1); rows <= maxOuter; rows++)
        {
            if (count % rows == 0 && count / rows is long width && width >= inner.Minimum && width <= maxInner)
                return (int)width;
        }
        if (inner.IsFixed)
            return (int)Math.Min(inner.Minimum, int.MaxValue);
        return outer.IsFixed ? (int)Math.Max(count / outer.Minimum, 1) : count;
    }

    /// <summary>The numbers of a value that is still one row; null for anything else.</summary>
    public static DecodedValue[]? Single(DecodedValue value)
    {
        if (value is not DecodedList { Count: > 0 } list || list.Items[0] is not DecodedList row)
            return null;
        return row.Count > 0 && row.Items[0] is DecodedInteger ? [.. row.Items] : null;
    }
}
