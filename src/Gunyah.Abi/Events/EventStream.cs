namespace Gunyah.Abi.Events;

/// <summary>A reader of the event stream. Called under the stream's lock: in order, one event at a time.</summary>
public interface IEventReader
{
    /// <summary>The kinds it wants, one bit each: bit <c>(int)kind</c>.</summary>
    ulong Wanted { get; }

    /// <summary>Takes one event. Must not call into the machine.</summary>
    void Read(in GunyahEvent e);
}

/// <summary>
/// The one stream of everything observable. Without readers it costs one predictable branch an event and no allocation.
/// </summary>
/// <param name="readers">Who reads; fixed for the stream's life.</param>
public sealed class EventStream(params ReadOnlySpan<IEventReader> readers)
{
    private readonly IEventReader[] _readers = readers.ToArray();
    private readonly ulong _wanted = Union(readers);
    private readonly Lock _gate = new();
    private ulong _sequence;
    private ulong _latest;

    /// <summary>A stream that nobody reads.</summary>
    public static EventStream None { get; } = new();

    /// <summary>The set of all kinds, as <see cref="IEventReader.Wanted"/> takes it.</summary>
    public static ulong AllKinds => (1UL << EventTable.Rows.Length) - 1;

    /// <summary>The bit of a kind.</summary>
    public static ulong Bit(EventKind kind) => 1UL << (int)kind;

    /// <summary>True if some reader wants this kind.</summary>
    public bool Wants(EventKind kind) => (_wanted & Bit(kind)) != 0;

    /// <summary>
    /// Hands an event to every reader that wants its kind. Call only after <see cref="Wants"/> said yes. Threads look at the
    /// clock before they come in here, and in any order: an event has at least the time of the one before it.
    /// </summary>
    public void Emit(ulong time, EventKind kind, ushort vmid, ushort vcpu, in EventValues values, string? text = null,
        ReadOnlyMemory<byte> data = default)
    {
        lock (_gate)
        {
            _latest = Math.Max(_latest, time);
            var e = new GunyahEvent(_sequence++, _latest, kind, vmid, vcpu, values, text, data);
            foreach (IEventReader reader in _readers)
            {
                if ((reader.Wanted & Bit(kind)) != 0)
                    reader.Read(in e);
            }
        }
    }

    private static ulong Union(ReadOnlySpan<IEventReader> readers)
    {
        ulong wanted = 0;
        foreach (IEventReader reader in readers)
            wanted |= reader.Wanted;
        return wanted;
    }
}
