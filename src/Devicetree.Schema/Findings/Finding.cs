using Devicetree.Schema.Decoding;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Findings;

/// <summary>What kind of finding it is; the original's word for it is the name in lower case.</summary>
internal enum FindingKind
{
    /// <summary>A node breaks a schema.</summary>
    Validation,

    /// <summary>A compatible string that no schema documents.</summary>
    Unmatched,

    /// <summary>A value that cannot be decoded.</summary>
    Decode,

    /// <summary>A limit was reached, so that the verdict on a node is not known.</summary>
    Exhausted,
}

/// <summary>
/// Something that was found in a tree. The values it refers to change when the walk goes on, so texts are to be taken from it at
/// once.
/// </summary>
/// <param name="Kind">What kind.</param>
/// <param name="Path">The node.</param>
/// <param name="Node">The node's contents; null for what cannot be decoded.</param>
internal sealed record Finding(FindingKind Kind, string Path, DecodedNode? Node)
{
    /// <summary>The identifier of the schema, without <c>#</c>; null unless a schema is broken.</summary>
    public string? SchemaId { get; init; }

    /// <summary>The error; null unless a schema is broken.</summary>
    public SchemaError? Error { get; init; }

    /// <summary>The compatible string that no schema documents; null for other kinds.</summary>
    public string? Undocumented { get; init; }

    /// <summary>What could not be decoded; null for other kinds.</summary>
    public DecodeProblem? Problem { get; init; }

    /// <summary>The node's name, <c>/</c> for the root.</summary>
    public string NodeName => Node?.Name ?? "";
}
