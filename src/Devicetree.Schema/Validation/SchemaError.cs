using System.Globalization;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Validation;

/// <summary>A step of a path: a key or an index.</summary>
/// <param name="Key">The key; null for an index.</param>
/// <param name="Index">The index; 0 for a key.</param>
internal readonly record struct PathStep(string? Key, int Index)
{
    /// <summary>A key.</summary>
    public static implicit operator PathStep(string key) => new(key, 0);

    /// <summary>An index.</summary>
    public static implicit operator PathStep(int index) => new(null, index);

    /// <summary>The key, or the index in digits.</summary>
    public override string ToString() => Key ?? Index.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// A keyword of a schema that a value does not satisfy: what breaks what, and where. Words for it are made by those who print it,
/// before the value changes.
/// </summary>
internal sealed class SchemaError
{
    internal SchemaError(string? keyword, CompiledSchema schema, DecodedValue instance, PathStep[] path, PathStep[] schemaPath)
    {
        Keyword = keyword;
        Schema = schema;
        Instance = instance;
        Path = path;
        SchemaPath = schemaPath;
    }

    /// <summary>The keyword; null where the schema is <c>false</c>.</summary>
    public string? Keyword { get; }

    /// <summary>The schema that has the keyword.</summary>
    public CompiledSchema Schema { get; }

    /// <summary>
    /// What the schema gives the keyword: the limit, the pattern, the choices. Null where the schema is <c>false</c>.
    /// </summary>
    public SchemaValue? Limit => Keyword is string keyword ? (Schema.Source as SchemaObject)?[keyword] : null;

    /// <summary>The value.</summary>
    public DecodedValue Instance { get; }

    /// <summary>
    /// What the keyword counted: items, characters or keys for limits of sizes, items that fit for <c>contains</c> and its
    /// limits, bits for
    /// <c>typeSize</c>. Null for keywords that count nothing.
    /// </summary>
    public int? Count { get; internal init; }

    /// <summary>Where the value is, from the value of <see cref="Parent"/> on.</summary>
    public IReadOnlyList<PathStep> Path { get; }

    /// <summary>Where the keyword is, from the schema of <see cref="Parent"/> on; references are not steps.</summary>
    public IReadOnlyList<PathStep> SchemaPath { get; }

    /// <summary>
    /// The keys that the error is about where its path does not say it: those that are missing or too many; for a missing
    /// dependency then the key that asks for it; for the schema <c>false</c> the key whose value it is.
    /// </summary>
    public IReadOnlyList<string> Keys { get; internal init; } = [];

    /// <summary>For <c>anyOf</c> and <c>oneOf</c> why each of their schemas does not fit.</summary>
    public IReadOnlyList<SchemaError> Context { get; internal init; } = [];

    /// <summary>For <c>oneOf</c> the schemas that fit where only one may; empty where none does.</summary>
    public IReadOnlyList<CompiledSchema> Fitting { get; internal init; } = [];

    /// <summary>The error of whose context this is one; null at the top.</summary>
    public SchemaError? Parent { get; internal set; }

    /// <summary>Where the value is, from the outermost value on.</summary>
    public IEnumerable<PathStep> AbsolutePath => Parent is null ? Path : Parent.AbsolutePath.Concat(Path);

    /// <summary>Where the keyword is, from the outermost schema on.</summary>
    public IEnumerable<PathStep> AbsoluteSchemaPath => Parent is null ? SchemaPath : Parent.AbsoluteSchemaPath.Concat(SchemaPath);

    /// <summary>Whether another error says the same: the same keyword of the same schema is broken at the same place.</summary>
    /// <param name="other">The other error, found in the same value.</param>
    internal bool IsSameAs(SchemaError other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Keyword == other.Keyword && Schema == other.Schema && AbsolutePath.SequenceEqual(other.AbsolutePath)
            && Keys.SequenceEqual(other.Keys, StringComparer.Ordinal);
    }

    /// <summary>The keyword and the place, for debuggers.</summary>
    public override string ToString() => $"{Keyword ?? "false"} at /{string.Join('/', AbsolutePath)}";
}
