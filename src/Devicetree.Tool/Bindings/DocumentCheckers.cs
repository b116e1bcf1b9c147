using Devicetree.Schema.Documents;
using Devicetree.Schema.Loading;

namespace Devicetree.Tool.Bindings;

/// <summary>Makes checkers of bindings with the rules and core schemas that the environment gives.</summary>
internal static class DocumentCheckers
{
    /// <summary>
    /// A checker with the rules and core schemas of a folder that is named. Where none is, the core schemas are those that are found,
    /// but the rules are ours. A folder of the older generation lends neither: its rules ask for other things.
    /// </summary>
    /// <param name="host">Where relative paths start, and the environment.</param>
    /// <param name="folder">The folder of core schemas, which may have rules beside them; null to take what the environment names.</param>
    public static DocumentChecker Create(ToolHost host, string? folder = null)
    {
        folder ??= host.Variable(CoreSchemaSearch.Variable) is { Length: > 0 } named ? named : null;
        CoreSchemas core = folder is null ? CoreSchemaSearch.Find(host.Variable, host.FullPath) : CoreSchemas.In(host.FullPath(folder));
        MetaSchemas? rules = folder is null || core.PassedOver is not null ? null : MetaSchemas.In(host.FullPath(folder));
        return new(rules ?? MetaSchemas.BuiltIn, core);
    }
}
