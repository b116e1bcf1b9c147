using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Loading;

/// <summary>Makes a mapping of a schema of one of a YAML file: string keys, none of them twice, others merged in.</summary>
/// <param name="diagnostics">Takes the error.</param>
internal sealed class SchemaMappingBuilder(DiagnosticBag diagnostics) : IYamlMappingBuilder<SchemaValue>
{
    private readonly MappingBuilder _entries = new();
    private string _key = "";
    private SourceSpan _keySpan;
    private bool _isMerge;

    /// <inheritdoc/>
    public SourceSpan? LastSpan => _entries.LastSpan;

    /// <inheritdoc/>
    public bool TryAddKey(SchemaValue key, SourceSpan span, bool isMerge)
    {
        if (key is not SchemaString { Value: string name })
            return Refuse(YamlRules.KeyIsNoString, span, SchemaValueBuilder.Kind(key));
        (_key, _keySpan, _isMerge) = (name, span, isMerge);
        return true;
    }

    /// <inheritdoc/>
    public bool TryAddValue(SchemaValue value)
    {
        if (_isMerge)
            return TryMerge(value);
        if (_entries.TryAdd(new(_key, _keySpan, value)))
            return true;
        diagnostics.Report(YamlRules.DuplicateKey, _keySpan, [new(_entries.Find(_key).KeySpan, "first here")], _key);
        return false;
    }

    /// <inheritdoc/>
    public SchemaValue Build(SourceSpan span) => _entries.Build(span);

    private bool TryMerge(SchemaValue value)
    {
        if (_entries.HasMerged)
            return Refuse(YamlRules.DuplicateKey, _keySpan, _key);
        foreach (SchemaValue source in value is SchemaArray list ? list.Items : [value])
        {
            if (source is not SchemaObject mapping)
                return Refuse(YamlRules.BadMerge, _keySpan, SchemaValueBuilder.Kind(source));
            _entries.Merge(mapping);
        }
        return true;
    }

    private bool Refuse(DiagnosticRule rule, SourceSpan span, string argument)
    {
        diagnostics.Report(rule, span, argument);
        return false;
    }
}
