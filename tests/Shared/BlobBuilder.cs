using System.Buffers.Binary;

namespace Gunyah.Testing;

/// <summary>
/// Puts blobs together from their raw parts, right or wrong; the library's writer could not write the wrong ones.
/// </summary>
internal sealed class BlobBuilder
{
    private readonly List<byte> _structure = [];

    public byte[] Strings { get; init; } = "a\0phandle\0"u8.ToArray();

    public const uint A = 0, Phandle = 2;

    public BlobBuilder Begin(string name) => Words(1).Text(name);

    public BlobBuilder EndNode() => Words(2);

    public BlobBuilder Nop() => Words(4);

    public BlobBuilder End() => Words(9);

    public BlobBuilder Prop(uint nameOffset, params uint[] cells) => Words(3, (uint)cells.Length * 4, nameOffset).Words(cells);

    public BlobBuilder Words(params uint[] words)
    {
        var bytes = new byte[4];
        foreach (uint word in words)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes, word);
            _structure.AddRange(bytes);
        }
        return this;
    }

    public BlobBuilder Text(string text)
    {
        _structure.AddRange(System.Text.Encoding.Latin1.GetBytes(text));
        do
            _structure.Add(0);
        while (_structure.Count % 4 != 0);
        return this;
    }

    /// <summary>Header, an empty reservation block at 40, the structure at 56, the strings after it.</summary>
    public byte[] Build(uint version = 17, uint lastCompatible = 16)
    {
        int stringsOffset = 56 + _structure.Count;
        var blob = new byte[stringsOffset + Strings.Length];
        uint[] header =
        [
            0xd00dfeed, (uint)blob.Length, 56, (uint)stringsOffset, 40, version, lastCompatible, 0,
            (uint)Strings.Length, (uint)_structure.Count,
        ];
        for (int i = 0; i < header.Length; i++)
            Patch(blob, i * 4, header[i]);
        _structure.CopyTo(blob, 56);
        Strings.CopyTo(blob, stringsOffset);
        return blob;
    }

    /// <summary>
    /// As libfdt leaves a blob before <c>fdt_finish</c>: the strings stand at the end of the buffer, and names are counted down
    /// from there.
    /// </summary>
    public byte[] BuildUnfinished(int room = 32)
    {
        byte[] blob = [.. Build()[..(56 + _structure.Count)], .. new byte[room], .. Strings];
        Patch(blob, 0, ~0xd00dfeedu);
        Patch(blob, 4, (uint)blob.Length);
        return Patch(blob, 12, (uint)blob.Length);
    }

    public static byte[] Patch(byte[] blob, int offset, uint word)
    {
        BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(offset), word);
        return blob;
    }
}
