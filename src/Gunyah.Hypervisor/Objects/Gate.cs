using System.Diagnostics.CodeAnalysis;

namespace Gunyah.Hypervisor.Objects;

/// <summary>
/// A lock that is held for as long as a message is copied: one compare-and-swap to come in, an ordinary store to go. A
/// <see cref="Lock"/> has an interlocked operation on both ways and asks who the thread is. Whoever finds it held spins, then
/// gives the processor away, as its holder may have lost its own. It is not fair, and who holds it must not enter again.
/// </summary>
internal struct Gate
{
    private int _held;

    /// <summary>True while somebody holds it.</summary>
    public readonly bool IsHeld => Volatile.Read(in _held) != 0;

    /// <summary>Waits until nobody holds it, and takes it until the scope is disposed of.</summary>
    [UnscopedRef]
    public Scope Enter()
    {
        if (Interlocked.CompareExchange(ref _held, 1, 0) != 0)
            Wait();
        return new(ref _held);
    }

    private void Wait()
    {
        var spin = default(SpinWait);
        do
        {
            while (Volatile.Read(in _held) != 0)
                spin.SpinOnce(sleep1Threshold: -1);
        }
        while (Interlocked.CompareExchange(ref _held, 1, 0) != 0);
    }

    /// <summary>The time for which a gate is held.</summary>
    public readonly ref struct Scope
    {
        private readonly ref int _held;

        public Scope(ref int held) => _held = ref held;

        /// <summary>Lets the gate go.</summary>
        public void Dispose() => Volatile.Write(ref _held, 0);
    }
}
