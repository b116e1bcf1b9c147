using System.Text.Json;

namespace Devicetree.Text.Tests.Yaml;

/// <summary>YAML is read as libyaml reads it, by what that said of the texts in <c>tests/vectors/yaml</c>.</summary>
public class LibyamlTests
{
    public static TheoryData<string> Names => [.. YamlVerdict.Recorded.Select(row => row.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_text_is_read_or_refused_as_libyaml_does(string name)
    {
        (_, string text, JsonElement verdict) = YamlVerdict.Recorded.Single(row => row.Name == name);
        Assert.Equal(YamlVerdict.Of(verdict), YamlVerdict.Of(text));
    }

    [Fact]
    public void Every_problem_has_words_and_a_remedy_of_its_own() =>
        Assert.All(Devicetree.Text.Yaml.YamlProblems.All, static problem =>
    {
        Assert.NotEqual("", problem.Remedy);
        Assert.Equal(problem.Original, Devicetree.Text.Yaml.YamlProblems.OriginalOf(problem.Message, problem.Remedy));
    });
}
