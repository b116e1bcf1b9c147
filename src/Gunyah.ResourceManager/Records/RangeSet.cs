namespace Gunyah.ResourceManager.Records;

/// <summary>A range of addresses that neither is empty nor wraps.</summary>
/// <param name="Base">The first byte.</param>
/// <param name="Size">The size in bytes, at least 1.</param>
internal readonly record struct AddressRange(ulong Base, ulong Size)
{
    /// <summary>The last byte; unlike one-past-the-end it cannot wrap.</summary>
    public ulong Last => Base + (Size - 1);

    /// <summary>False where the range is empty or wraps: then nothing else here means anything.</summary>
    public bool IsValid => Size != 0 && Base + (Size - 1) >= Base;

    public bool Contains(AddressRange other) => other.Base >= Base && other.Last <= Last;

    public bool Overlaps(AddressRange other) => other.Base <= Last && other.Last >= Base;
}

/// <summary>
/// Ranges of addresses of which no two overlap, in order. Adding, removing and looking up take logarithmic time plus a move of
/// the array, so that thousands of regions of one parcel are no burden.
/// </summary>
internal sealed class RangeSet
{
    private readonly List<AddressRange> _ranges = [];

    public IReadOnlyList<AddressRange> Ranges => _ranges;

    /// <summary>Adds a range; false, with nothing changed, when it overlaps one that is there.</summary>
    public bool TryAdd(AddressRange range)
    {
        int index = FirstEndingAtOrAfter(range.Base);
        if (index < _ranges.Count && _ranges[index].Overlaps(range))
            return false;
        _ranges.Insert(index, range);
        return true;
    }

    /// <summary>Removes a range that was added as it is; false when there is no such range.</summary>
    public bool Remove(AddressRange range)
    {
        int index = FirstEndingAtOrAfter(range.Base);
        if (index >= _ranges.Count || _ranges[index] != range)
            return false;
        _ranges.RemoveAt(index);
        return true;
    }

    public bool Overlaps(AddressRange range)
    {
        int index = FirstEndingAtOrAfter(range.Base);
        return index < _ranges.Count && _ranges[index].Overlaps(range);
    }

    public void Clear() => _ranges.Clear();

    /// <summary>
    /// The lowest aligned address inside <paramref name="within"/> from which <paramref name="size"/> bytes are free.
    /// </summary>
    /// <param name="within">Where to look.</param>
    /// <param name="size">How many bytes, at least 1.</param>
    /// <param name="alignment">A power of two.</param>
    public ulong? FindFree(AddressRange within, ulong size, ulong alignment)
    {
        ulong candidate = within.Base;
        int index = FirstEndingAtOrAfter(candidate);
        while (true)
        {
            ulong aligned = (candidate + (alignment - 1)) & ~(alignment - 1);
            var wanted = new AddressRange(aligned, size);
            if (aligned < candidate || !wanted.IsValid || !within.Contains(wanted))
                return null;
            while (index < _ranges.Count && _ranges[index].Last < aligned)
                index++;
            if (index == _ranges.Count || !_ranges[index].Overlaps(wanted))
                return aligned;
            candidate = _ranges[index].Last + 1;
            if (candidate == 0)
                return null;
        }
    }

    /// <summary>The index of the first range whose last byte is at or after an address.</summary>
    private int FirstEndingAtOrAfter(ulong address)
    {
        int low = 0;
        int high = _ranges.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_ranges[middle].Last < address)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
