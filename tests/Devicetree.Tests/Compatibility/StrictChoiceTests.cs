using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Live;
using Devicetree.Tests.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Compatibility;

/// <summary>The rows of <see cref="StrictChoices"/> that the compiler makes, from both sides.</summary>
public class StrictChoiceTests
{
    /// <summary>Those that overlays, printing and the tool make, where they are tested.</summary>
    private static readonly StrictChoice[] _ofOthers =
    [
        StrictChoices.ZeroedPads, StrictChoices.PrintedTextCompiles, StrictChoices.SizeKept,
        StrictChoices.OutputFailureIsReported,
        StrictChoices.NoNoise, StrictChoices.MemoryKept, StrictChoices.NumbersRead,
        StrictChoices.ReferencesLead, StrictChoices.NewNodesInOrder, StrictChoices.OverlaysOnOverlays, StrictChoices.PathsOfBase,
        StrictChoices.ExactNamesFirst, StrictChoices.ExtraChecksAsked, StrictChoices.DirectoriesAreTrees,
    ];

    /// <summary>
    /// The choice, a version whose dtc does otherwise, a source, and what is said: in its compatible form, and in its strict one.
    /// </summary>
    private static readonly (StrictChoice Choice, DtcVersion Version, string Source, string Compatible, string Strict)[] _made =
    [
        (StrictChoices.NumbersFit, DtcVersion.Newest, "/ { p = <0x100000000>; };", "1:20 warning DTS021", "1:20 error DTS016"),
        (StrictChoices.NumbersFit, DtcVersion.Newest, "/ { p = /bits/ 8 <0x1ff>; };", "1:29 warning DTS021", "1:29 error DTS016"),
        (StrictChoices.NumbersFit, DtcVersion.Newest, "/ { p = <(-1) (~0x80000000) 0xffffffff>, /bits/ 8 <(-256)>; };", "", ""),
        (StrictChoices.BinaryFilesFit, DtcVersion.Newest, "/ { p = /incbin/(\"f\", 8, 3); };", "", "1:28 error DTS025"),
        (StrictChoices.BinaryFilesFit, DtcVersion.Newest, "/ { p = /incbin/(\"f\", 11, 0); };", "", "1:28 error DTS025"),
        (StrictChoices.BinaryFilesFit, DtcVersion.Newest,
            "/ { p = /incbin/(\"f\", 8, 2), /incbin/(\"f\", 10, 0), /incbin/(\"f\"); };", "", ""),
        (StrictChoices.ReservationsSeen, DtcVersion.Newest, "/memreserve/ 8 0; / { };", "", "1:11 error DTS024"),
        (StrictChoices.ReservationsSeen, DtcVersion.Newest, "/memreserve/ 0 8; / { };", "", ""),
        (StrictChoices.RootKept, DtcVersion.Newest, "/ { a; }; /delete-node/ &{/};", "", "1:35 error DTS040"),
        (StrictChoices.FixupsResolvable, DtcVersion.Debian, "/plugin/; / { n { p = <&{/x}>; }; };", "",
            "1:25 warning DTS046, 1:34 error DTS041"),
        (StrictChoices.LostDeletionsTold, DtcVersion.Newest, "/ { p = <1>; /delete-property/ p; };", "", "1:24 warning DTS023"),
        (StrictChoices.LostDeletionsTold, DtcVersion.Newest, "/plugin/; &x { /delete-property/ p; n { /delete-node/ m; }; };",
            "", "1:26 warning DTS022, 1:51 warning DTS022"),
        (StrictChoices.LostDeletionsTold, DtcVersion.Newest, "/ { p; n { }; }; / { p; /delete-property/ p; /delete-node/ n; };",
            "", ""),
        (StrictChoices.LostDeletionsTold, DtcVersion.Newest, "/plugin/; / { l: n { p; }; }; &l { /delete-property/ p; };", "",
            "1:28 warning DTS046"),
        (StrictChoices.VainDeletionsTold, DtcVersion.Newest, "/ { /delete-property/ p; n { /delete-node/ m; m { }; }; };", "",
            "1:15 warning DTS026, 1:40 warning DTS026"),
        (StrictChoices.VainDeletionsTold, DtcVersion.Newest,
            "/ { l: n { }; }; / { /delete-node/ l; n { /delete-property/ p; }; };", "",
            "1:32 warning DTS026, 1:53 warning DTS026"),
        (StrictChoices.VainDeletionsTold, DtcVersion.Newest, "/ { n { p; }; }; / { /delete-node/ n; }; / { /delete-node/ n; };",
            "", "1:56 warning DTS026"),
        (StrictChoices.VainDeletionsTold, DtcVersion.Newest, "/memreserve/ 8 8; /memreserve/ 8 8; /memreserve/ 8 16; / { };", "",
            "1:29 warning DTS027"),
        (StrictChoices.OldPlacesTold, DtcVersion.Newest, "/ { a { }; b { }; }; / { /delete-node/ a; a { }; };", "",
            "1:55 warning DTS028"),
        (StrictChoices.OldPlacesTold, DtcVersion.Newest,
            "/ { a { }; b { }; }; / { /delete-node/ a; /delete-node/ b; a { }; b { }; };", "", ""),
        (StrictChoices.OldPlacesTold, DtcVersion.Newest,
            "/ { a { }; b { }; }; / { /delete-node/ a; /delete-node/ b; b { }; a { }; };", "", "1:79 warning DTS028"),
        (StrictChoices.OldPlacesTold, DtcVersion.Newest, "/ { a { }; b { }; }; / { /delete-node/ b; b { }; c { }; };", "", ""),
        (StrictChoices.LostPartsTold, DtcVersion.Newest, "/plugin/; &x { p = <&n>; }; / { n: n { }; };", "",
            "1:46 warning DTS046, 1:31 error DTS047"),
        (StrictChoices.LostPartsTold, DtcVersion.Newest, "/plugin/; &x { p = <&{/}>; };", "", "1:31 error DTS047"),
        (StrictChoices.LostPartsTold, DtcVersion.Newest, "/plugin/; &x { n: n { }; p; }; &{/} { a = &n; };", "1:36 error DTS012",
            "1:36 error DTS012"),
        (StrictChoices.LostPartsTold, DtcVersion.Newest, "/plugin/; &x { n: n { }; }; &{/} { a = &n; };", "",
            "1:50 warning DTS049"),
        (StrictChoices.LostPartsTold, DtcVersion.Newest,
            "/ { l: fragment@0 { target-path = \"/\"; __overlay__ { p = <&l>; }; }; };", "", "1:18 warning DTS048"),
        (StrictChoices.LostPartsTold, DtcVersion.Newest, "/ { fragment@0 { target-path = \"/\"; __overlay__ { p = <1>; }; }; };",
            "", ""),
        (StrictChoices.LostPartsTold, DtcVersion.Newest,
            "/plugin/; / { fragment@0 { target-path = \"/\"; __dormant__ { }; }; __overrides__ { a; }; };", "", ""),
        (StrictChoices.CharactersAsInC, DtcVersion.Newest, @"/ { p = <'\\' 'x'>; };",
            "1:20 error DTS005, 1:26 error DTS007, 1:27 error DTS001", ""),
        (StrictChoices.CharactersAsInC, DtcVersion.Newest, @"/ { p = <'\''>, <'a'>, <'\n'>; q = <'\'>; };", "", ""),
    ];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, _made.Length)];

    [Theory, MemberData(nameof(Cases))]
    public void What_loses_data_is_told_by_dt_and_done_as_the_original_does_by_the_drop_ins(int index)
    {
        (StrictChoice choice, DtcVersion version, string source, string compatible, string strict) = _made[index];
        Assert.Equal((choice.Id, compatible), (choice.Id, Compile(source, version, isStrict: false)));
        Assert.Equal((choice.Id, strict), (choice.Id, Compile(source, version, isStrict: true)));
    }

    [Fact]
    public void Every_choice_has_a_test() =>
        Assert.Equal(StrictChoices.All.ToHashSet(), [.. _ofOthers, .. _made.Select(each => each.Choice)]);

    private static string Compile(string source, DtcVersion version, bool isStrict)
    {
        var diagnostics = new DiagnosticBag();
        var options = new CompilationOptions
        {
            Version = version,
            Strict = isStrict,
            Files =
            new MemoryFiles { ["f"] = "0123456789"u8.ToArray() }
        };
        LiveTree? tree = DevicetreeCompiler.Compile(new SourceText("t.dts", "/dts-v1/; " + source), diagnostics, options);
        Assert.Equal(diagnostics.HasErrors, tree is null);
        return string.Join(", ", diagnostics.Items.Select(item =>
            $"{item.Span.Location!.Value.Line}:{item.Span.Location.Value.Column} {item.Rule.Severity.ToString().ToLowerInvariant()} {item.Rule.Id}"));
    }
}
