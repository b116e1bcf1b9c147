using Devicetree.Text.Diagnostics;

namespace Devicetree.Directories;

/// <summary>
/// What can be wrong with a directory for a reader that judges as <c>dtc -I fs</c> does. The messages are dtc's, because the
/// drop-in prints them. The numbers are stable.
/// </summary>
internal static class DirectoryRules
{
    /// <summary>A directory that cannot be listed.</summary>
    public static readonly DiagnosticRule NotListed = new(
        "FLD001", "not-listed", Severity.Error, "Couldn't opendir() \"{0}\": {1}", "Name a directory that this user may list.")
    {
        Why = "The nodes below are missing, so that no tree can be built.",
        Example = "dt print tree, a directory that this user may not list",
    };

    /// <summary>An entry of which nothing can be known, for instance a link that leads nowhere.</summary>
    public static readonly DiagnosticRule NoEntry = new(
        "FLD002", "no-entry", Severity.Error, "stat({0}): {1}",
        "Remove the entry if it is a link that leads nowhere or in a circle.")
    {
        Why = "The name exists, but not what it stands for: whether it is a node or a property is not known.",
        Example = """
            ln -s nowhere tree/model
            dt print tree
            """,
    };

    /// <summary>A file that cannot be read: its property is missing in the tree.</summary>
    public static readonly DiagnosticRule NotRead = new(
        "FLD003", "not-read", Severity.Warning, "Cannot open {0}: {1}",
        "Allow reading it, or run as root; until then the property is left out.")
    {
        Why = "The tree is written without it, so it differs from the one that the kernel sees.",
        Example = """
            chmod 000 tree/model
            dt print tree
            """,
    };

    /// <summary>Directories nest too deeply, or hold too much.</summary>
    public static readonly DiagnosticRule TooLarge = new(
        "FLD004", "too-large", Severity.Error, "\"{0}\" is more than {1} {2}",
        "Look for a link that leads back to a directory around it.")
    {
        Why = "The limit ends a directory that never ends, for instance because of a link to one of those around it.",
        Example = """
            ln -s . tree/again
            ln -s . tree/once-more
            dt print tree
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NotListed, NoEntry, NotRead, TooLarge,
    ];
}
