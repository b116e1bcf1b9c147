using System.Collections.Concurrent;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Findings.Explained;

/// <summary>
/// Where the bindings say what a node breaks. Processed schemas have no places, so the files are read again, each once and only
/// when something is found by it. Used by several threads.
/// </summary>
/// <param name="schemas">The schemas.</param>
/// <param name="nameOf">What the user calls a file, by its absolute path.</param>
internal sealed class SchemaPlaces(ProcessedSchemas schemas, Func<string, string> nameOf)
{
    private const int MostReferences = 32;

    private readonly ConcurrentDictionary<string, SchemaValue?> _files = new(StringComparer.Ordinal);

    /// <summary>
    /// The place of the keyword that an error is of, as far as the path leads: rewriting adds steps that no file has. The first
    /// place is in the binding that was applied to the node, the second, if any, in the file that a reference leads to.
    /// </summary>
    public IReadOnlyList<SourceSpan> Of(string schemaId, SchemaError error)
    {
        string id = schemaId;
        var places = new List<SourceSpan>(2);
        SchemaValue? at = Read(id);
        SourceSpan span = default;
        // What chooses its nodes itself stands behind a "then" that no file has.
        int skipped = schemas.Find(schemaId)?.SelectKind is SelectKind.Always or SelectKind.Conditional ? 1 : 0;
        IEnumerable<PathStep> steps = error.AbsoluteSchemaPath.Skip(skipped);
        // The way to the schema "false" ends before the key that has it.
        if (error.Keyword is null && error.Keys.Count == 1)
            steps = steps.Append(error.Keys[0]);
        foreach (PathStep step in steps)
        {
            for (int follows = 0; follows < MostReferences && Reference(at, step) is string reference; follows++)
            {
                if (places.Count == 0 && span.Source is not null)
                    places.Add(span);
                (id, string fragment) = SchemaUri.Split(SchemaUri.Join(id, reference));
                at = Read(id);
                if (at is not null && fragment.Length > 0)
                    at = SchemaUri.Follow(at, fragment);
                span = at?.Span ?? default;
            }
            switch (at)
            {
                case SchemaObject mapping when step.Key is string key && mapping.Find(key) is SchemaEntry entry:
                    span = entry.KeySpan;
                    at = entry.Value;
                    break;
                case SchemaArray list when step.Key is null && step.Index < list.Items.Count:
                    at = list.Items[step.Index];
                    span = at.Span;
                    break;
            }
        }
        if (span.Source is not null)
            places.Add(span);
        return places;
    }

    /// <summary>Where a schema refers to something for the first time; nowhere when its file has no such reference.</summary>
    public SourceSpan OfReference(string schemaId, string reference)
    {
        var pending = new Stack<SchemaValue>();
        if (Read(schemaId) is SchemaValue file)
            pending.Push(file);
        while (pending.TryPop(out SchemaValue? next))
        {
            if (next is SchemaObject schema && schema.Find("$ref") is { Value: SchemaString found } && found.Value == reference)
                return found.Span;
            IEnumerable<SchemaValue> inner = next switch
            {
                SchemaObject mapping => mapping.Entries.Select(entry => entry.Value),
                SchemaArray list => list.Items,
                _ => [],
            };
            foreach (SchemaValue value in inner.Reverse())
                pending.Push(value);
        }
        return default;
    }

    /// <summary>A reference that has to be followed because the step does not lead on in the schema itself.</summary>
    private static string? Reference(SchemaValue? at, PathStep step) =>
        at is SchemaObject schema && step.Key is string key && !schema.Has(key) ? (schema["$ref"] as SchemaString)?.Value : null;

    /// <summary>What the user calls the file of a schema; null for one that is in no file.</summary>
    public string? FileOf(string id) => schemas.Find(id)?.FileName is { Length: > 0 } path ? nameOf(path) : null;

    private SchemaValue? Read(string id) => _files.GetOrAdd(id, static (id, self) =>
        self.PathOf(id) is string path && File.Exists(path)
        ? YamlLoader.LoadFile(path, new DiagnosticBag(), name: self.FileOf(id)) : null, this);

    private string? PathOf(string id) => schemas.Find(id)?.FileName is { Length: > 0 } path ? path : null;
}
