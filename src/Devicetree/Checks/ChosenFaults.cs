namespace Devicetree.Checks;

/// <summary>The nodes <c>/chosen</c> and <c>/aliases</c>.</summary>
internal static class ChosenFaults
{
    public static readonly CheckFault InterruptController = new(
        "chosen-interrupt-controller", "/chosen has obsolete \"interrupt-controller\" property",
        "'interrupt-controller' is obsolete in this node");

    public static readonly CheckFault NotAtRoot = new(
        "chosen-not-at-root", "chosen node must be at root node",
        "a node 'chosen' is read as a child of the root only");

    public static readonly CheckFault LegacyStdoutPath = new(
        "legacy-stdout-path", "Use 'stdout-path' instead",
        "'linux,stdout-path' is obsolete", "Rename it to 'stdout-path'.");

    /// <summary>0: the value.</summary>
    public static readonly CheckFault AliasPath = new(
        "alias-path", "aliases property is not a valid node ({0})",
        "'{0}' is not the path of any node", "Refer to the node with '&label', or correct the path.");

    public static readonly CheckFault AliasEmpty = new(
        "alias-empty", "aliases property is not a valid node ((null))",
        "the alias has no value, but the path of a node is expected", "Refer to the node with '&label'.");

    /// <summary>0: the name.</summary>
    public static readonly CheckFault AliasName = new(
        "alias-name", "aliases property name must include only lowercase and '-'",
        "'{0}' is not a valid name of an alias", "Use lower-case letters, digits and '-' in the name.");

    public static IReadOnlyList<CheckFault> All =>
        [InterruptController, NotAtRoot, LegacyStdoutPath, AliasPath, AliasEmpty, AliasName];
}
