using System.Globalization;
using System.Text;
using System.Xml;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Reports;

/// <summary>
/// JUnit's XML: a <c>testsuite</c> an input, a <c>testcase</c> a finding, and one that passes for an input without findings. What
/// a run does not fail by passes with its text in <c>system-out</c>. No two cases of an input have one name: readers would drop
/// the second.
/// </summary>
internal sealed class JUnitReport(TextWriter output, ReportSettings settings) : ReportWriter(output, settings)
{
    private static readonly XmlWriterSettings _layout = new()
    {
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        // The writer's own would name the encoding of .NET's strings.
        OmitXmlDeclaration = true,
    };

    private readonly List<Suite> _suites = [];
    private readonly Dictionary<string, Suite> _byName = new(StringComparer.Ordinal);

    public override void Begin(string file) => SuiteOf(Settings.Paths.Normalize(file));

    private protected override void Write(ReportItem item)
    {
        SourceLocation? location = item.Diagnostic.Span.Location;
        string input = (item.File ?? location?.Path) is { Length: > 0 } file
            ? Settings.Paths.Normalize(file) : Settings.Tool.Name;
        Suite suite = SuiteOf(input);
        DiagnosticSubject? subject = item.Subject;
        string name = $"{item.Diagnostic.Rule.Id} {item.Diagnostic.Rule.Name}"
            + (subject is null ? "" : $" {subject.NodePath}") + (subject?.Property is string property ? $":{property}" : "");
        int number = suite.Names[name] = suite.Names.GetValueOrDefault(name) + 1;
        suite.Cases.Add(new(
            number == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} ({number})"),
            location is SourceLocation at ? at with { Path = Settings.Paths.Normalize(at.Path) } : null,
            item.Diagnostic.Rule, item.Diagnostic.Message, FindingText.Of(item, Settings.Paths)));
    }

    private protected override void WriteEnd()
    {
        if (_suites.Count == 0)
            SuiteOf(Settings.Tool.Name);
        Output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        using (var xml = XmlWriter.Create(Output, _layout))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, Settings.Tool.Name, _suites.Sum(suite => Math.Max(1, suite.Cases.Count)), _suites.Sum(Failures));
            foreach (Suite suite in _suites)
                WriteSuite(xml, suite);
            xml.WriteEndElement();
        }
        Output.Write('\n');
    }

    private static void WriteCounts(XmlWriter xml, string name, int tests, int failures)
    {
        Attribute(xml, "name", name);
        Attribute(xml, "tests", tests.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "failures", failures.ToString(CultureInfo.InvariantCulture));
        Attribute(xml, "errors", "0");
    }

    private void WriteSuite(XmlWriter xml, Suite suite)
    {
        xml.WriteStartElement("testsuite");
        WriteCounts(xml, suite.Name, Math.Max(1, suite.Cases.Count), Failures(suite));
        Attribute(xml, "skipped", "0");
        if (suite.Cases.Count == 0)
            WriteCase(xml, suite, Settings.Tool.Name, null);
        foreach (Case each in suite.Cases)
            WriteCase(xml, suite, each.Name, each);
        xml.WriteEndElement();
    }

    private void WriteCase(XmlWriter xml, Suite suite, string name, Case? finding)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", suite.Name);
        Attribute(xml, "name", name);
        Attribute(xml, "file", finding?.Place?.Path ?? suite.Name);
        if (finding is not null)
        {
            if (finding.Place is SourceLocation place)
                Attribute(xml, "line", place.Line.ToString(CultureInfo.InvariantCulture));
            bool isFailure = Fails(finding);
            xml.WriteStartElement(isFailure ? "failure" : "system-out");
            if (isFailure)
            {
                Attribute(xml, "message", finding.Message);
                Attribute(xml, "type", finding.Rule.Id);
            }
            xml.WriteString(Clean($"{(finding.Place is SourceLocation at ? $"{at}: " : "")}{finding.Text}"));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Clean(value));

    /// <summary>A text without what XML has no way to write: control characters and halves of characters.</summary>
    private static string Clean(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool isWritten = rune.Value is '\n' or '\t' || (rune.Value >= ' ' && rune.Value is not (0xFFFE or 0xFFFF));
            result.Append(isWritten ? rune.ToString() : "\uFFFD");
        }
        return result.ToString();
    }

    private bool Fails(Case finding) => finding.Rule.Severity <= Settings.FailOn;

    private int Failures(Suite suite) => suite.Cases.Count(Fails);

    private Suite SuiteOf(string name)
    {
        if (!_byName.TryGetValue(name, out Suite? suite))
        {
            suite = new(name);
            _byName.Add(name, suite);
            _suites.Add(suite);
        }
        return suite;
    }

    /// <summary>One input.</summary>
    private sealed record Suite(string Name)
    {
        public List<Case> Cases { get; } = [];

        /// <summary>How often each name has stood in it.</summary>
        public Dictionary<string, int> Names { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>One finding.</summary>
    private sealed record Case(string Name, SourceLocation? Place, DiagnosticRule Rule, string Message, string Text);
}
