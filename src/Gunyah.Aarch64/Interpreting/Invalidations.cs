using Gunyah.Aarch64.Memory;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>What a TLBI names.</summary>
internal enum InvalidationKind
{
    /// <summary>Everything.</summary>
    All,

    /// <summary>An ASID.</summary>
    Asid,

    /// <summary>A virtual address, in every ASID.</summary>
    Address,
}

/// <summary>A TLBI that means all cores.</summary>
internal readonly record struct Invalidation(InvalidationKind Kind, ulong Operand);

/// <summary>
/// What other cores want this one's TLB to forget. The core follows at its next safe point; a DSB of the sender waits until every
/// core that runs has come to one. A core that does not run follows before it runs again, and is not waited for.
/// </summary>
internal sealed class Inbox
{
    private const int Most = 64;

    private readonly Lock _gate = new();
    private readonly Invalidation[] _items = new Invalidation[Most];
    private int _count;
    private int _isPending;
    private int _isRunning;

    /// <summary>True while its core runs and has not followed yet.</summary>
    public bool MustBeAwaited => Volatile.Read(ref _isPending) != 0 && Volatile.Read(ref _isRunning) != 0;

    /// <summary>
    /// The core begins to run: whoever posts after this waits for it, and what was posted before it follows now.
    /// </summary>
    public void Enter(Mmu mmu)
    {
        Volatile.Write(ref _isRunning, 1);
        Interlocked.MemoryBarrier(); // Its partner is the barrier of Post, before MustBeAwaited.
        Follow(mmu);
    }

    /// <summary>The core does not run any more.</summary>
    public void Leave() => Volatile.Write(ref _isRunning, 0);

    /// <summary>A safe point: forgets what was posted.</summary>
    public void Follow(Mmu mmu)
    {
        if (Volatile.Read(ref _isPending) == 0)
            return;
        lock (_gate)
        {
            if (_count > Most)
            {
                mmu.InvalidateAll();
            }
            else
            {
                foreach (Invalidation item in _items.AsSpan(0, _count))
                    Apply(mmu, item);
            }

            _count = 0;
            Volatile.Write(ref _isPending, 0);
        }
    }

    /// <summary>Asks for something to be forgotten; from any thread.</summary>
    public void Post(Invalidation item)
    {
        lock (_gate)
        {
            if (_count < Most)
                _items[_count] = item;
            _count = Math.Min(_count + 1, Most + 1); // More than there is room for is everything.
            Volatile.Write(ref _isPending, 1);
        }

        Interlocked.MemoryBarrier(); // Its partner is the barrier of Enter.
    }

    private static void Apply(Mmu mmu, Invalidation item)
    {
        switch (item.Kind)
        {
            case InvalidationKind.Address:
                mmu.InvalidateAddress(item.Operand);
                break;
            case InvalidationKind.Asid:
                mmu.InvalidateAsid(item.Operand);
                break;
            default:
                mmu.InvalidateAll();
                break;
        }
    }
}
