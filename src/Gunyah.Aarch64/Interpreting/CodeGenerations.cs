using Gunyah.Aarch64.Memory;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Which pages of a VM have been decoded by some core, and how often their code was invalidated since. CTR_EL0 tells software to
/// say which code it changed (IC), so nothing watches the stores themselves. Pages share places in the table; what an
/// invalidation
/// forgets too much is decoded again.
/// </summary>
internal sealed class CodeGenerations
{
    private const int Size = 1 << 16;

    /// <summary>0 for a page that nobody has decoded.</summary>
    private readonly uint[] _generations = new uint[Size];

    private int _epoch;

    /// <summary>Raised whenever a page that some core has decoded was invalidated.</summary>
    public int Epoch => Volatile.Read(ref _epoch);

    /// <summary>From now on invalidations of the page count.</summary>
    /// <param name="address">An intermediate physical address in it.</param>
    /// <returns>Its generation.</returns>
    public uint Watch(ulong address)
    {
        ref uint generation = ref Of(address);
        uint before = Interlocked.CompareExchange(ref generation, 1, 0);
        return before == 0 ? 1 : before;
    }

    /// <summary>The code of a page is not what it was.</summary>
    /// <returns>True if somebody had decoded it.</returns>
    public bool Invalidate(ulong address)
    {
        ref uint generation = ref Of(address);
        if (Volatile.Read(ref generation) == 0)
            return false;
        Interlocked.Increment(ref generation);
        Interlocked.Increment(ref _epoch);
        return true;
    }

    /// <summary>No code is what it was.</summary>
    public void InvalidateAll()
    {
        for (int i = 0; i < Size; i++)
        {
            if (Volatile.Read(ref _generations[i]) != 0)
                Interlocked.Increment(ref _generations[i]);
        }

        Interlocked.Increment(ref _epoch);
    }

    private ref uint Of(ulong address) => ref _generations[(address >> Tlb.PageShift) & Size - 1];
}
