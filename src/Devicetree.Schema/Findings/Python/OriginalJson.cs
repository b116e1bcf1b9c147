using Devicetree.Schema.Decoding;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Findings.Python;

/// <summary>
/// Findings in the form of the newest dt-validate's <c>--json-output</c>: a list of objects, written as Python writes them.
/// </summary>
/// <param name="file">What it calls the file.</param>
/// <param name="text">Gives the text that is also printed.</param>
internal sealed class OriginalJson(string file, OriginalText text)
{
    private const int Indentation = 2;

    /// <summary>A finding as an object.</summary>
    public SchemaObject Of(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return finding.Kind switch
        {
            FindingKind.Decode => Begin("decode", "error").With("message", text.Of(finding)).Build(),
            FindingKind.Unmatched => OfUnmatched(finding),
            FindingKind.Exhausted => OfNode(Begin("recursion-error", "error"), finding)
                .With("message", OriginalText.Exhausted).With("formatted", text.Of(finding)).Build(),
            _ => OfError(finding),
        };
    }

    /// <summary>Writes a whole list.</summary>
    public static void Write(IReadOnlyList<SchemaObject> findings, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using (var writer = new PythonJsonWriter(stream, Indentation))
            writer.Write(new SchemaArray(findings, default), 0);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>No blob has lines, so both are null as in the original.</summary>
    private Entries Begin(string type, string level) =>
        new Entries().With("type", type).With("level", level).With("file", file).WithNothing("line").WithNothing("column");

    private static Entries OfNode(Entries entries, Finding finding) =>
        entries.With("node", finding.Path).With("nodename", finding.NodeName);

    private SchemaObject OfUnmatched(Finding finding) => OfNode(Begin("unmatched", "warning"), finding)
        .With("compatible", OfValue(finding.Node![PropertyNames.Compatible]))
        .With("message", OriginalText.Unmatched(finding))
        .With("formatted", text.Of(finding))
        .Build();

    private SchemaObject OfError(Finding finding)
    {
        SchemaError error = finding.Error!;
        Entries entries = OfNode(Begin("validation", "error"), finding)
            .With("compatible", OriginalText.FirstCompatible(finding))
            .With("property_path", Steps(error.AbsolutePath))
            .With("schema_path", Steps(error.AbsoluteSchemaPath))
            .With("schema", finding.SchemaId)
            .With("message", OriginalWords.Of(error))
            .With("formatted", text.Of(finding));
        if (error.Context.Count > 0)
            entries.With("context", new SchemaArray([.. OriginalText.InPathOrder(error).Select(OfContext)], default));
        return entries.Build();
    }

    private static SchemaObject OfContext(SchemaError error) => new Entries()
        .With("message", OriginalWords.Of(error))
        .With("property_path", Steps(error.AbsolutePath))
        .With("schema_path", Steps(error.AbsoluteSchemaPath))
        .WithNothing("schema")
        .Build();

    private static SchemaArray Steps(IEnumerable<PathStep> path) => new(
        [.. path.Select(step => step.Key is null
            ? (SchemaValue)new SchemaInteger(step.Index, default) : new SchemaString(step.Key, default))],
        default);

    private static SchemaValue OfValue(DecodedValue? value) => value switch
    {
        DecodedText characters => new SchemaString(characters.Value, default),
        DecodedInteger number => new SchemaInteger(number.Value, default),
        DecodedFlag flag => new SchemaBoolean(flag.Value, default),
        DecodedList list => new SchemaArray([.. list.Items.Select(OfValue)], default),
        _ => new SchemaNull(default),
    };

    /// <summary>The entries of an object, one after the other.</summary>
    private sealed class Entries
    {
        private readonly List<SchemaEntry> _entries = [];

        public Entries With(string key, string? value) =>
            value is null ? WithNothing(key) : With(key, new SchemaString(value, default));

        public Entries WithNothing(string key) => With(key, new SchemaNull(default));

        public Entries With(string key, SchemaValue value)
        {
            _entries.Add(new(key, default, value));
            return this;
        }

        public SchemaObject Build() => new(_entries, default);
    }
}
