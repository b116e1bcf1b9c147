using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Caching;

/// <summary>What was wrong when schemas were read, kept with them: it is as true the second time.</summary>
internal static class CacheReport
{
    public static CacheBuffer Write(SchemaLoadReport report, CacheStrings strings)
    {
        var target = new CacheBuffer();
        target.AddNumber((ulong)report.Remarks.Count);
        foreach (SchemaRemark remark in report.Remarks)
        {
            foreach (string text in (ReadOnlySpan<string>)[remark.Rule.Id, remark.File, remark.Subject, remark.Other])
                target.AddNumber(strings.NumberOf(text));
        }
        target.AddNumber((ulong)report.Diagnostics.Items.Count);
        foreach (Diagnostic diagnostic in report.Diagnostics.Items)
        {
            target.AddNumber((ulong)diagnostic.Rule.Severity);
            foreach (string text in (ReadOnlySpan<string>)[diagnostic.Rule.Id, diagnostic.Rule.Name, diagnostic.Message,
                diagnostic.Remedy])
                target.AddNumber(strings.NumberOf(text));
            target.AddNumber(strings.NumberOf(diagnostic.Span.Source?.Path ?? ""));
            target.AddNumber((ulong)diagnostic.Span.Start);
            target.AddNumber((ulong)diagnostic.Span.End);
        }
        return target;
    }

    public static void Read(CacheCursor cursor, Func<int, string> text, Func<string, SourceText> source, SchemaLoadReport report)
    {
        for (int remarks = cursor.Count(); remarks > 0; remarks--)
        {
            string id = text(cursor.Count());
            report.Add(new SchemaRemark(RuleOf(id, id), text(cursor.Count()), text(cursor.Count()), text(cursor.Count())));
        }
        for (int diagnostics = cursor.Count(); diagnostics > 0; diagnostics--)
        {
            var severity = (Severity)cursor.Count();
            string id = text(cursor.Count());
            DiagnosticRule rule = RuleOf(id, text(cursor.Count())) with { Severity = severity };
            string message = text(cursor.Count());
            string remedy = text(cursor.Count());
            string path = text(cursor.Count());
            (int start, int end) = (cursor.Count(), cursor.Count());
            report.Diagnostics.Add(new(rule, path.Length == 0 ? default : source(path).Span(start, end), message, remedy, []));
        }
    }

    /// <summary>The rule of an ID, with its texts; one of an earlier program has its name alone.</summary>
    private static DiagnosticRule RuleOf(string id, string name) =>
        SchemaRules.All.Concat(YamlRules.All).FirstOrDefault(rule => rule.Id == id) ?? new(id, name, Severity.Error, "");
}
