using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Compilation;

namespace Devicetree.Schema.Validation.Bindings;

/// <summary>
/// Applies a set of bindings to nodes: the schema that the first known compatible string chooses, then every schema whose
/// <c>select</c> fits (devicetree.md 5.2). Shared by threads.
/// </summary>
public sealed class BindingValidator
{
    private static readonly EntryName _compatible = new(PropertyNames.Compatible);

    private readonly SelectIndex _index;

    /// <summary>A validator for a set.</summary>
    /// <param name="schemas">The set.</param>
    public BindingValidator(ProcessedSchemas schemas)
        : this(schemas, null)
    {
    }

    /// <summary>A validator whose schemas are compiled with options; the defaults when null.</summary>
    internal BindingValidator(ProcessedSchemas schemas, SchemaCompilerOptions? options)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        Schemas = schemas;
        Types = new PropertyTypeTable(schemas.PropertyTypes);
        Compiler = new SchemaCompiler(new Source(schemas), options);
        _index = new SelectIndex(schemas, Compiler);
    }

    /// <summary>The set.</summary>
    public ProcessedSchemas Schemas { get; }

    /// <summary>The types of properties in it, by which trees are decoded.</summary>
    public PropertyTypeTable Types { get; }

    /// <summary>Compiles its schemas.</summary>
    internal SchemaCompiler Compiler { get; }

    /// <summary>The references met so far that lead nowhere, by the schemas they stand in.</summary>
    internal IEnumerable<(string BaseUri, string Reference)> Unresolved => Compiler.Unresolved;

    /// <summary>
    /// The schema that the compatible strings of a node choose: that of the first one which chooses any; null when none does.
    /// </summary>
    internal string? ChosenSchema(DecodedNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        if (node.Find(_compatible) is not DecodedList compatibles)
            return null;
        foreach (DecodedValue item in compatibles.Span)
        {
            if (item is DecodedText text && Schemas.FindByCompatible(text.Value) is ProcessedSchema schema)
                return schema.Id;
        }
        return null;
    }

    /// <summary>Adds what is wrong with a node by the schema that its compatible strings choose.</summary>
    /// <param name="node">The node, which shows its name.</param>
    /// <param name="filter">Which schemas are applied.</param>
    /// <param name="evaluation">The state.</param>
    /// <param name="errors">Takes the errors.</param>
    internal void CheckChosen(DecodedNode node, BindingFilter filter, Evaluation evaluation, List<BindingError> errors)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (ChosenSchema(node) is string id && filter.Admits(id))
            Add(errors, id, Compiler.Get(id), node, evaluation, null);
    }

    /// <summary>Adds what is wrong with a node by the schemas that choose it themselves.</summary>
    /// <param name="node">The node, which shows its name.</param>
    /// <param name="filter">Which schemas are applied.</param>
    /// <param name="evaluation">The state.</param>
    /// <param name="errors">Takes the errors.</param>
    internal void CheckSelecting(DecodedNode node, BindingFilter filter, Evaluation evaluation, List<BindingError> errors)
    {
        ArgumentNullException.ThrowIfNull(filter);
        foreach (SelectingSchema schema in _index.Candidates(node))
        {
            if (filter.Admits(schema.Id) && schema.Select.IsValid(evaluation, node))
                Add(errors, schema.Id, schema.Schema, node, evaluation, "then");
        }
    }

    private static void Add(
        List<BindingError> errors, string id, CompiledSchema schema, DecodedNode node, Evaluation evaluation, PathStep? step)
    {
        if (schema.IsValid(evaluation, node))
            return;
        var found = new List<SchemaError>();
        schema.Explain(evaluation, node, found, schemaStep: step);
        foreach (SchemaError error in found)
            errors.Add(new(id, error));
    }

    private sealed class Source(ProcessedSchemas schemas) : ISchemaSource
    {
        public SchemaValue? Find(string uri) => schemas.Find(uri)?.Schema;
    }
}
