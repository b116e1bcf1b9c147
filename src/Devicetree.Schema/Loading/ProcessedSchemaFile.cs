using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Schema.Loading;

/// <summary>
/// The file of processed schemas that <c>dt-mk-schema -j</c> writes and <c>dt-validate -s</c> reads: one JSON object of all
/// schemas by ID, with the type table and the documented compatible strings as further entries.
/// </summary>
public static class ProcessedSchemaFile
{
    internal const string Compatibles = "generated-compatibles";
    internal const string Types = "generated-types";
    internal const string PatternTypes = "generated-pattern-types";
    internal const string Version = "version";

    /// <summary>The release whose files these are: the original reads none of another.</summary>
    internal const string Release = "2026.6";

    /// <summary>The most that a file may have; the kernel's has 14 MB.</summary>
    private const int MaxBytes = 256 << 20;

    /// <summary>Writes the file.</summary>
    /// <param name="schemas">The schemas.</param>
    /// <param name="stream">Takes the text, which does not end with a newline.</param>
    public static void Write(ProcessedSchemas schemas, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(schemas);
        ArgumentNullException.ThrowIfNull(stream);
        var entries = new List<SchemaEntry>
        {
            new(Compatibles, default, GeneratedEntries.OfCompatibles(schemas.Store)),
            new(PatternTypes, default, GeneratedEntries.OfTypes(PatternTypes, "Generated pattern property types",
                schemas.Store.PatternTypes)),
            new(Types, default, GeneratedEntries.OfTypes(Types, "Generated property types", schemas.Store.AllTypes())),
            new(Version, default, new SchemaString(Release, default)),
        };
        entries.AddRange(schemas.Schemas.Select(schema => new SchemaEntry(schema.Id, default, schema.Schema)));
        entries.Sort(static (left, right) => string.CompareOrdinal(left.Key, right.Key));
        using var writer = new PythonJsonWriter(stream);
        writer.Write(new SchemaObject(entries, default), 0);
    }

    /// <summary>Whether a file looks like one of processed schemas rather than a binding: its first sign is a brace.</summary>
    /// <param name="path">An absolute path.</param>
    public static bool IsOne(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using FileStream stream = File.OpenRead(path);
            int next;
            while ((next = stream.ReadByte()) is ' ' or '\n' or '\r' or '\t')
            {
            }
            return next == '{';
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reads a file, one that the original wrote as well.</summary>
    /// <param name="path">An absolute path.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <returns>The schemas; null when the file is of no use.</returns>
    public static ProcessedSchemas? Read(string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        if (BoundedFile.TryRead(path, MaxBytes, out byte[]? bytes, out string? reason))
            return Read(new SourceText(path, bytes), diagnostics);
        diagnostics.Report(YamlRules.Unreadable, new SourceText(path, ReadOnlyMemory<byte>.Empty).Span(0, 0), reason);
        return null;
    }

    /// <summary>Reads a file that is in memory.</summary>
    public static ProcessedSchemas? Read(SourceText source, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        SchemaValue? value = SchemaJsonReader.Read(source, diagnostics);
        if (value is null)
            return null;
        if (value is not SchemaObject file || !file.Has(Version))
            return Refuse(source, diagnostics, "it names no release");
        if (file[Types] is not SchemaObject types || file[Compatibles] is not SchemaObject compatibles)
            return Refuse(source, diagnostics, "it has no type table");
        var schemas = new List<(string Id, string FileName, SchemaObject Schema)>();
        foreach (SchemaEntry entry in file.Entries)
        {
            if (entry.Key is Compatibles or Types or PatternTypes or Version)
                continue;
            if (entry.Value is not SchemaObject schema)
                return Refuse(source, diagnostics, $"what stands at '{entry.Key}' is no schema");
            schemas.Add((entry.Key, (schema["$filename"] as SchemaString)?.Value ?? "", schema));
        }
        (List<string> documented, List<string> patterns) = GeneratedEntries.ReadCompatibles(compatibles);
        return new ProcessedSchemas(new MemoryStore(
            schemas, GeneratedEntries.ReadTypes(types), GeneratedEntries.ReadTypes(file[PatternTypes]), documented, patterns));
    }

    private static ProcessedSchemas? Refuse(SourceText source, DiagnosticBag diagnostics, string reason)
    {
        diagnostics.Report(SchemaRules.NotProcessed, source.Span(0, 0), reason);
        return null;
    }
}
