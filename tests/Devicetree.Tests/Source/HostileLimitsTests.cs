using System.Buffers.Binary;
using System.Text;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Overlays;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source;

/// <summary>Input that would run for ever, fill memory or crash the originals: refused with a diagnostic, and soon.</summary>
public sealed class HostileLimitsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("hostile-");

    public static TheoryData<string, string> Endless => new()
    {
        { "a file that includes itself", "#include \"main.dts\"\n" },
        { "two files that include each other", "#include \"other.dtsi\"\n" },
        { "a file that includes itself twice", "#include \"main.dts\"\n#include \"main.dts\"\n" },
        { "a macro that names the file to include", "#define F \"main.dts\"\n#include F\n" },
        { "macros of macros", string.Concat(Enumerable.Range(1, 40)
            .Select(i => $"#define M{i} M{i - 1} M{i - 1} M{i - 1} M{i - 1}\n")) + "#define M0 x\nM40\n" },
        { "arguments of arguments", "#define F(x) x x x x\n" + string.Concat(Enumerable.Repeat("F(", 200)) + "y"
            + new string(')', 200) + "\n" },
        { "parentheses in a condition", "#if " + new string('(', 100_000) + "1" + new string(')', 100_000) + "\n#endif\n" },
    };

    public void Dispose() => _directory.Delete(recursive: true);

    [Theory, MemberData(nameof(Endless))]
    public void What_the_preprocessor_would_not_end_is_refused(string what, string text)
    {
        Write("other.dtsi", "#include \"main.dts\"\n");
        Write("main.dts", text);
        var diagnostics = new DiagnosticBag();
        var main = new SourceText(Path.Combine(_directory.FullName, "main.dts"), text);
        Assert.Null(Preprocessor.Run(main, new() { Files = new DiskIncludeFiles() }, diagnostics));
        Assert.True(diagnostics.HasErrors, what);
        Assert.Contains(diagnostics.Items, item => item.Span.Location is not null);
    }

    [Theory]
    [InlineData("#define A A B\n#define B B A\nA B\n", "A B A B A B")]
    [InlineData("#define F(x) F(x) x\nF(F(1))\n", "F(F(1) 1) F(1) 1")]
    public void A_macro_that_names_itself_is_left_as_it_is(string text, string expected)
    {
        PreprocessedSource? result = Preprocessor.Run(new SourceText("t.dts", text), new(), new DiagnosticBag());
        Assert.Equal(expected, Encoding.UTF8.GetString(result!.Text.Bytes.Span).Trim());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("(")]
    [InlineData("1?")]
    public void Deep_nesting_is_refused(string kind)
    {
        const int Depth = 1_000_000;
        string text = kind switch
        {
            "{" => string.Concat(Enumerable.Repeat("n{", Depth)),
            "(" => "p = <" + new string('(', Depth),
            _ => "p = <(" + string.Concat(Enumerable.Repeat("1?", Depth)),
        };
        var diagnostics = new DiagnosticBag();
        Assert.Null(DevicetreeCompiler.Compile(new SourceText("t.dts", "/dts-v1/; / { " + text), diagnostics));
        Assert.True(diagnostics.HasErrors);
    }

    [Fact]
    public void Bytes_without_blanks_take_time_linear_in_their_number()
    {
        const int Count = 1_000_000;
        string digits = string.Concat(Enumerable.Repeat("fe", Count));
        // Looking for the end of the digits at each of them would take a quarter of an hour, as it does in dtc.
        Assert.NotNull(DevicetreeCompiler.Compile(new SourceText("t.dts", $"/dts-v1/; / {{ p = [{digits}]; }};"),
            new DiagnosticBag()));
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/random")]
    public void A_device_is_no_file_to_take_bytes_from(string device)
    {
        foreach (string text in (string[])[$"/dts-v1/; / {{ p = /incbin/(\"{device}\"); }};",
            $"/dts-v1/; /include/ \"{device}\"", $"/dts-v1/;\n#include \"{device}\"\n/ {{ }};"])
        {
            var diagnostics = new DiagnosticBag();
            var source = new SourceText(Path.Combine(_directory.FullName, "main.dts"), text);
            PreprocessedSource? preprocessed = Preprocessor.Run(source, new() { Files = new DiskIncludeFiles() }, diagnostics);
            if (preprocessed is not null)
                Assert.Null(DevicetreeCompiler.Compile(preprocessed.Text, diagnostics, new() { Files = new DiskSourceFiles() }));
            Assert.True(diagnostics.HasErrors, text);
        }
    }

    [Theory]
    [InlineData(0x7fffffffu)]
    [InlineData(0x80000000u)]
    [InlineData(0xfffffff0u)]
    [InlineData(0xffffffffu)]
    public void A_value_of_two_gigabytes_and_more_is_refused_by_every_reader(uint length)
    {
        byte[] blob = FdtWriter.Write(Dts.Compile("/ { p = <0x12345678>; };"));
        int value = blob.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x12, 0x34, 0x56, 0x78]);
        BinaryPrimitives.WriteUInt32BigEndian(blob.AsSpan(value - 8), length);
        Assert.False(FdtReader.TryRead(blob, out _, out FdtError? error));
        Assert.InRange(error.Offset, 0, blob.Length);
        foreach (DtcVersion version in (DtcVersion[])[DtcVersion.Debian, DtcVersion.Newest])
        {
            var diagnostics = new DiagnosticBag();
            Assert.Null(BlobReader.Read(blob, version, diagnostics));
            Assert.True(diagnostics.HasErrors);
        }
        Assert.NotNull(FdtChecker.Check(blob));
    }

    [Theory]
    [InlineData("-4")]
    [InlineData("-2147483648")]
    [InlineData("2147483647")]
    [InlineData("4294967295")]
    [InlineData("18446744073709551612")]
    public void A_fixup_outside_of_its_value_is_refused_and_changes_nothing(string offset)
    {
        byte[] @base = FdtWriter.Write(Dts.Compile("/ { n: n { }; };", new() { GenerateSymbols = true }));
        byte[] overlay = FdtWriter.Write(Dts.Compile(
            $"/ {{ fragment@0 {{ target-path = \"/n\"; __overlay__ {{ p = <0 0>; }}; }}; __fixups__ {{ n = \"/fragment@0/__overlay__:p:{offset}\"; }}; }};",
            new() { Version = DtcVersion.Debian }));
        Assert.True(FlatOverlayStack.TryOpen(@base, out FlatOverlayStack? stack, out _));
        byte[] before = stack.View.Bytes.ToArray();
        OverlayError? error = stack.Apply(overlay);
        Assert.Equal("n", error!.Label);
        Assert.Equal("fragment@0", error.Fragment);
        Assert.Equal(before, stack.View.Bytes);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_directory.FullName, name), text);
}
