namespace Devicetree.Checks;

/// <summary>Names of nodes and properties, and names that are given twice.</summary>
internal static class NameFaults
{
    public static readonly CheckFault DuplicateNode = new("duplicate-node", "Duplicate node name", CheckRules.DuplicateNode);

    public static readonly CheckFault DeletedNode = new("deleted-in-own-body", "Duplicate node name", CheckRules.DeletedNode);

    public static readonly CheckFault DuplicateProperty = new(
        "duplicate-property", "Duplicate property name", CheckRules.DuplicateProperty);

    /// <summary>0: the label, 1: the place, 2: the first place.</summary>
    public static readonly CheckFault DuplicateLabel = new(
        "duplicate-label", "Duplicate label '{0}' on {1} and {2}", CheckRules.DuplicateLabel);

    public static readonly CheckFault NodeNameCharacter = new(
        "node-name-character", "Bad character '{1}' in node name", CheckRules.BadNodeName)
    {
        Text = "'{0}' is not a valid node name: it contains '{1}'",
    };

    public static readonly CheckFault NodeNameUnits = new(
        "node-name-units", "multiple '@' characters in node name", CheckRules.BadNodeName)
    {
        Text = "'{0}' is not a valid node name: it contains more than one '@'",
    };

    public static readonly CheckFault NodeNameEmpty = new("node-name-empty", "Empty node name", CheckRules.BadNodeName)
    {
        Text = "'{0}' is not a valid node name: nothing stands before the '@'",
    };

    public static readonly CheckFault PropertyNameCharacter = new(
        "property-name-character", "Bad character '{1}' in property name", CheckRules.BadPropertyName)
    {
        Text = "'{0}' is not a valid property name: it contains '{1}'",
    };

    public static readonly CheckFault NodeNameStyle = new(
        "node-name-style", "Character '{0}' not recommended in node name",
        "'{0}' is not recommended in the name of a node");

    public static readonly CheckFault PropertyNameStyle = new(
        "property-name-style", "Character '{0}' not recommended in property name",
        "'{0}' is not recommended in the name of a property");

    public static readonly CheckFault NameProperty = new(
        "name-property", "\"name\" property is incorrect (\"{1}\" instead of base node name)", CheckRules.BadNameProperty)
    {
        Text = "the 'name' of {0} is '{1}', not the node's own name",
    };

    public static readonly CheckFault NamePropertyEmpty = new(
        "name-property-empty",
        "\"name\" property is incorrect (\"(null)\" instead of base node name)", CheckRules.BadNameProperty)
    {
        Text = "the 'name' of {0} has no value",
    };

    public static readonly CheckFault NodeAndProperty = new(
        "node-and-property", "node name and property name conflict",
        "the parent has a property of the same name, '{0}'");

    public static IReadOnlyList<CheckFault> All =>
    [
        DuplicateNode, DeletedNode, DuplicateProperty, DuplicateLabel, NodeNameCharacter, NodeNameUnits, NodeNameEmpty,
        PropertyNameCharacter, NodeNameStyle, PropertyNameStyle, NameProperty, NamePropertyEmpty, NodeAndProperty,
    ];
}
