using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Verbs.Queries;

/// <summary>What can be wrong with a question to a tree; the ids are stable.</summary>
internal static class GetRules
{
    /// <summary>No node is at a path.</summary>
    public static readonly DiagnosticRule NoNode = new(
        "DT0030", "no-such-node", Severity.Error, "no node matches '{0}'",
        "Check the path: it begins with '/', an alias, or '&' and a label; '*' and '**' match what you do not know.")
    {
        Why = "A script that takes no answer for an answer goes on with nothing.",
        Example = "dt get board.dts /soc/uart@9999",
    };

    /// <summary>The nodes have no such property.</summary>
    public static readonly DiagnosticRule NoProperty = new(
        "DT0031", "no-such-property", Severity.Error, "{0} has no property '{1}'", "{2}")
    {
        What = "A property that is asked for is one that the node has.",
        WhatToDo = "Ask for a property that the node has.",
        Why = "A property that is missing means something else than one that is empty: flags are true when they are "
            + "there.",
        Example = "dt get board.dts /soc/uart@1000:statsu",
    };

    /// <summary>A value is nothing of the type asked for.</summary>
    public static readonly DiagnosticRule NotOfType = new(
        "DT0032", "not-of-type", Severity.Error, "{0}:{1} is not a value of type {2}: {3}",
        "Leave --type away to see what it is.")
    {
        What = "A value that is asked for with '--type' is of that type.",
        Why = "The bytes would be shown as something they are not.",
        Example = "dt get --type u32 board.dts /:compatible",
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        NoNode, NoProperty, NotOfType,
    ];
}
