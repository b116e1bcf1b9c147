using System.Text.RegularExpressions;
using Devicetree.Tool.Commands;

namespace Devicetree.Tool.Tests.Verbs;

/// <summary>
/// Rules of files and commands are reached by the command lines that explain them. Lines <c># FILE: TEXT</c> of an example are
/// files; what other lines do to files is done below.
/// </summary>
public sealed partial class ExampleTests : IDisposable
{
    private const string Board =
        """
        /dts-v1/;
        / {
        	compatible = "acme,board";
        	model = "Acme Board";
        	#address-cells = <1>;
        	#size-cells = <1>;
        	soc {
        		compatible = "simple-bus";
        		#address-cells = <1>;
        		#size-cells = <1>;
        		ranges;
        		uart0: uart@1000 {
        			reg = <0x1000 0x100>;
        		};
        	};
        };

        """;

    /// <summary>
    /// A fault of ours, links of a program that is not started from its file, what the administrator may read all the same, and a
    /// million files.
    /// </summary>
    private static readonly string[] _described = ["DT0002", "DT0071", "FLD001", "FLD003", "FLD004"];

    private readonly TestHost _host = new();

    public static TheoryData<string> Rules =>
    [
        .. RuleTable.All.Select(rule => rule.Id).Where(id => Kinds().IsMatch(id)).Except(_described),
    ];

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Rules))]
    public void The_example_of_a_rule_breaks_it(string id)
    {
        WriteFiles();
        _host.Program = _host.PathOf("opt/dt");
        string said = "";
        foreach (string line in RuleTable.All.Single(rule => rule.Id == id).Example.Split('\n'))
        {
            if (FileOf().Match(line) is { Success: true } file)
                _host.Write(file.Groups["name"].Value, file.Groups["text"].Value + "\n");
            if (LinkOf().Match(line) is { Success: true } link)
                File.CreateSymbolicLink(_host.PathOf(link.Groups["link"].Value), link.Groups["target"].Value);
            if (!line.StartsWith("dt ", StringComparison.Ordinal))
                continue;
            _host.Dt(line.Split(',')[0].Split(' ')[1..]);
            said = _host.Output + _host.Error;
        }
        Assert.Contains($" {id}: ", said, StringComparison.Ordinal);
    }

    private void WriteFiles()
    {
        foreach (string name in new[] { "board.dts", "other.dts", "a/board.dts", "b/board.dts" })
            _host.Write(name, Board);
        _host.Write("overlay.dtso", "/dts-v1/; /plugin/; &uart0 { status = \"okay\"; };\n");
        _host.Write("bin/readme", "");
        _host.Write("arch/arm64/boot/dts/board.dts", Board);
        _host.Write("dtschema-2022.08/schemas/types.yaml",
            "$id: http://devicetree.org/schemas/types.yaml#\ndefinitions:\n  uint8-item:\n    type: integer\n");
        Directory.CreateDirectory(_host.PathOf("empty"));
        _host.Write("tree/compatible", "acme,board\0");
        Assert.Equal(0, _host.Dt("compile", "board.dts", "-o", "board.dtb"));
        byte[] blob = File.ReadAllBytes(_host.PathOf("board.dtb"));
        _host.Write("empty.dtb", []);
        _host.Write("image.bin", [1, 2, 3, 4, 5, 6, 7, 8]);
        _host.Write("board.dtb.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);
        _host.Write("both.dtb", [.. blob, .. blob]);
        _host.Write("more.dtb", [.. blob, .. "more\n"u8]);
        _host.Write("kernel.img", [.. new byte[0x38], .. "ARMd"u8, .. new byte[0x1000]]);
        _host.Write("dtbo.img", [.. new byte[0x38], .. "ARMd"u8, .. new byte[0xfc4], .. blob]);
    }

    [GeneratedRegex("^(?:DT|INP|FLD)[0-9]")]
    private static partial Regex Kinds();

    [GeneratedRegex("^ln -s (?<target>[^ ]+) (?<link>[^ ]+)$")]
    private static partial Regex LinkOf();

    [GeneratedRegex("^# (?<name>[^ :]+): (?<text>.*)$")]
    private static partial Regex FileOf();
}
