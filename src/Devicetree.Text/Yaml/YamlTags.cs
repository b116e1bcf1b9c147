namespace Devicetree.Text.Yaml;

/// <summary>The tags of YAML's own types (YAML 1.2, chapter 10).</summary>
internal static class YamlTags
{
    /// <summary>What those of scalars begin with.</summary>
    public const string Prefix = "tag:yaml.org,2002:";

    public const string Text = Prefix + "str";

    public const string Sequence = Prefix + "seq";

    public const string Mapping = Prefix + "map";

    /// <summary>The tag without a name, which makes a scalar a text.</summary>
    public const string NonSpecific = "!";
}
