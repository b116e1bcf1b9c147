using System.Reflection;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tests.Source;

public class DtsRulesTests
{
    [Fact]
    public void Every_rule_has_an_id_and_a_name_of_its_own()
    {
        DiagnosticRule[] rules =
            [.. typeof(DtsRules).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (DiagnosticRule)field.GetValue(null)!)];

        Assert.NotEmpty(rules);
        Assert.Equal(rules.Length, rules.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(rules.Length, rules.Select(rule => rule.Name).Distinct().Count());
        Assert.All(rules, rule => Assert.Matches("^DTS[0-9]{3}$", rule.Id));
    }
}
