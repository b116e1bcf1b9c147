using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Conformance.Tests.Tools;
using Devicetree.Schema.Examples;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Bindings;

/// <summary>The sources of examples against dt-extract-example, Debian's live and the newest one's by what it printed.</summary>
public partial class ExampleTests
{
    /// <summary>
    /// SHA-256 of what the newest dt-extract-example (dt-schema commit 01b5073) prints for the bindings of linux-source-6.1
    /// (6.1.192-2), one after the other by rising name.
    /// </summary>
    private const string NewestDigest = "c9f537ce37a21f4013ea55d5d964ef75d400668bfe98f9268f19faf817a57aa1";

    /// <summary>
    /// The number of these bindings. Another release of the package has other ones, to which the digest does not apply.
    /// </summary>
    private const int NewestCount = 2_983;

    /// <summary>Runs Debian's program on each file without starting it again, and puts a line of its own behind each.</summary>
    private const string Driver =
        """
        import runpy, shutil, sys
        program = shutil.which('dt-extract-example')
        for name in sys.argv[1:]:
            sys.argv = [program, name]
            runpy.run_path(program, run_name='__main__')
            print('\f', end='')
        """;

    [Fact]
    public void Every_binding_of_the_kernel_gives_the_examples_that_the_newest_dt_extract_example_writes()
    {
        BindingCorpus.Require();
        string[] files = BindingCorpus.All();
        if (files.Length != NewestCount)
            ExternalTool.Missing($"the bindings are not those of linux-source-6.1 6.1.192-2: {files.Length} files");
        string text = string.Concat(files.AsParallel().AsOrdered().Select(file => Extract(file).Text));
        Assert.Equal(NewestDigest, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    /// <summary>
    /// The older program makes the node of the example itself the interrupt controller, and sees a root node only where an
    /// example begins with it; apart from that they write the same.
    /// </summary>
    [Fact]
    public void Every_binding_of_the_kernel_gives_the_examples_that_Debians_dt_extract_example_writes()
    {
        BindingCorpus.Require("dt-extract-example");
        string[] files = [.. BindingCorpus.All().Where((_, index) => index % 5 == 0)];
        ToolResult theirs = ExternalTool.Run("/usr/bin/python3", ["-W", "ignore", "-c", Driver, .. files]);
        string[] texts = theirs.StandardOutput.Split('\f');
        int compared = 0;
        for (int i = 0; i < files.Length; i++)
        {
            if (Load(files[i])["examples"] is SchemaArray examples
                && examples.Items.Any(item => LateRootNode().IsMatch(((SchemaString)item).Value)))
                continue;
            compared++;
            Assert.Equal(Controller().Replace(texts[i], NewerController), Extract(files[i]).Text);
        }
        Assert.True(compared > files.Length * 9 / 10, $"only {compared} of {files.Length} could be compared");
    }

    [Fact]
    public void Every_line_of_an_example_leads_back_to_its_line_in_the_binding()
    {
        BindingCorpus.Require();
        int lines = 0;
        foreach (string file in BindingCorpus.All().Where((_, index) => index % 10 == 0))
        {
            ExampleSource source = Extract(file);
            string[] text = source.Text.Split('\n');
            for (int i = 0; i < text.Length; i++)
            {
                int column = text[i].Length - text[i].TrimStart(' ').Length;
                if (column == text[i].Length
                    || source.PlaceOf(i + 1, column + 1, text[i].Length - column) is not { Source: SourceText binding } place)
                    continue;
                lines++;
                Assert.Equal(text[i][column..], Encoding.UTF8.GetString(binding.Bytes.Span[place.Start..place.End]));
            }
        }
        Assert.True(lines > 5_000, $"only {lines} lines");
    }

    private static ExampleSource Extract(string file)
    {
        var diagnostics = new DiagnosticBag();
        ExampleSource source = ExampleExtractor.Extract(Load(file), diagnostics);
        Assert.Empty(diagnostics.Items);
        return source;
    }

    private static SchemaObject Load(string file)
    {
        var diagnostics = new DiagnosticBag();
        var binding = (SchemaObject?)YamlLoader.LoadFile(file, diagnostics);
        Assert.Empty(diagnostics.Items);
        return binding!;
    }

    private static string NewerController(Match older)
    {
        string index = older.Groups["index"].Value;
        return $$"""
            {{older.Groups["before"].Value}}
                    interrupt-parent = <&fake_intc{{index}}>;
                    fake_intc{{index}}: fake-interrupt-controller {
                        interrupt-controller;
                        #interrupt-cells = < {{older.Groups["cells"].Value}} >;
                    };

            """;
    }

    [GeneratedRegex(
        @"(?<before>    example-(?<index>[0-9]+) \{\n        #address-cells = <1>;\n        #size-cells = <1>;\n\n        )\n"
        + @"        interrupt-controller;\n        #interrupt-cells = < (?<cells>[0-9]+) >;\n")]
    private static partial Regex Controller();

    [GeneratedRegex(@"(?<!^)/\s*\{")]
    private static partial Regex LateRootNode();
}
