using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Input;

public sealed class BlobCaseTests : IDisposable
{
    private readonly TestHost _host = new();

    public BlobCaseTests() => AcmeBindings.Write(_host);

    public void Dispose() => _host.Dispose();

    /// <summary>The verbs that look at a tree, and what their errors and warnings are printed to.</summary>
    private string Look(string verb, string file, params string[] options)
    {
        string[] command = verb switch
        {
            "get" => ["get", file, "/"],
            "diff" => ["diff", file, file],
            "check" => ["check", "-s", "bindings", file],
            _ => [verb, file],
        };
        _host.Dt([.. command, .. options]);
        return _host.Error + (verb == "check" ? _host.Output : "");
    }

    public static TheoryData<string> Verbs => ["decompile", "get", "print", "diff", "check"];

    [Theory, MemberData(nameof(Verbs))]
    public void Case_11_a_misaligned_blob_is_read_with_a_warning_that_boot_loaders_refuse_it(string verb)
    {
        byte[] good = Small();
        byte[] shifted = [.. good[..56], 0, 0, .. good[56..]];
        foreach ((int field, uint value) in (ReadOnlySpan<(int, uint)>)[(4, (uint)shifted.Length), (8, 58), (12, Word(good,
            12) + 2)])
            BlobBuilder.Patch(shifted, field, value);
        _host.Write("a.dtb", shifted);
        string said = Look(verb, "a.dtb");
        Assert.Contains("a.dtb: warning BLB032: at offset 0x8: the structure block begins at 0x3a", said,
            StringComparison.Ordinal);
        Assert.Contains("boot loaders refuse it", said, StringComparison.Ordinal);
        Assert.DoesNotContain("error BLB", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_13_fdtput_makes_nodes()
    {
        _host.Write("a.dtb", Small());
        Assert.True(_host.Run("fdtput", "-c", "a.dtb", "/new") == 0, _host.Error);
        Assert.True(_host.Run("fdtput", "-p", "-t", "x", "a.dtb", "/far/below", "q", "7") == 0, _host.Error);
        Assert.Equal(0, _host.Run("fdtget", "-t", "x", "a.dtb", "/far/below", "q"));
        Assert.Equal("7\n", _host.Output);
        Assert.Equal(0, _host.Run("fdtget", "-l", "a.dtb", "/"));
        Assert.Contains("new\n", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Case_87_fdtput_grows_a_blob_without_room_and_writes_values_of_every_size()
    {
        _host.Write("a.dtb", Small());
        foreach (string[] write in (string[][])[["-t", "hhx", "a.dtb", "/", "b", "11", "22", "ff"],
            ["-t", "bx", "a.dtb", "/", "h", "33"],
            ["-t", "s", "a.dtb", "/", "long", new string('x', 3000)]])
        {
            Assert.True(_host.Run("fdtput", write) == 0, _host.Error);
        }
        Assert.Equal(0, _host.Run("fdtget", "-t", "hhx", "a.dtb", "/", "b"));
        Assert.Equal("11 22 ff\n", _host.Output);
        Assert.Equal(0, _host.Run("fdtget", "-t", "bx", "a.dtb", "/", "h"));
        Assert.Equal("33\n", _host.Output);
        Assert.Equal(0, _host.Run("fdtget", "a.dtb", "/", "long"));
        Assert.Equal(new string('x', 3000) + "\n", _host.Output);
        Assert.InRange(_host.Read("a.dtb").Length, 3000, 8000);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Case_16_a_name_outside_of_the_strings_is_refused_with_node_and_offset(string verb)
    {
        _host.Write("a.dtb", new BlobBuilder().Begin("").Begin("lamp").Prop(0x01000000, 1).EndNode().EndNode().End().Build());
        Assert.Contains("error BLB016: at offset 0x4c: a property of /lamp has its name at 0x1000000", Look(verb, "a.dtb"),
            StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Case_17_a_total_size_that_the_file_does_not_have_is_an_unsigned_number(string verb)
    {
        _host.Write("a.dtb", BlobBuilder.Patch(Small(), 4, 0xffff0000));
        string said = Look(verb, "a.dtb");
        Assert.Contains("error BLB005", said, StringComparison.Ordinal);
        Assert.Contains("4294901760", said, StringComparison.Ordinal);
        Assert.DoesNotContain("-65536", said, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Case_17_bytes_behind_the_blob_are_reported(string verb)
    {
        byte[] good = Small();
        _host.Write("a.dtb", [.. good, 1, 2, 3]);
        Assert.Contains($"a.dtb: warning INP006: 3 bytes follow the blob, which ends at offset 0x{good.Length:x}", Look(verb,
            "a.dtb"), StringComparison.Ordinal);
    }

    [Fact]
    public void Case_18_of_blobs_in_a_row_the_first_is_read_with_a_warning_and_any_by_its_number()
    {
        byte[] first = Tree("first"), second = Tree("second");
        _host.Write("a.dtb", [.. first, .. second]);
        Assert.Equal(0, _host.Dt("decompile", "a.dtb"));
        Assert.Contains($"warning INP007: the file holds 2 devicetree blobs at offsets 0x0, 0x{first.Length:x}, and only the first", _host.Error, StringComparison.Ordinal);
        Assert.Contains("first {", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("decompile", "a.dtb", "--entry", "2"));
        Assert.Equal("", _host.Error);
        Assert.Contains("second {", _host.Output, StringComparison.Ordinal);
        Assert.Equal(1, _host.Dt("print", "a.dtb", "--entry", "3"));
        Assert.Contains("error INP008: there is no entry 3: the file holds 2 devicetree blobs", _host.Error,
            StringComparison.Ordinal);
        Assert.Equal(2, _host.Dt("print", "a.dtb", "--entry", "0"));
    }

    [Fact]
    public void Case_18_an_entry_of_an_Android_table_is_read_by_its_number()
    {
        byte[] first = Tree("first"), second = Tree("second");
        int start = 32 + 2 * 32;
        var table = new byte[start];
        uint[] words =
        [
            0xd7b7ab1e, (uint)(start + first.Length + second.Length), 32, 32, 2, 32, 2048, 0,
            (uint)second.Length, (uint)(start + first.Length), 0, 0, 0, 0, 0, 0,
            (uint)first.Length, (uint)start, 0, 0, 0, 0, 0, 0,
        ];
        for (int i = 0; i < words.Length; i++)
            BlobBuilder.Patch(table, 4 * i, words[i]);
        _host.Write("dtbo.img", [.. table, .. first, .. second]);
        Assert.Equal(1, _host.Dt("decompile", "dtbo.img"));
        Assert.Contains("error INP004: this is an Android table of devicetrees, with 2 devicetree blobs", _host.Error,
            StringComparison.Ordinal);
        Assert.Contains("--entry N", _host.Error, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("decompile", "dtbo.img", "--entry", "1"));
        Assert.Contains("second {", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "", "a binary file")]
    [InlineData(0x38, "ARMd", "an arm64 kernel")]
    [InlineData(0, "ANDROID!", "an Android boot image")]
    public void Case_18_a_kernel_with_a_blob_behind_it_is_named_and_the_blob_read(int offset, string magic, string name)
    {
        var kernel = new byte[4096];
        Encoding.ASCII.GetBytes(magic).CopyTo(kernel, offset);
        // The number alone, as in a kernel's code, is no blob.
        BlobBuilder.Patch(kernel, 2048, 0xd00dfeed);
        _host.Write("kernel.img", [.. kernel, .. Tree("below")]);
        Assert.Equal(1, _host.Dt("print", "kernel.img"));
        Assert.Contains($"error INP004: this is {name}, with one devicetree blob at offset 0x1000 inside", _host.Error,
            StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("print", "kernel.img", "--entry", "1"));
        Assert.Contains("below {", _host.Output, StringComparison.Ordinal);
        byte[] cut = [.. kernel, .. Small()];
        BlobBuilder.Patch(cut, 4096 + 56, 7);
        _host.Write("kernel.img", cut);
        Assert.Equal(1, _host.Dt("print", "kernel.img", "--entry", "1"));
        Assert.Contains("error BLB012: at offset 0x1038: ", _host.Error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Case_18_a_compressed_file_is_named_with_the_command_to_run(string verb)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
            gzip.Write(Small());
        _host.Write("a.dtb.gz", packed.ToArray());
        string said = Look(verb, "a.dtb.gz");
        Assert.Contains("a.dtb.gz: error INP003: this file is compressed with gzip", said, StringComparison.Ordinal);
        Assert.Contains("'gunzip -c < a.dtb.gz'", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zstd", new byte[] { 0x28, 0xb5, 0x2f, 0xfd, 0 })]
    [InlineData("xz", new byte[] { 0xfd, 0x37, 0x7a, 0x58, 0x5a, 0 })]
    [InlineData("lz4", new byte[] { 0x02, 0x21, 0x4c, 0x18, 0 })]
    public void Case_18_other_compressions_are_named_too(string name, byte[] start)
    {
        _host.Write("a.dtb", start);
        Assert.Equal(1, _host.Dt("get", "a.dtb", "/"));
        Assert.Contains($"this file is compressed with {name}\n", _host.Error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Case_19_a_root_with_a_name_and_two_roots_are_refused(string verb)
    {
        _host.Write("a.dtb", new BlobBuilder().Begin("evil").EndNode().End().Build());
        Assert.Contains("error BLB028: at offset 0x38: the root node has a name, 'evil'", Look(verb, "a.dtb"),
            StringComparison.Ordinal);
        _host.Write("b.dtb", new BlobBuilder().Begin("").EndNode().Begin("").EndNode().End().Build());
        Assert.Contains("error BLB013: at offset 0x44: ", Look(verb, "b.dtb"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Case_20_NOP_tags_around_the_root_are_read(string verb)
    {
        _host.Write("a.dtb", new BlobBuilder().Nop().Begin("").Prop(BlobBuilder.A, 1).EndNode().Nop().Nop().End().Build());
        Assert.DoesNotContain("BLB", Look(verb, "a.dtb"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void Case_21_a_reservation_block_without_an_end_is_refused_with_its_offset(string verb)
    {
        byte[] blob = Small();
        BlobBuilder.Patch(blob, 52, 16);
        blob.AsSpan(56).Fill(1);
        _host.Write("a.dtb", blob);
        Assert.Matches("error BLB011: at offset 0x[0-9a-f]+: the reservation block runs out of the blob", Look(verb, "a.dtb"));
    }

    [Theory]
    [InlineData("decompile", 0xfffffff0, "BLB020")]
    [InlineData("print", 0xfffffff0, "BLB020")]
    [InlineData("check", 0xfffffff0, "BLB020")]
    [InlineData("decompile", 0x7fffffff, "BLB011")]
    [InlineData("get", 0x7fffffff, "BLB011")]
    public void Case_23_a_length_that_wraps_around_is_refused(string verb, uint length, string id)
    {
        _host.Write("a.dtb", new BlobBuilder().Begin("").Words(3, length, 0).EndNode().End().Build());
        Assert.Contains($"error {id}: at offset 0x40: ", Look(verb, "a.dtb"), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Verbs))]
    public void The_standard_input_is_read_by_every_verb(string verb)
    {
        if (verb == "diff")
        {
            _host.Write("a.dtb", Small());
            _host.Input = Small();
            Assert.Equal(0, _host.Dt("diff", "a.dtb", "-"));
            return;
        }
        _host.Input = Small();
        string said = Look(verb, "-");
        Assert.DoesNotContain("DT0001", said, StringComparison.Ordinal);
        Assert.DoesNotContain("INP", said, StringComparison.Ordinal);
        _host.Input = [];
        Assert.Contains("error INP001: the file is empty", Look(verb, "-"), StringComparison.Ordinal);
    }

    /// <summary>A directory of something else would give a tree of nonsense, an empty one the tree of nothing.</summary>
    [Theory]
    [InlineData("print", "nothing")]
    [InlineData("get", "nothing", "/:model")]
    [InlineData("decompile", "nothing")]
    [InlineData("diff", "nothing", "nothing")]
    [InlineData("print", "other")]
    [InlineData("print", "--format", "json", "other")]
    public void A_directory_that_is_no_devicetree_is_an_error(params string[] args)
    {
        Directory.CreateDirectory(_host.PathOf("nothing"));
        _host.Write("other/README", "Not a devicetree.\n");

        Assert.Equal((1, ""), (_host.Dt(args), _host.Output));
        Assert.Contains("error INP011: the directory '", _host.Error, StringComparison.Ordinal);
        Assert.Contains("' holds no devicetree: ", _host.Error, StringComparison.Ordinal);
        // The original takes it.
        Assert.Equal((0, "/dts-v1/;\n\n/ {\n};\n"), (_host.Run("dtc", "-I", "fs", "-O", "dts", "nothing"), _host.Output));
    }

    [Fact]
    public void A_directory_without_trees_is_an_error()
    {
        Directory.CreateDirectory(_host.PathOf("nothing/below"));
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "nothing"));
        Assert.Contains("error DT0028: 0 trees: no .dtb is in the directory 'nothing'", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_of_ours_in_one_file_is_a_finding_of_that_file()
    {
        AcmeBindings.Compile(_host, "a.dtb", "thing@10 { compatible = \"acme,thing\"; };");
        _host.InputStream = new ThrowingStream();
        Assert.Equal(70, _host.Dt("check", "-s", "bindings", "-", "a.dtb"));
        Assert.DoesNotContain("   at ", _host.Error, StringComparison.Ordinal);
        Assert.Contains("-: error DT0002: dt failed on this file: InvalidOperationException: a fault of ours", _host.Output,
            StringComparison.Ordinal);
        Assert.Contains("a.dtb: /thing@10: reg: error BND001", _host.Output, StringComparison.Ordinal);
        _host.Variables["DT_DEBUG"] = "1";
        Assert.Equal(70, _host.Dt("check", "-s", "bindings", "-", "a.dtb"));
        Assert.Contains("   at ", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_compiles_can_be_checked_and_looked_at()
    {
        _host.Write("other/part.dtsi", "/ { part; };\n");
        _host.Write("forced.h", "#define NAME board\n");
        _host.Write("a.dts", "/dts-v1/;\n/include/ \"part.dtsi\"\n/ { NAME { v = <VALUE>; }; };\n");
        string[] options = ["-i", "other", "-include", "forced.h", "-D", "VALUE=3"];
        Assert.True(_host.Dt(["compile", "a.dts", "-o", "a.dtb", .. options]) == 0, _host.Error);
        foreach (string[] command in (string[][])[["get", "a.dts", "/board:v"], ["print", "a.dts"], ["diff", "a.dts", "a.dtb"]])
            Assert.True(_host.Dt([.. command, .. options]) == 0, _host.Error);
        _host.Dt(["check", "-s", "bindings", "a.dts", .. options]);
        Assert.DoesNotContain("DTS", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.6.1")]
    public void What_our_compiler_writes_for_references_to_paths_every_reader_takes(string version)
    {
        const string Source = "/dts-v1/;\n/plugin/;\n/ { a { x = <&{/a/b} 5>; }; };\n&{/soc} { y = <&{/q}>; };\n";
        _host.Write("p.dts", Source);
        Assert.True(_host.Run("dtc", "--dtc-version", version, "-q", "-O", "dtb", "-o", "p.dtbo", "p.dts") == 0, _host.Error);
        Assert.True(_host.Dt("decompile", "p.dtbo") == 0, _host.Error);
        Assert.Contains("x = <&{/a/b}>, <0x05>;", _host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("/a/b = ", _host.Output, StringComparison.Ordinal);
        // As text it says the same: the compiler of that version makes the same overlay of it.
        _host.Write("again.dts", _host.Output);
        Assert.True(_host.Run("dtc", "--dtc-version", version, "-q", "-O", "dtb", "-o", "again.dtbo", "again.dts") == 0,
            _host.Error);
        Assert.Equal(0, _host.Dt("diff", "p.dtbo", "again.dtbo"));
        Assert.Equal(0, _host.Dt("print", "p.dtbo"));
        Assert.Contains("<&{/q}>", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Dt("get", "p.dtbo", "/fragment@0:target-path"));
        Assert.Equal(1, _host.Dt("check", "-s", "bindings", "p.dtbo"));
        Assert.Contains("DT0017", _host.Output, StringComparison.Ordinal);
        Assert.Equal(0, _host.Run("dt-validate", "-s", "bindings", "p.dtbo"));
        _host.Write("base.dts", "/dts-v1/; / { soc { }; };");
        _host.Dt("overlay", "base.dts", "p.dtbo", "-o", "out.dtb");
        Assert.DoesNotContain("BLB", _host.Error, StringComparison.Ordinal);
    }

    private static byte[] Small() => new BlobBuilder().Begin("").Prop(BlobBuilder.A, 1).EndNode().End().Build();

    private static byte[] Tree(string name) => new BlobBuilder().Begin("").Begin(name).EndNode().EndNode().End().Build();

    private static uint Word(byte[] blob, int offset) => BinaryPrimitives.ReadUInt32BigEndian(blob.AsSpan(offset));
}
