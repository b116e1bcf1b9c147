using System.Text;

namespace Devicetree.Source;

/// <summary>
/// The names of one compilation, each made a string once: a source says <c>compatible</c> a thousand times. Two equal names from
/// one pool are the same string, which makes comparing them cheap. Not for several threads.
/// </summary>
internal sealed class NamePool
{
    private const ulong HashFactor = 0x9E3779B97F4A7C15;

    private string[] _names = new string[512];
    private uint[] _hashes = new uint[512];
    private int _count;

    /// <summary>The string of a name of ASCII characters.</summary>
    public string Intern(ReadOnlySpan<byte> name)
    {
        uint hash = HashOf(name);
        int mask = _names.Length - 1;
        int slot = (int)(hash & (uint)mask);
        while (_names[slot] is string known)
        {
            if (_hashes[slot] == hash && Ascii.Equals(name, known))
                return known;
            slot = (slot + 1) & mask;
        }
        string added = Encoding.ASCII.GetString(name);
        _names[slot] = added;
        _hashes[slot] = hash;
        if (++_count * 2 > _names.Length)
            Grow();
        return added;
    }

    private void Grow()
    {
        (string[] names, uint[] hashes) = (_names, _hashes);
        _names = new string[2 * names.Length];
        _hashes = new uint[2 * names.Length];
        int mask = _names.Length - 1;
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] is null)
                continue;
            int slot = (int)(hashes[i] & (uint)mask);
            while (_names[slot] is not null)
                slot = (slot + 1) & mask;
            (_names[slot], _hashes[slot]) = (names[i], hashes[i]);
        }
    }

    private static uint HashOf(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length * HashFactor;
        while (name.Length >= sizeof(ulong))
        {
            hash = Mix(hash ^ BitConverter.ToUInt64(name));
            name = name[sizeof(ulong)..];
        }
        ulong rest = 0;
        foreach (byte c in name)
            rest = (rest << 8) | c;
        hash = Mix(hash ^ rest);
        return (uint)(hash >> 32) ^ (uint)hash;
    }

    private static ulong Mix(ulong hash)
    {
        hash *= HashFactor;
        return hash ^ (hash >> 31);
    }
}
