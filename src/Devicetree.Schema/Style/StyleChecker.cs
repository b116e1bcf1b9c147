using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Style;

/// <summary>
/// Checks how a YAML file is written, as yamllint does with the configuration of a kernel. What is no YAML is not this checker's
/// business: of such a file only its lines are judged.
/// </summary>
internal static class StyleChecker
{
    /// <summary>Checks a file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Takes what is wrong, by line.</param>
    /// <param name="settings">How it is to be written; as in Linux 6.1 when null.</param>
    public static void Check(SourceText source, DiagnosticBag diagnostics, StyleSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (!YamlText.TryDecode(source, new DiagnosticBag(), out YamlText? text))
            return;
        var findings = new StyleFindings(text, settings ?? StyleSettings.Default);
        LineStyle.Check(text.Text, findings);
        try
        {
            SpacingStyle.Check(text.Text, findings);
            new IndentationStyle(text.Text, findings).Check();
        }
        catch (Exception error) when (YamlErrors.IsOne(error))
        {
            // The loader says so, with the place.
        }
        findings.ReportTo(diagnostics);
    }
}
