namespace Gunyah.Machine.Configuration;

/// <summary>A node of a YAML file with the characters [Start, End) of the file that it was read from.</summary>
internal abstract record YamlNode(int Start, int End)
{
    /// <summary>What it is, for people.</summary>
    public abstract string Description { get; }
}

/// <summary>A word, a number, a text; an absent value is an empty scalar.</summary>
internal sealed record YamlScalar(string Value, int Start, int End) : YamlNode(Start, End)
{
    /// <inheritdoc/>
    public override string Description => Value.Length == 0 ? "nothing" : $"'{Value}'";
}

/// <summary>Keys with values, in the order of the file. A key may stand there twice: that is for the reader to report.</summary>
internal sealed record YamlMapping(IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries, int Start, int End) : YamlNode(Start, End)
{
    /// <inheritdoc/>
    public override string Description => "a group of keys";
}

/// <summary>A list.</summary>
internal sealed record YamlSequence(IReadOnlyList<YamlNode> Items, int Start, int End) : YamlNode(Start, End)
{
    /// <inheritdoc/>
    public override string Description => "a list";
}
