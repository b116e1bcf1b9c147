using System.Runtime.InteropServices;

namespace Devicetree.Source.Preprocessing;

/// <summary>
/// Gives every identifier a small number, so that a macro is looked up by indexing an array. Numbers begin with 1. Reading takes
/// no lock.
/// </summary>
internal sealed class IdentifierTable
{
    private const int ChunkBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private volatile State _state = new(new int[4096], new Entry[2048]);
    private byte[] _chunk = [];
    private int _chunkUsed;
    private int _count;

    /// <summary>All numbers are below this one; it only grows.</summary>
    public int Limit => Volatile.Read(ref _count) + 1;

    /// <summary>The number of an identifier.</summary>
    public int Intern(ReadOnlySpan<byte> name)
    {
        uint hash = Hash(name);
        int found = _state.Find(name, hash);
        return found != 0 ? found : Add(name, hash);
    }

    /// <summary>The identifier of a number.</summary>
    public ReadOnlySpan<byte> this[int id] => _state.Entries[id].Name;

    private int Add(ReadOnlySpan<byte> name, uint hash)
    {
        lock (_gate)
        {
            State state = _state;
            int found = state.Find(name, hash);
            if (found != 0)
                return found;
            int id = _count + 1;
            if (id >= state.Entries.Length)
                _state = state = state.Grown(id);
            if (name.Length > _chunk.Length - _chunkUsed)
                (_chunk, _chunkUsed) = (new byte[Math.Max(ChunkBytes, name.Length)], 0);
            name.CopyTo(_chunk.AsSpan(_chunkUsed));
            state.Entries[id] = new(_chunk, _chunkUsed, name.Length, hash);
            _chunkUsed += name.Length;
            Volatile.Write(ref _count, id);
            // Only now can a reader find it, and then it finds all of it.
            state.Publish(id, hash);
            return id;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)name.Length;
        ReadOnlySpan<byte> rest = name;
        for (; rest.Length >= sizeof(ulong); rest = rest[sizeof(ulong)..])
            hash = ulong.RotateLeft((hash ^ MemoryMarshal.Read<ulong>(rest)) * Multiplier, 29);
        if (name.Length >= sizeof(ulong))
        {
            // The last eight bytes again, some of them a second time: quicker than putting the rest together.
            hash = (hash ^ MemoryMarshal.Read<ulong>(name[^sizeof(ulong)..])) * Multiplier;
        }
        else
        {
            ulong tail = 0;
            foreach (byte b in rest)
                tail = tail << 8 | b;
            hash = (hash ^ tail) * Multiplier;
        }
        return (uint)(hash >> 32);
    }

    private readonly record struct Entry(byte[] Chunk, int Start, int Length, uint Hash)
    {
        public ReadOnlySpan<byte> Name => Chunk.AsSpan(Start, Length);
    }

    /// <summary>
    /// One size of the table. A full one is replaced, so that a reader of the old one finds less, but nothing wrong.
    /// </summary>
    private sealed class State(int[] slots, Entry[] entries)
    {
        public Entry[] Entries => entries;

        public int Find(ReadOnlySpan<byte> name, uint hash)
        {
            uint mask = (uint)slots.Length - 1;
            for (uint slot = hash & mask; ; slot = (slot + 1) & mask)
            {
                int id = Volatile.Read(ref slots[slot]);
                if (id == 0)
                    return 0;
                ref Entry entry = ref entries[id];
                if (entry.Hash == hash && entry.Name.SequenceEqual(name))
                    return id;
            }
        }

        public void Publish(int id, uint hash)
        {
            uint mask = (uint)slots.Length - 1;
            uint slot = hash & mask;
            while (slots[slot] != 0)
                slot = (slot + 1) & mask;
            Volatile.Write(ref slots[slot], id);
        }

        public State Grown(int count)
        {
            var larger = new State(new int[slots.Length * 4], new Entry[entries.Length * 4]);
            Array.Copy(entries, larger.Entries, count);
            for (int id = 1; id < count; id++)
                larger.Publish(id, entries[id].Hash);
            return larger;
        }
    }
}
