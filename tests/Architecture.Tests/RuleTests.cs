using System.Reflection;
using System.Text.RegularExpressions;
using Devicetree.Text.Diagnostics;

namespace Architecture.Tests;

/// <summary>IDs of rules are given once and for ever: scripts, baselines and suppressions keep them.</summary>
public partial class RuleTests
{
    /// <summary>The assemblies whose rules have to be in the list of one of the programs.</summary>
    private static readonly string[] _assemblies =
        ["Devicetree.Text", "Devicetree", "Devicetree.Schema", "dt", "Gunyah.Guest", "Gunyah.ResourceManager", "Gunyah.Machine",
        "gunyah"];

    /// <summary>What advice may begin with; "Did" asks whether another name is meant.</summary>
    private static readonly string[] _verbs =
    [
        "Add", "Allow", "Ask", "Begin", "Break", "Change", "Check", "Choose", "Close", "Compile", "Convert", "Copy", "Correct",
        "Decompress", "Define", "Delete", "Describe", "Did", "End", "Find", "Flatten", "Follow", "Give", "Include", "Indent", "Keep",
        "Leave", "Look", "Make", "Mark", "Merge", "Move", "Name", "Put", "Read", "Refer", "Remove", "Rename", "Report", "Run",
        "Save", "See", "Set", "Switch", "Take", "Use", "Write",
    ];

    /// <summary>Rules that no finding has, so that there is nothing to do: steps that dtc lists among its checks.</summary>
    private static readonly Dictionary<string, string> _withoutAdvice = new()
    {
        ["DTS102"] = "omit_unused_nodes drops nodes",
        ["DTS113"] = "addr_size_cells reads the counts of cells for later checks",
        ["DTS122"] = "simple_bus_bridge notes the buses for later checks",
    };

    [Fact]
    public void An_id_is_declared_at_one_place()
    {
        IEnumerable<(string Id, string File)> declared = Repository.Projects("src")
            .SelectMany(project => project.Directory!.EnumerateFiles("*.cs", SearchOption.AllDirectories))
            .Where(file => !file.FullName.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(file => Id().Matches(File.ReadAllText(file.FullName)).Select(match => (match.Value, file.Name)));
        Assert.Empty(declared.GroupBy(each => each.Id).Where(group => group.Count() > 1)
            .Select(group => string.Join(" and ", group)));
    }

    [Fact]
    public void Every_rule_is_in_the_list_of_its_program_and_no_id_has_two_names()
    {
        IReadOnlyList<DiagnosticRule> listed = DiagnosticPage.Rules;
        Assert.Equal(listed.Count, listed.Select(rule => rule.Id).Distinct().Count());
        Dictionary<string, string> names = listed.ToDictionary(rule => rule.Id, rule => rule.Name);
        DiagnosticRule[] declared =
            [.. _assemblies.Select(Assembly.Load).SelectMany(assembly => assembly.GetTypes()).SelectMany(RulesOf)];
        Assert.InRange(declared.Length, 200, int.MaxValue);
        Assert.All(declared, rule => Assert.Equal((rule.Id, rule.Name), (rule.Id, names.GetValueOrDefault(rule.Id))));
    }

    [Fact]
    public void Every_rule_can_be_told_without_an_input() => Assert.All(DiagnosticPage.Rules, rule =>
    {
        Assert.Matches(Id(), $"\"{rule.Id}\"");
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", rule.Name);
        Assert.Matches(@"^[\p{Lu}\p{P}\p{S}\d].*[.?!]$", rule.Summary);
    });

    [Fact]
    public void Every_rule_says_why_it_matters_and_shows_what_breaks_it() => Assert.All(DiagnosticPage.Rules, rule =>
    {
        Assert.Matches(@"^[\p{Lu}'].*[.?!]$", rule.Why);
        Assert.Matches(@"\S", rule.Example);
        Assert.All(rule.Example.Split('\n'), line => Assert.Equal(line.TrimEnd(), line));
    });

    [Fact]
    public void Every_rule_says_what_to_do_and_begins_with_the_verb() => Assert.All(DiagnosticPage.Rules, rule =>
    {
        if (_withoutAdvice.ContainsKey(rule.Id))
            Assert.Equal("", rule.Advice);
        else
            Assert.Contains(rule.Advice.Split(' ', ',', ':')[0], _verbs);
    });

    [Fact]
    public void Only_rules_that_exist_need_no_advice() =>
        Assert.Subset(DiagnosticPage.Rules.Select(rule => rule.Id).ToHashSet(), _withoutAdvice.Keys.ToHashSet());

    private static IEnumerable<DiagnosticRule> RulesOf(Type type)
    {
        const BindingFlags Any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return type.ContainsGenericParameters
            ? []
            : type.GetFields(Any).Where(field => field.FieldType == typeof(DiagnosticRule))
            .Select(field => (DiagnosticRule)field.GetValue(null)!);
    }

    [GeneratedRegex("\"[A-Z]{2,4}[0-9]{3,4}\"")]
    private static partial Regex Id();
}
