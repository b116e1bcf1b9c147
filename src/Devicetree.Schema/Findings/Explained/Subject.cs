using System.Globalization;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>What an error is about: a node, one of its properties, an item of that.</summary>
/// <param name="Path">The node.</param>
/// <param name="Node">Its contents.</param>
/// <param name="Property">The property; null when it is about the node as a whole.</param>
/// <param name="Steps">The way into the value.</param>
internal sealed record Subject(string Path, DecodedNode Node, string? Property, IReadOnlyList<PathStep> Steps)
{
    /// <summary>The subject of an error in a node that was checked: it may lie in a child, however deep.</summary>
    public static Subject Of(Finding finding, SchemaError error)
    {
        DecodedNode node = finding.Node!;
        string path = finding.Path;
        PathStep[] steps = [.. error.AbsolutePath];
        for (int i = 0; i < steps.Length; i++)
        {
            if (steps[i].Key is not string key || node[key] is not DecodedNode child)
                return new(path, node, steps[i].ToString(), steps[(i + 1)..]);
            node = child;
            path = Below(path, key);
        }
        return new(path, node, null, []);
    }

    /// <summary>Whether it is about the name of the node.</summary>
    public bool IsName => Property == DecodedNode.NameKey;

    /// <summary>The property for reports; a node's name is none.</summary>
    public string? ReportedProperty => IsName ? null : Property;

    /// <summary>The same for another property, or for a child where that is what the key names.</summary>
    public Subject At(string key) =>
        Node[key] is DecodedNode child ? new(Below(Path, key), child, null, []) : new(Path, Node, key, []);

    /// <summary>What it is, for the beginning of a sentence.</summary>
    public string Describe()
    {
        if (Property is null)
            return $"node '{Node.Name}'";
        if (IsName)
            return "the name of the node";
        string text = $"'{Property}'";
        for (int i = 0; i < Steps.Count; i++)
        {
            string number = Steps[i].Key is string key ? $"'{key}'" : (Steps[i].Index + 1).ToString(CultureInfo.InvariantCulture);
            text = $"{(i == 0 ? "item" : "cell")} {number} of {text}";
        }
        return text;
    }

    private static string Below(string path, string name) => path == "/" ? "/" + name : $"{path}/{name}";
}
