using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Examples;

/// <summary>
/// Makes one devicetree source of the examples of a binding, byte for byte as dt-extract-example does (devicetree.md 5.10). The
/// frame around each example is the original's, which the checks of examples depend on.
/// </summary>
internal static partial class ExampleExtractor
{
    private const string Header = "\n/dts-v1/;\n/plugin/; // silence any missing phandle references\n";

    private const string RootStart =
        "\n/{\n    compatible = \"foo\";\n    model = \"foo\";\n    #address-cells = <1>;\n    #size-cells = <1>;\n\n";

    private const string Indent = "        ";

    /// <summary>The source of the examples of a binding; for one without examples a source of an empty root.</summary>
    /// <param name="binding">The binding.</param>
    /// <param name="diagnostics">Takes what cannot be used: examples that are no list of strings. They are left out.</param>
    public static ExampleSource Extract(SchemaObject binding, DiagnosticBag diagnostics) =>
        Extract(binding, diagnostics, new BrokenExamples());

    /// <summary>
    /// The same without what is known to be broken: of such an example only the directives are left, which others may need.
    /// </summary>
    internal static ExampleSource Extract(SchemaObject binding, DiagnosticBag diagnostics, BrokenExamples broken)
    {
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var writer = new Writer();
        writer.Add(Header);
        switch (binding["examples"])
        {
            case null:
                writer.Add(RootStart);
                writer.Add("\n};");
                break;
            case SchemaArray examples:
                for (int i = 0; i < examples.Items.Count; i++)
                {
                    if (examples.Items[i] is SchemaString example)
                        AddExample(writer, example, i, broken);
                    else
                        diagnostics.Report(ExampleRules.NoText, examples.Items[i].Span, i);
                }
                break;
            case SchemaValue other:
                diagnostics.Report(ExampleRules.NoList, other.Span);
                break;
        }
        writer.Add("\n");
        return writer.Finish();
    }

    private static void AddExample(Writer writer, SchemaString example, int index, BrokenExamples broken)
    {
        IReadOnlyList<SourceSpan>? places = ExampleLines.Of(example);
        string value = broken.TextOf(index, example.Value);
        if (RootNode().IsMatch(example.Value))
        {
            writer.AddExample(example, value, index, places, indented: false);
            return;
        }
        writer.Add(RootStart);
        string number = index.ToString(CultureInfo.InvariantCulture);
        writer.Add($"\n    example-{number} {{\n{Indent}#address-cells = <1>;\n{Indent}#size-cells = <1>;\n\n{Indent}");
        int cells = InterruptCells(value);
        if (cells > 0)
        {
            writer.Add(
                $"\n{Indent}interrupt-parent = <&fake_intc{number}>;\n{Indent}fake_intc{number}: fake-interrupt-controller {{\n"
                + $"{Indent}    interrupt-controller;\n"
                + string.Create(CultureInfo.InvariantCulture, $"{Indent}    #interrupt-cells = < {cells} >;\n")
                + $"{Indent}}};\n");
        }
        writer.Add($"\n\n{Indent}");
        writer.AddExample(example, value, index, places, indented: true);
        writer.Add("\n    };\n};\n");
    }

    /// <summary>How many cells the first simple <c>interrupts</c> of an example seems to have; 0 where there is none.</summary>
    private static int InterruptCells(string example)
    {
        Match match = Interrupts().Match(example);
        if (!match.Success)
            return 0;
        string cells = match.Groups[1].Value;
        int parenthesis = cells.IndexOf('(', StringComparison.Ordinal);
        // All from a parenthesis on counts as one cell, and a closing one alone as one more word, joined to its neighbours.
        if (parenthesis >= 0 && parenthesis + 1 < cells.Length)
            cells = cells[..parenthesis] + "0";
        cells = cells.Replace(')', '0');
        return cells.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    [GeneratedRegex(@"/\s*\{")]
    private static partial Regex RootNode();

    [GeneratedRegex(@"\sinterrupts\s*=\s*<([0-9a-zA-Z |()_]+)>")]
    private static partial Regex Interrupts();

    /// <summary>Puts the text together and remembers where each of its lines comes from.</summary>
    private sealed class Writer
    {
        private readonly StringBuilder _text = new();
        private readonly List<SourceSpan> _places = [default];
        private readonly List<int> _shifts = [0];
        private readonly List<ExampleLine?> _lines = [null];

        public void Add(string text)
        {
            _text.Append(text);
            foreach (char c in text)
            {
                if (c == '\n')
                    NewLine();
            }
        }

        public void AddExample(SchemaString example, string value, int index, IReadOnlyList<SourceSpan>? places, bool indented)
        {
            int shift = ColumnHere();
            int line = 0;
            Place(example, places, line, shift);
            _lines[^1] = new(index, line);
            for (int i = 0; i < value.Length; i++)
            {
                _text.Append(value[i]);
                if (value[i] == '\n')
                {
                    NewLine();
                    line++;
                    _lines[^1] = new(index, line);
                }
                if (!EndsPythonLine(value, i) || i + 1 == value.Length)
                    continue;
                if (indented)
                    _text.Append(Indent);
                if (value[i] == '\n')
                    Place(example, places, line, indented ? Indent.Length : 0);
            }
        }

        public ExampleSource Finish() => new(_text.ToString(), _places, _shifts, _lines);

        private void Place(SchemaString example, IReadOnlyList<SourceSpan>? places, int line, int shift)
        {
            if (places is not null && line < places.Count)
                (_places[^1], _shifts[^1]) = (places[line], shift);
            else
                (_places[^1], _shifts[^1]) = (example.Span, int.MinValue);
        }

        private int ColumnHere()
        {
            int at = _text.Length;
            int column = 0;
            while (at - column > 0 && _text[at - column - 1] != '\n')
                column++;
            return column;
        }

        /// <summary>
        /// Whether Python's <c>splitlines</c> ends a line after a character: the original indents after each of them.
        /// </summary>
        private static bool EndsPythonLine(string text, int at) => text[at] switch
        {
            '\r' => at + 1 >= text.Length || text[at + 1] != '\n',
            '\n' or '\v' or '\f' or '\u001c' or '\u001d' or '\u001e' or '\u0085' or '\u2028' or '\u2029' => true,
            _ => false,
        };

        private void NewLine()
        {
            _places.Add(default);
            _shifts.Add(0);
            _lines.Add(null);
        }
    }
}
