using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>What became of a reference.</summary>
internal enum ReferenceOutcome
{
    /// <summary>It leads to a schema.</summary>
    Found,

    /// <summary>No schema has that ID. The original takes it for the schema <c>false</c>, which nothing satisfies.</summary>
    NoSuchFile,

    /// <summary>It points to a place that does not exist, in a schema that exists or not. The original breaks off.</summary>
    NoSuchPlace,
}

/// <summary>What a <c>$ref</c> means.</summary>
/// <param name="Document">The schema it leads into, from which references in <paramref name="Target"/> are resolved; null when
/// there is none.</param>
/// <param name="Target">What stands there; <c>false</c> when nothing does.</param>
/// <param name="Outcome">What became of it.</param>
internal readonly record struct SchemaReference(ProcessedSchema? Document, SchemaValue Target, ReferenceOutcome Outcome)
{
    internal static SchemaBoolean Missing { get; } = new(false, default);
}
