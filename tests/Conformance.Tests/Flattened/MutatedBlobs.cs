using System.Buffers.Binary;

namespace Conformance.Tests.Flattened;

/// <summary>One small blob, and what can be wrong with it: the mutations of devicetree.md 2.2 and their neighbours.</summary>
internal static class MutatedBlobs
{
    private const int Magic = 0, Total = 4, Struct = 8, Strings = 12, Reservations = 16, Version = 20, LastCompatible = 24,
        StringsSize = 32, StructSize = 36;

    /// <summary>Where the structure block of a built blob starts.</summary>
    private const int Body = 56;

    private static readonly uint[] _tellingOffsets =
        [0, 1, 36, 39, 41, 44, 57, 60, 0x7fffffff, 0x80000000, 0xfffffff8, 0xfffffffc];

    /// <summary>Every blob by its name.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = Build();

    private static BlobBuilder Tree() => new BlobBuilder { Strings = "p\0reg\0xreg\0phandle\0"u8.ToArray() }
        .Begin("").Prop(0, 1).Prop(2, 2, 3).Begin("n@1").Prop(11, 7).EndNode().EndNode();

    private static Dictionary<string, byte[]> Build()
    {
        var all = new Dictionary<string, byte[]> { ["good"] = Good() };
        AddHeaders(all);
        AddStructures(all);
        AddProperties(all);
        foreach (int length in (int[])[0, 8, 27, 28, 35, 36, 39, 40, 55, 56, 60, Good().Length - 1])
            all.Add($"cut to {length} bytes", Good()[..length]);
        all.Add("16 bytes more than it says", [.. Good(), .. new byte[16]]);
        return all;
    }

    private static void AddHeaders(Dictionary<string, byte[]> all)
    {
        foreach ((string name, int field) in (ReadOnlySpan<(string, int)>)
            [("structure", Struct), ("strings", Strings), ("reservations", Reservations), ("total size", Total),
            ("structure size", StructSize), ("strings size", StringsSize)])
        {
            foreach (uint value in _tellingOffsets)
                all.Add($"{name} 0x{value:x}", BlobBuilder.Patch(Good(), field, value));
        }
        all.Add("magic wrong", BlobBuilder.Patch(Good(), Magic, 0xd00dfeee));
        all.Add("magic of an unfinished blob", BlobBuilder.Patch(Good(), Magic, ~0xd00dfeedu));
        foreach ((uint version, uint last) in (ReadOnlySpan<(uint, uint)>)
            [(0, 0), (1, 1), (2, 1), (3, 1), (15, 1), (16, 16), (16, 17), (17, 0), (17, 17), (17, 18), (18, 17), (18, 18),
            (99, 16), (0xffffffff, 17)])
        {
            all.Add($"version {version} compatible with {last}", Tree().End().Build(version, last));
        }
        all.Add("reservations without an end", Fill(BlobBuilder.Patch(Good(), Reservations, 40), 40, 16));
        all.Add("one byte of structure less", BlobBuilder.Patch(Good(), StructSize, Size(Good()) - 1));
        all.Add("a word of structure less", BlobBuilder.Patch(Good(), StructSize, Size(Good()) - 4));
        all.Add("a byte of structure more", BlobBuilder.Patch(Good(), StructSize, Size(Good()) + 1));
        all.Add("structure larger than needed", BlobBuilder.Patch(Good(), StructSize, Size(Good()) + 8));
        all.Add("strings that end in the last name", BlobBuilder.Patch(Good(), StringsSize, 18));
        all.Add("strings that begin in the structure", BlobBuilder.Patch(Good(), Strings, Body));
    }

    private static void AddStructures(Dictionary<string, byte[]> all)
    {
        void Add(string name, BlobBuilder builder) => all.Add(name, builder.Build());
        Add("nothing", New());
        Add("only END", New().End());
        Add("NOP before the root", New().Nop().Begin("").EndNode().End());
        Add("NOP in the root", New().Begin("").Nop().Prop(0, 1).Nop().EndNode().End());
        Add("NOP after the root, case 65", New().Begin("").EndNode().Nop().End());
        Add("two roots", New().Begin("").EndNode().Begin("").EndNode().End());
        Add("a property after the root", New().Begin("").EndNode().Prop(0, 1).End());
        Add("a property before the root", New().Prop(0, 1).Begin("").EndNode().End());
        Add("a named root", New().Begin("root").EndNode().End());
        Add("END in the root", New().Begin("").End());
        Add("END in a child", New().Begin("").Begin("n").EndNode().End());
        Add("END_NODE first", New().EndNode().End());
        Add("END_NODE too many", New().Begin("").EndNode().EndNode().End());
        Add("no END", New().Begin("").EndNode());
        Add("an unknown tag", New().Begin("").Words(5).EndNode().End());
        Add("tag 0", New().Begin("").Words(0).EndNode().End());
        Add("a tag with a high bit", New().Begin("").Words(0x80000003).EndNode().End());
        Add("words after END", New().Begin("").EndNode().End().Words(1, 2, 3));
        Add("a property after a child", New().Begin("").Begin("n").EndNode().Prop(0, 1).EndNode().End());
        Add("children of one name", New().Begin("").Begin("n").EndNode().Begin("n").EndNode().EndNode().End());
        Add("a child without a name", New().Begin("").Begin("").EndNode().EndNode().End());
        Add("a child with a slash", New().Begin("").Begin("a/b").EndNode().EndNode().End());
        Add("a child with odd bytes", New().Begin("").Begin("\u00ff\u0001").EndNode().EndNode().End());
        Add("a name without an end", New().Begin("").Words(1, 0x61616161));
    }

    private static void AddProperties(Dictionary<string, byte[]> all)
    {
        void Add(string name, BlobBuilder builder) => all.Add(name, builder.EndNode().End().Build());
        Add("properties of one name", New().Begin("").Prop(0, 1).Prop(0, 2));
        Add("a property without a value", New().Begin("").Prop(0));
        Add("a name in the middle of a string", New().Begin("").Prop(1, 1));
        Add("a name at the last NUL", New().Begin("").Prop(18, 1));
        Add("a name at the end of the strings", New().Begin("").Prop(19, 1));
        Add("a name offset of 2^31", New().Begin("").Prop(0x80000000, 1));
        Add("a name offset that wraps around", New().Begin("").Prop(0xfffffff0, 1));
        Add("pad bytes that are not zero", New().Begin("").Words(3, 1, 0, 0x61626364));
        Add("a length up to END", New().Begin("").Words(3, 8, 0));
        Add("a length to the end of the structure", New().Begin("").Words(3, 0, 0).Words(3, 8, 0));
        Add("a length one beyond the structure", New().Begin("").Words(3, 9, 0));
        foreach (uint length in (uint[])[0x100, 0x7ffffff0, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffff4, 0xfffffff5,
            0xfffffff8, 0xfffffff9, 0xfffffffc, 0xfffffffd, 0xfffffffe, 0xffffffff])
            Add($"a length of 0x{length:x}{(length == 0xffffffff ? ", case 64" : "")}", New().Begin("").Words(3, length, 0, 4));
    }

    private static BlobBuilder New() => new() { Strings = "p\0reg\0xreg\0phandle\0"u8.ToArray() };

    private static byte[] Good() => Tree().End().Build();

    private static uint Size(byte[] blob) => BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(StructSize));

    private static byte[] Fill(byte[] blob, int start, int length)
    {
        blob.AsSpan(start, length).Fill(1);
        return blob;
    }
}
