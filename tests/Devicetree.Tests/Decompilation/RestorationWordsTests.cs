using System.Text;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Decompilation;

/// <summary>
/// What a tree that was compiled before has wrong in its symbols and fixups: dtc's words for its drop-in, ours otherwise.
/// </summary>
public class RestorationWordsTests
{
    /// <summary>Breaks every rule, each once.</summary>
    private const string Source = """
        /dts-v1/;
        / {
            a { v = <9>; w = <1>; u = <1>; };
            __symbols__ { s = "/none"; };
            __fixups__ { m = "x"; n = "/none:v:0"; p = "/a:none:0"; o = "/a:v:8"; };
            __local_fixups__ { a { v = <0>; w = <8>; u = [00]; none = <0>; }; none { }; };
        };
        """;

    [Fact]
    public void The_drop_in_says_what_dtc_says()
    {
        // Written by dtc 1.8.1; the first line has no end there.
        const string Recorded = """
            Warning: Path /none referenced in property __symbols__/s missingWarning: Malformed fixup entry for label m
            Warning: Label n references non-existing node /none
            Warning: Label p references non-existing property /a in node none
            Warning: Label o contains invalid offset for property v in node /a
            Warning: node referenced by phandle 0x9 in property v not found
            Warning: property w too short to contain a phandle at offset 8
            Warning: property u in /__local_fixups__/a malformed
            Warning: Property none in /a referenced in __local_fixups__ missing
            Warning: node none// referenced in __local_fixups__ missing

            """;
        using var error = new MemoryStream();
        DevicetreeCompiler.Finish(Read(), new DtcReporter(error, "out.dtb", quiet: 0), Settings());
        Assert.Equal(Recorded, Encoding.UTF8.GetString(error.ToArray()));
        using var hushed = new MemoryStream();
        DevicetreeCompiler.Finish(Read(), new DtcReporter(hushed, "out.dtb", quiet: 1), Settings());
        Assert.Equal(0, hushed.Length);
    }

    [Fact]
    public void Local_fixups_are_judged_in_the_order_in_which_dtc_walks_them()
    {
        const string Deep = """
            /dts-v1/;
            / {
                a { v = <9>; };
                b { v = <9>; };
                __local_fixups__ { x { }; a { v = <0>; y { z = <0>; }; }; b { v = <0>; q { }; }; };
            };
            """;
        // Written by dtc 1.8.1.
        const string Recorded = """
            Warning: node x// referenced in __local_fixups__ missing
            Warning: node referenced by phandle 0x9 in property v not found
            Warning: node y//a referenced in __local_fixups__ missing
            Warning: node referenced by phandle 0x9 in property v not found
            Warning: node q//b referenced in __local_fixups__ missing

            """;
        using var error = new MemoryStream();
        DevicetreeCompiler.Finish(Read(Deep), new DtcReporter(error, "out.dtb", quiet: 0), Settings());
        Assert.Equal(Recorded, Encoding.UTF8.GetString(error.ToArray()));
    }

    [Fact]
    public void Everyone_else_reads_what_is_wrong_and_what_to_do()
    {
        var diagnostics = new DiagnosticBag();
        Assert.True(DevicetreeCompiler.Finish(Read(), diagnostics, Settings()));
        Assert.Equal(
            [
                "symbol 's' of /__symbols__ leads to '/none', which does not exist",
                "'m' of /__fixups__ has an entry that is not 'path:property:offset'",
                "'n' of /__fixups__ is for the node '/none', which does not exist",
                "'p' of /__fixups__ is for the property 'none' of /a, which does not exist",
                "'o' of /__fixups__ is for an offset outside of 'v' of /a",
                "/__local_fixups__ is for a reference in 'v', but no node has the phandle 0x9 that it holds",
                "/__local_fixups__ is for offset 8 of 'w', which is too short for a phandle there",
                "'u' of /a in /__local_fixups__ is not a list of cells",
                "/__local_fixups__ is for the property 'none' of /a, which does not exist",
                "/__local_fixups__ is for a child 'none' of /, which does not exist",
            ],
            diagnostics.Items.Select(item => item.Message));
        Assert.All(diagnostics.Items, item => Assert.NotEmpty(item.Remedy));
        Assert.Equal(
            RestorationRules.All.Select(rule => rule.Id).Order(StringComparer.Ordinal),
            diagnostics.Items.Select(item => item.Rule.Id).Order(StringComparer.Ordinal));
    }

    private static LiveTree Read(string source = Source) =>
        SourceReader.Read(new SourceText("in.dts", source), new DiagnosticBag(), Settings()).Tree;

    private static CompilationOptions Settings() => new() { Version = DtcVersion.Newest, Recover = false, Strict = false };
}
