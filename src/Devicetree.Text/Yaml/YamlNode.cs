using Devicetree.Text.Sources;

namespace Devicetree.Text.Yaml;

/// <summary>A node of a YAML file as it is written.</summary>
/// <param name="Span">Where it is written.</param>
internal abstract record YamlNode(SourceSpan Span)
{
    /// <summary>What it is, for people.</summary>
    public abstract string Description { get; }
}

/// <summary>A word, a number, a text; an absent value is an empty scalar.</summary>
/// <param name="Value">The text, escapes resolved.</param>
/// <param name="IsPlain">Whether it stands without quotes, so that it may be a number or a word with a meaning.</param>
/// <param name="Tag">Its tag, <c>!</c> for the one without a name; empty when it has none.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record YamlScalar(string Value, bool IsPlain, string Tag, SourceSpan Span) : YamlNode(Span)
{
    /// <inheritdoc/>
    public override string Description => Value.Length == 0 ? "nothing" : $"'{Value}'";
}

/// <summary>Keys with values, in the order of the file. A key may stand there twice: that is for its reader to report.</summary>
/// <param name="Entries">The keys and their values.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record YamlMapping(IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries, SourceSpan Span) : YamlNode(Span)
{
    /// <inheritdoc/>
    public override string Description => "a group of keys";
}

/// <summary>A list.</summary>
/// <param name="Items">Its items in order.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, SourceSpan Span) : YamlNode(Span)
{
    /// <inheritdoc/>
    public override string Description => "a list";
}
