using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Devicetree.Tool.Tests.Outside;

/// <summary>What pages for users say, tried: the command lines of recipes, and what editors are told about our output.</summary>
public sealed partial class PageTests : IDisposable
{
    private const string Matching = "board.dts:11:3: error ";

    private readonly TestHost _host = new();

    public PageTests()
    {
        _host.Variables["XDG_CACHE_HOME"] = _host.PathOf("cache");
        const string Board = """
            /dts-v1/;

            / {
            	model = "Acme board";
            	compatible = "acme,board";
            	#address-cells = <1>;
            	#size-cells = <1>;

            	lamp {
            		compatible = "acme,lamp";
            		acme,level = <7>;
            	};
            };

            """;
        _host.Write("board.dts", Board);
        _host.Write("dts/board.dts", Board);
        _host.Write("include/none.h", "");
        const string Binding = """
            # SPDX-License-Identifier: Apache-2.0
            %YAML 1.2
            ---
            $id: http://devicetree.org/schemas/lamp.yaml#
            $schema: http://devicetree.org/meta-schemas/core.yaml#

            title: Lamp

            maintainers:
              - Nobody <nobody@example.org>

            properties:
              compatible:
                const: acme,lamp

              acme,level:
                $ref: /schemas/types.yaml#/definitions/uint32
                description: Brightness.
                maximum: 3

            required:
              - compatible

            additionalProperties: false
            ...

            """;
        _host.Write("bindings/lamp.yaml", Binding);
    }

    public static TheoryData<string, int> Lines
    {
        get
        {
            var lines = new TheoryData<string, int>();
            foreach (string page in (string[])["ci-recipes.md"])
            {
                foreach (Match line in CommandLine().Matches(File.ReadAllText(Checkout.File("docs", page))))
                {
                    string words = line.Groups[1].Value;
                    // The board has a finding; whatever is not about bindings and boards together is good.
                    bool finds = words.StartsWith("check", StringComparison.Ordinal)
                        && !words.Contains("baseline", StringComparison.Ordinal);
                    lines.Add(words, finds ? 1 : 0);
                }
            }
            return lines;
        }
    }

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Lines))]
    public void A_command_of_a_recipe_does_what_it_says(string line, int code)
    {
        if (line.Contains("--baseline", StringComparison.Ordinal))
            Assert.Equal(0, Run(line.Replace("--baseline", "--write-baseline", StringComparison.Ordinal)));
        Assert.True(Run(line) == code, _host.Output + _host.Error);
    }

    [Fact]
    public void The_recipes_have_their_lines() => Assert.True(Lines.Count >= 8, $"{Lines.Count}");

    [Fact]
    public void The_problem_matcher_finds_place_severity_and_message()
    {
        Match json = Json().Match(File.ReadAllText(Checkout.File("docs", "editors.md")));
        using var tasks = JsonDocument.Parse(json.Groups[1].Value);
        JsonElement task = tasks.RootElement.GetProperty("tasks")[0];
        JsonElement pattern = task.GetProperty("problemMatcher").GetProperty("pattern");
        string[] args = [.. task.GetProperty("args").EnumerateArray()
            .Select(word => word.GetString()!.Replace("${relativeFile}", "board.dts", StringComparison.Ordinal))];
        Assert.Equal(1, _host.Dt(args));

        var regexp = new Regex(pattern.GetProperty("regexp").GetString()!, RegexOptions.ECMAScript);
        Match[] found = [.. _host.Output.Split('\n').Select(line => regexp.Match(line)).Where(match => match.Success)];
        string Of(Match match, string name) => match.Groups[pattern.GetProperty(name).GetInt32()].Value;
        Match finding = Assert.Single(found, match => Of(match, "severity") == "error");
        Assert.Equal(("board.dts", "11", "3"), (Of(finding, "file"), Of(finding, "line"), Of(finding, "column")));
        Assert.StartsWith("BND", Of(finding, "code"), StringComparison.Ordinal);
        Assert.Contains("acme,level", Of(finding, "message") + _host.Output, StringComparison.Ordinal);
        // Each finding matches once: the lines below it are not findings.
        Assert.Equal(_host.Output.Split('\n').Count(line => line.StartsWith("board.dts:", StringComparison.Ordinal)),
            found.Length);
    }

    [Fact]
    public void Vim_reads_the_findings_with_the_errorformat()
    {
        string format = File.ReadLines(Checkout.File("docs", "editors.md"))
            .Single(line => line.StartsWith("set errorformat=", StringComparison.Ordinal));
        Assert.Equal(1, Run("check --schemas bindings board.dts"));
        Assert.Contains(Matching, _host.Output, StringComparison.Ordinal);
        _host.Write("found", _host.Output);
        _host.Write("script.vim", $$"""
            {{format}}
            cgetfile {{_host.PathOf("found")}}
            call writefile(map(filter(getqflist(), 'v:val.valid'), {_, each -> bufname(each.bufnr) .. ' ' .. each.lnum .. ' ' .. each.col .. ' ' .. each.type}), '{{_host.PathOf("list")}}')
            qall!

            """);
        try
        {
            using Process vim = Process.Start(new ProcessStartInfo("vim",
                ["-Nu", "NONE", "-i", "NONE", "-es", "-S", _host.PathOf("script.vim")])
            { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            // What it does not understand leaves it waiting for commands: there are none.
            vim.StandardInput.Close();
            vim.StandardOutput.ReadToEnd();
            vim.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no vim here.");
        }
        if (!File.Exists(_host.PathOf("list")))
            Assert.Skip("This vim has no quickfix list.");
        Assert.Contains("board.dts 11 3 e", File.ReadAllLines(_host.PathOf("list")));
    }

    private int Run(string line)
    {
        string words = line.Split(" > ")[0].Replace("dts/*.dts", "dts/board.dts", StringComparison.Ordinal);
        return _host.Dt(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A line of a shell, or of a list of commands in YAML.</summary>
    [GeneratedRegex(@"^(?:\s*- (?:run: )?)?dt ([a-z].*)$", RegexOptions.Multiline)]
    private static partial Regex CommandLine();

    [GeneratedRegex(@"```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();
}
