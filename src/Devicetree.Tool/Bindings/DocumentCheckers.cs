using Devicetree.Schema.Documents;
using Devicetree.Schema.Loading;

namespace Devicetree.Tool.Bindings;

/// <summary>Makes checkers of bindings with the rules and core schemas that the environment gives.</summary>
internal static class DocumentCheckers
{
    /// <summary>
    /// A checker with the rules and core schemas of a directory that is named. Where none is, the core schemas are those that are
    /// found, but the rules are ours. A directory of the older generation lends neither: its rules ask for other things.
    /// </summary>
    /// <param name="host">Where relative paths start, and the environment.</param>
    /// <param name="directory">The directory of core schemas, which may have rules beside them; null to take what the environment
    /// names.</param>
    public static DocumentChecker Create(ToolHost host, string? directory = null)
    {
        directory ??= host.Variable(CoreSchemaSearch.Variable) is { Length: > 0 } named ? named : null;
        CoreSchemas core = directory is null
            ? CoreSchemaSearch.Find(host.Variable, host.FullPath) : CoreSchemas.In(host.FullPath(directory));
        MetaSchemas? rules = directory is null || core.PassedOver is not null ? null : MetaSchemas.In(host.FullPath(directory));
        return new(rules ?? MetaSchemas.BuiltIn, core);
    }
}
