using System.Globalization;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Loading;

/// <summary>Makes the values of a schema of a YAML file as dt-schema's loader does.</summary>
/// <param name="diagnostics">Takes the error.</param>
internal sealed class SchemaValueBuilder(DiagnosticBag diagnostics) : IYamlBuilder<SchemaValue>
{
    /// <inheritdoc/>
    public SchemaValue Empty(SourceSpan span) => new SchemaNull(span);

    /// <inheritdoc/>
    public SchemaValue? Scalar(YamlScalar scalar)
    {
        if (scalar.Tag is YamlTags.NonSpecific or YamlTags.Text || (scalar.Tag.Length == 0 && !scalar.IsPlain))
            return new SchemaString(scalar.Value, scalar.Span);
        SchemaValue? resolved = YamlScalars.Resolve(scalar.Value, scalar.Span);
        if (scalar.Tag.Length == 0)
            return resolved ?? Refuse(YamlRules.BadNumber, scalar.Span, scalar.Value);
        bool fits = resolved is not null && scalar.Tag == YamlTags.Prefix + resolved switch
        {
            SchemaInteger => "int",
            SchemaFloat => "float",
            SchemaBoolean => "bool",
            SchemaNull => "null",
            SchemaTimestamp => "timestamp",
            _ => "str",
        };
        return fits ? resolved : Refuse(YamlRules.UnknownTag, scalar.Span, scalar.Tag);
    }

    /// <inheritdoc/>
    public SchemaValue Sequence(IReadOnlyList<SchemaValue> items, SourceSpan span) => new SchemaArray(items, span);

    /// <inheritdoc/>
    public IYamlMappingBuilder<SchemaValue> BeginMapping() => new SchemaMappingBuilder(diagnostics);

    /// <inheritdoc/>
    public SourceSpan SpanOf(SchemaValue value) => value.Span;

    /// <summary>What a value is, for people.</summary>
    internal static string Kind(SchemaValue value) => value switch
    {
        SchemaNull => "empty",
        SchemaBoolean boolean => boolean.Value ? "true" : "false",
        SchemaInteger integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        SchemaFloat real => real.Value.ToString(CultureInfo.InvariantCulture),
        SchemaTimestamp date => date.Text,
        SchemaArray => "a list",
        SchemaObject => "a mapping",
        _ => "a string",
    };

    private SchemaValue? Refuse(DiagnosticRule rule, SourceSpan span, string argument)
    {
        diagnostics.Report(rule, span, argument);
        return null;
    }
}
