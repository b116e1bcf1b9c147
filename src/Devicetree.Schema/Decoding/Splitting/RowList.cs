namespace Devicetree.Schema.Decoding.Splitting;

/// <summary>Takes rows off a list of numbers, one after the other; the last one may be short.</summary>
internal sealed class RowList(DecodedValue[] numbers)
{
    private readonly List<DecodedValue> _rows = [];
    private int _at;

    public bool AtEnd => _at >= numbers.Length;

    /// <summary>The index of the next number.</summary>
    public int Position => _at;

    /// <summary>The next number.</summary>
    public Int128 Current => At(0);

    /// <summary>How many numbers are left.</summary>
    public int Left => numbers.Length - _at;

    /// <summary>A number counted from the next one.</summary>
    public Int128 At(long offset) => ((DecodedInteger)numbers[_at + offset]).Value;

    /// <summary>The index of a number, from an index on and before another; negative when it does not occur.</summary>
    public int IndexOf(Int128 value, int from, int? end = null)
    {
        for (int i = from; i < (end ?? numbers.Length); i++)
        {
            if (((DecodedInteger)numbers[i]).Value == value)
                return i;
        }
        return -1;
    }

    /// <summary>
    /// How far the next occurrence of a number after the next number is, before an index; else all that is left.
    /// </summary>
    public int DistanceTo(Int128 value, int last) => IndexOf(value, _at + 1, last) is int found and >= 0 ? found - _at : Left;

    /// <summary>Takes a row of a positive width.</summary>
    public void Take(long width)
    {
        int end = (int)Math.Min(_at + Math.Max(width, 1), numbers.Length);
        _rows.Add(new DecodedList(numbers[_at..end]));
        _at = end;
    }

    /// <summary>Takes rows of one positive width until the end.</summary>
    public void TakeAll(long width)
    {
        while (!AtEnd)
            Take(width);
    }

    public void TakeRest() => TakeAll(numbers.Length);

    /// <summary>The rows taken so far.</summary>
    public DecodedList ToList() => new(_rows.ToArray());
}
