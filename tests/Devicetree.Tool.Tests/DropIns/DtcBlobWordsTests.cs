namespace Devicetree.Tool.Tests.DropIns;

public sealed class DtcBlobWordsTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    /// <summary>The texts are dtc's; <c>ReaderVerdictTests</c> of the conformance tests hold them against it.</summary>
    public static TheoryData<string, byte[], string> Refused => new()
    {
        { "no bytes", [], "EOF reading DT blob magic number" },
        { "other magic", [1, 2, 3, 4, 0, 0, 0, 40], "Blob has incorrect magic number" },
        { "magic only", Good()[..7], "EOF reading DT blob size" },
        { "total size of 27", BlobBuilder.Patch(Good(), 4, 27), "DT blob size (27) is too small" },
        { "cut", Good()[..^1], $"EOF before reading {Good().Length} bytes of DT blob" },
        { "total size of 2^31", BlobBuilder.Patch(Good(), 4, 0x80000000), "EOF before reading -2147483648 bytes of DT blob" },
        { "reservations at the end", BlobBuilder.Patch(Good(), 16, (uint)Good().Length),
            "Mem Reserve structure offset exceeds total size" },
        { "structure at the end", BlobBuilder.Patch(Good(), 8, (uint)Good().Length), "DT structure offset exceeds total size" },
        { "strings behind the end", BlobBuilder.Patch(Good(), 12, (uint)Good().Length + 1),
            "String table offset exceeds total size" },
        { "strings too long", BlobBuilder.Patch(Good(), 32, 11), "String table extends past total size" },
        { "strings that wrap around", BlobBuilder.Patch(Good(), 32, 0xffffffff), "String table extends past total size" },
        { "structure too long", BlobBuilder.Patch(Good(), 36, 0xfffffff0), "Structure block extends past total size" },
        { "NOP first", new BlobBuilder().Nop().Begin("").EndNode().End()
            .Build(), "Device tree blob doesn't begin with FDT_BEGIN_NODE (begins with 0x00000004)" },
        { "case 20: NOP before END", Rooted().EndNode().Nop().End().Build(), "Device tree blob doesn't end with FDT_END" },
        { "END inside", Rooted().End().Build(), "Premature FDT_END in device tree blob" },
        { "unknown tag", Rooted().Words(0xabc).EndNode().End().Build(), "Invalid opcode word 00000abc in device tree blob" },
        { "string offset", Rooted().Prop(10, 1).EndNode().End().Build(), "String offset 10 overruns string table" },
        { "string offset of 2^31", Rooted().Prop(0x80000001, 1).EndNode().End()
            .Build(), "String offset -2147483647 overruns string table" },
        { "length behind the end", Rooted().Words(3, 0x7fffffff, 0).EndNode().End()
            .Build(), "Premature end of data parsing flat device tree" },
        { "path of another parent", new BlobBuilder().Begin("/a").Begin("/b").EndNode().EndNode().End()
            .Build(3, 1), "Path \"/b\" is not valid as a child of \"/a\"" },
    };

    [Theory, MemberData(nameof(Refused))]
    public void The_drop_in_refuses_what_dtc_refuses_in_its_words(string what, byte[] blob, string message)
    {
        _ = what;
        _host.Write("a.dtb", blob);
        Assert.Equal(1, _host.Run("dtc", "-I", "dtb", "-O", "dts", "a.dtb"));
        Assert.Equal($"FATAL ERROR: {message}\n", _host.Error);
    }

    [Fact]
    public void Case_19_a_root_with_a_name_is_printed_with_it()
    {
        _host.Write("a.dtb", new BlobBuilder().Begin("evil").Prop(BlobBuilder.A, 1).Begin("c").EndNode().EndNode().End().Build());
        Assert.Equal(0, _host.Run("dtc", "-I", "dtb", "-O", "dts", "a.dtb"));
        Assert.Equal("/dts-v1/;\n\nevil {\n\ta = <0x01>;\n\n\tc {\n\t};\n};\n", _host.Output);
    }

    private static BlobBuilder Rooted() => new BlobBuilder().Begin("");

    private static byte[] Good() => Rooted().Prop(BlobBuilder.A, 7).EndNode().End().Build();
}
