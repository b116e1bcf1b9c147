using System.Reflection;
using System.Text.RegularExpressions;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Checks;

/// <summary>What checks find is data with two sets of words: dtc's for its drop-in, ours for everyone else.</summary>
public partial class CheckFaultTests
{
    /// <summary>What no version of dtc looks for.</summary>
    private static readonly string[] _ownOnly = ["unit-differs"];

    private static readonly Regex _dtcWords = new(
        string.Join('|', CheckFaults.All.Where(fault => fault.DtcText.Length > 0)
            .Select(fault => PlacesPattern().Replace(Regex.Escape(fault.DtcText.Trim()), ".*"))));

    [Fact]
    public void Every_fault_that_is_declared_is_in_the_list_once()
    {
        IEnumerable<CheckFault> declared = typeof(CheckFault).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(CheckFault).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(CheckFault))
            .Select(field => (CheckFault)field.GetValue(null)!);
        Assert.Equal(declared.Select(fault => fault.Name).Order(), CheckFaults.All.Select(fault => fault.Name).Order());
        Assert.Equal(CheckFaults.All.Count, CheckFaults.All.Select(fault => fault.Name).Distinct().Count());
    }

    [Fact]
    public void Our_words_are_phrases_and_remedies_are_sentences()
    {
        Assert.All(CheckFaults.All, fault =>
        {
            Assert.Matches("^[a-z0-9{'].*[^.]$", fault.Text);
            Assert.True(fault.Remedy is null or "{2}" || Regex.IsMatch(fault.Remedy, "^[A-Z].*\\.$"), fault.Name);
            Assert.Equal(_ownOnly.Contains(fault.Name), fault.DtcText.Length == 0);
        });
    }

    [Fact]
    public void Every_fault_is_found_somewhere_and_then_its_words_are_ours()
    {
        var found = new HashSet<string>();
        foreach (CheckCase one in CheckCase.All.Values)
        {
            foreach (DtcVersion version in one.Recorded.Keys)
            {
                var findings = new Findings();
                CheckRun.Of(new SourceText("in.dts", one.Source), version, one.Options, findings);
                foreach (Finding finding in findings.All)
                    ExpectOurWords(finding, one.Name);
                found.UnionWith(findings.All.Select(finding => finding.Fault.Name));
            }
        }
        Assert.Equal([], CheckFaults.All.Select(fault => fault.Name).Except(found).Except(_ownOnly));
    }

    private static void ExpectOurWords(Finding finding, string name)
    {
        var bag = new DiagnosticBag();
        new DiagnosticReporter(bag).Report(finding);
        Diagnostic diagnostic = Assert.Single(bag.Items);
        Assert.DoesNotMatch(@"\{\d", diagnostic.Message + diagnostic.Remedy);
        Assert.NotEmpty(diagnostic.Remedy);
        Assert.False(_dtcWords.IsMatch(diagnostic.Message), $"{name}: {diagnostic.Message}");
    }

    [GeneratedRegex(@"\\\{\d(:x)?}")]
    private static partial Regex PlacesPattern();

    private sealed class Findings : ICheckReporter
    {
        public List<Finding> All { get; } = [];

        public bool Wants(CheckLevels levels) => true;

        public void Report(Finding finding) => All.Add(finding);

        public void ReportPrerequisite(CheckRow check, CheckLevels levels, CheckRow needed)
        {
        }

        public void Report(PassMessage message)
        {
        }
    }
}
