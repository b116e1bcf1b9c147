using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Yaml;

/// <summary>Reads YAML files as they are written: one document, every scalar a text, every node with its place.</summary>
internal static class YamlFile
{
    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="source">The file; the spans of the result lie in it.</param>
    /// <param name="diagnostics">Takes what is wrong. Reading stops at the first error, behind which nothing can be
    /// trusted.</param>
    /// <param name="limits">What the file may ask for.</param>
    /// <returns>Its node, an empty scalar for an empty file; null when something is wrong.</returns>
    public static YamlNode? Load(SourceText source, DiagnosticBag diagnostics, YamlLimits? limits = null) =>
        Load(source, diagnostics, limits ?? YamlLimits.Default, new NodeBuilder(diagnostics));

    /// <summary>Reads a file that is in memory into values of another kind.</summary>
    internal static T? Load<T>(SourceText source, DiagnosticBag diagnostics, YamlLimits limits, IYamlBuilder<T> builder)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (source.Bytes.Length > limits.MaxBytes)
        {
            diagnostics.Report(YamlRules.Unreadable, source.Span(0, 0), $"the file has more than {limits.MaxBytes} bytes");
            return null;
        }
        return YamlText.TryDecode(source, diagnostics, out YamlText? text)
            ? new YamlReader<T>(text, diagnostics, limits, builder).Read() : null;
    }

    private sealed class NodeBuilder(DiagnosticBag diagnostics) : IYamlBuilder<YamlNode>
    {
        public YamlNode Empty(SourceSpan span) => new YamlScalar("", true, "", span);

        public YamlNode Scalar(YamlScalar scalar) => scalar;

        public YamlNode Sequence(IReadOnlyList<YamlNode> items, SourceSpan span) => new YamlSequence(items, span);

        public IYamlMappingBuilder<YamlNode> BeginMapping() => new MappingBuilder(diagnostics);

        public SourceSpan SpanOf(YamlNode value) => value.Span;
    }

    private sealed class MappingBuilder(DiagnosticBag diagnostics) : IYamlMappingBuilder<YamlNode>
    {
        private readonly List<(YamlScalar Key, YamlNode Value)> _entries = [];
        private YamlScalar? _key;

        public SourceSpan? LastSpan => _entries.Count == 0 ? null : _entries[^1].Value.Span;

        public bool TryAddKey(YamlNode key, SourceSpan span, bool isMerge)
        {
            _key = key as YamlScalar;
            if (_key is null)
                diagnostics.Report(YamlRules.KeyIsNoString, span, key.Description);
            return _key is not null;
        }

        public bool TryAddValue(YamlNode value)
        {
            _entries.Add((_key!, value));
            return true;
        }

        public YamlNode Build(SourceSpan span) => new YamlMapping(_entries, span);
    }
}
