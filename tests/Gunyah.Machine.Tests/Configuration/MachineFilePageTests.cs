using System.Globalization;
using System.Text;
using Devicetree.Text.Diagnostics;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Tests.Configuration;

/// <summary>
/// The tables of docs/machine-file.md are written from the rows of the keys. Set GUNYAH_UPDATE_DOCS=1 to write them again;
/// without it a page that differs fails.
/// </summary>
public class MachineFilePageTests
{
    private const string PageName = "machine-file.md";

    private static readonly (string Section, string Title)[] _sections =
    [
        (MachineKeys.Top, "The machine"),
        (MachineKeys.RmSection, "`resource-manager`"),
        (MachineKeys.PrimarySection, "`primary`"),
        (MachineKeys.DeviceSection, "Each of `devices`"),
        (MachineKeys.VmSection, "Each of `vms`"),
        (MachineKeys.QueueSection, "`queue` of a VM"),
        (MachineKeys.ExchangeSection, "`exchange`"),
    ];

    [Fact]
    public void The_page_shows_every_key_and_every_rule_as_its_row_declares_it()
    {
        string path = Checkout.File("docs", PageName);
        string page = File.ReadAllText(path);
        string expected = Replace(page, "<!-- keys: written from MachineKeys -->", "<!-- end of keys -->", KeyTables());
        expected = Replace(expected, "<!-- rules: written from MachineRules -->", "<!-- end of rules -->",
            RuleTable(MachineRules.All));
        expected = Replace(expected, "<!-- run rules: written from RunRules -->", "<!-- end of run rules -->",
            RuleTable(RunRules.All));
        if (Environment.GetEnvironmentVariable("GUNYAH_UPDATE_DOCS") == "1")
            File.WriteAllText(path, expected);
        else
            Assert.Equal(expected, page);
    }

    [Fact]
    public void Every_default_can_be_read_back()
    {
        foreach (MachineKey key in MachineKeys.All.Where(key => key.Default is not null))
        {
            if (key.Kind == MachineKeyKind.Word)
                Assert.InRange(MachineDefaults.Word(key), 0, key.Words.Length - 1);
            else if (key.Kind is MachineKeyKind.Number or MachineKeyKind.Size or MachineKeyKind.Duration
                && char.IsAsciiDigit(key.Default![0]))
                Assert.InRange(MachineDefaults.Number(key), key.Minimum, key.Maximum);
        }
    }

    [Fact]
    public void Ids_of_rules_are_unique() =>
        Assert.Distinct(MachineRules.All.AddRange(RunRules.All).Select(rule => rule.Id));

    [Fact]
    public void Every_key_belongs_to_a_section_and_is_declared_once()
    {
        Assert.Equal(MachineKeys.All.Length, MachineKeys.All.Select(key => (key.Section, key.Name)).Distinct().Count());
        Assert.All(MachineKeys.All, key => Assert.Contains(key.Section, _sections.Select(section => section.Section)));
    }

    private static string Replace(string page, string begin, string end, string text) =>
        page[..(page.IndexOf(begin, StringComparison.Ordinal) + begin.Length)] + text
        + page[page.IndexOf(end, StringComparison.Ordinal)..];

    private static string RuleTable(IEnumerable<DiagnosticRule> rules)
    {
        var text = new StringBuilder("\n\n| id | name | what it says | what to do |\n|---|---|---|---|\n");
        foreach (DiagnosticRule rule in rules)
        {
            string remedy = rule.WhatToDo.Length > 0 ? rule.WhatToDo : rule.Remedy;
            text.Append(CultureInfo.InvariantCulture, $"| {rule.Id} | {rule.Name} | {rule.Message} | {remedy} |\n");
        }
        return text.Append('\n').ToString();
    }

    private static string KeyTables()
    {
        var text = new StringBuilder("\n");
        foreach ((string section, string title) in _sections)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n### {title}\n\n| key | value | default | meaning |\n|---|---|---|---|\n");
            foreach (MachineKey key in MachineKeys.All.Where(key => key.Section == section))
                text.Append(CultureInfo.InvariantCulture, $"| `{key.Name}` | {Value(key)} | {Default(key)} | {key.Meaning} |\n");
        }

        return text.Append('\n').ToString();
    }

    private static string Value(MachineKey key)
    {
        string kind = key.Kind switch
        {
            MachineKeyKind.Word => string.Join(", ", key.Words.Select(word => $"`{word}`")),
            MachineKeyKind.Group => $"keys of `{key.Name}`",
            MachineKeyKind.List => "a list",
            MachineKeyKind.Duration => "time",
            _ => key.Kind.ToString().ToLowerInvariant(),
        };
        return key.Maximum == ulong.MaxValue
            ? kind : $"{kind}, {MachineSection.Show(key, key.Minimum)} to {MachineSection.Show(key, key.Maximum)}";
    }

    private static string Default(MachineKey key) => key.Default switch
    {
        null => "must be there",
        { } text when char.IsAsciiDigit(text[0]) || key.Kind is MachineKeyKind.Word or MachineKeyKind.Name
            || text.Contains('-', StringComparison.Ordinal) && !text.Contains(' ', StringComparison.Ordinal) => $"`{text}`",
        { } text => text,
    };
}
