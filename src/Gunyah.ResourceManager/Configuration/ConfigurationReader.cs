using Devicetree;

namespace Gunyah.ResourceManager.Configuration;

/// <summary>
/// Typed access to the properties of a configuration tree. The first thing that is wrong is kept in <see cref="Error"/> and
/// reading goes on with harmless values, so that the parser reads top to bottom without a test after every line.
/// </summary>
internal sealed class ConfigurationReader
{
    private const uint DefaultAddressCells = 2;
    private const uint DefaultSizeCells = 1;

    public string? Error { get; private set; }

    /// <summary>Remembers what is wrong, unless something was before.</summary>
    public void Fail(string error) => Error ??= error;

    public void Require(bool condition, string error)
    {
        if (!condition)
            Fail(error);
    }

    public string? OptionalString(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return null;
        if (property.TryGetString(out string? text))
            return text;
        Fail($"{node.Path}:{name} is not a string");
        return null;
    }

    public string[] Strings(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return [];
        if (property.TryGetStrings(out string[]? texts))
            return texts;
        Fail($"{node.Path}:{name} is not a list of strings");
        return [];
    }

    public uint? OptionalCell(Node node, string name)
    {
        if (node.Property(name) is not Property property)
            return null;
        if (property.TryGetU32(out uint value))
            return value;
        Fail($"{node.Path}:{name} is not one cell");
        return null;
    }

    /// <summary>The label: <c>qcom,label</c>, else <c>label</c>.</summary>
    public uint? Label(Node node) => OptionalCell(node, node.Property("qcom,label") is null ? "label" : "qcom,label");

    /// <summary>A number in as many cells as the node's own <c>#address-cells</c> says.</summary>
    public ulong? OptionalAddress(Node node, string name) =>
        OptionalNumber(node, name, OptionalCell(node, "#address-cells") ?? DefaultAddressCells);

    /// <summary>A number in as many cells as the node's own <c>#size-cells</c> says.</summary>
    public ulong? OptionalSize(Node node, string name) =>
        OptionalNumber(node, name, OptionalCell(node, "#size-cells") ?? DefaultSizeCells);

    private ulong? OptionalNumber(Node node, string name, uint cells)
    {
        if (node.Property(name) is not Property property)
            return null;
        if (cells is 1 or 2 && property.TryGetCells(out uint[]? values) && values.Length == (int)cells)
            return cells == 1 ? values[0] : ((ulong)values[0] << 32) | values[1];
        Fail($"{node.Path}:{name} is not a number of {cells} cells");
        return null;
    }
}
