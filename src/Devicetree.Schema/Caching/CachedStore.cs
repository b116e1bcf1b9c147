using System.Buffers.Binary;
using System.Text;
using Devicetree.Schema.BuiltIn;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;
using static Devicetree.Schema.Caching.CacheLayout;

namespace Devicetree.Schema.Caching;

/// <summary>Schemas in a cache file. What is asked for is made then, and nothing else.</summary>
internal sealed class CachedStore : SchemaStore
{
    private readonly ReadOnlyMemory<byte> _file;
    private readonly int[] _starts;

    // Two threads may both make a string; either will do.
    private readonly string?[] _strings;
    private readonly Func<int, string> _text;
    private readonly Lazy<IReadOnlyList<KeyValuePair<string, IReadOnlyList<PropertyType>>>> _patternTypes;
    private readonly Lazy<string[]> _compatiblePatterns;

    private CachedStore(ReadOnlyMemory<byte> file, int[] starts)
    {
        _file = file;
        _starts = starts;
        _strings = new string?[(Bytes(Section.StringStarts).Length / sizeof(uint)) - 1];
        _text = Text;
        _patternTypes = new(ReadPatternTypes);
        _compatiblePatterns = new(ReadCompatiblePatterns);
    }

    public override int Count => Bytes(Section.Schemas).Length / (WordsOfSchema * sizeof(uint));

    public override IReadOnlyList<KeyValuePair<string, IReadOnlyList<PropertyType>>> PatternTypes => _patternTypes.Value;

    public override IReadOnlyList<string> CompatiblePatterns => _compatiblePatterns.Value;

    /// <summary>Takes the bytes of a file; null when they are not a whole and undamaged one.</summary>
    public static CachedStore? Open(ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        if (bytes.Length < HeaderWords * sizeof(uint) || Word(bytes, 0) != Magic || Word(bytes, 2) != bytes.Length
            || Word(bytes, 1) != Checksum(bytes))
            return null;
        var starts = new int[Sections + 1];
        for (int i = 0; i < Sections; i++)
            starts[i] = (int)Word(bytes, 3 + i);
        starts[Sections] = bytes.Length;
        return new CachedStore(file, starts);
    }

    public override string Id(int index) => Text((int)SchemaWord(index, 0));

    public override string FileName(int index) => Text((int)SchemaWord(index, 1));

    public override SelectKind SelectKind(int index) => (SelectKind)SchemaWord(index, 2);

    public override SchemaObject Schema(int index) => (SchemaObject)Value(index, SchemaWord(index, 3));

    public override SchemaValue Select(int index) =>
        SchemaWord(index, 4) is uint start and not None ? Value(index, start) : Schema(index)["select"]!;

    public override int FindId(ReadOnlySpan<char> id) => Find(Section.Ids, id) is uint found and not None ? (int)found : -1;

    public override int FindCompatible(ReadOnlySpan<char> compatible) =>
        Find(Section.Compatibles, compatible) is uint found and not None ? (int)found : -1;

    public override bool IsDocumented(ReadOnlySpan<char> compatible) => Find(Section.Documented, compatible) != None;

    public override IReadOnlyList<PropertyType>? FindTypes(ReadOnlySpan<char> name) =>
        Find(Section.Types, name) is uint start and not None ? ReadTypes(start) : null;

    public override IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> AllTypes() =>
        Entries(Section.Types).Select(entry => KeyValuePair.Create<string,
        IReadOnlyList<PropertyType>>(entry.Name, ReadTypes(entry.Value))).OrderBy(entry => entry.Key, StringComparer.Ordinal);

    public override IEnumerable<string> AllDocumented() =>
        Entries(Section.Documented).Select(entry => entry.Name).Order(StringComparer.Ordinal);

    /// <summary>Says again what was wrong when the schemas were read.</summary>
    public void Report(SchemaLoadReport report)
    {
        var sources = new Dictionary<string, SourceText>(StringComparer.Ordinal);
        SourceText Source(string path) =>
            sources.TryGetValue(path, out SourceText? known) ? known : sources[path] = SourceOf(path);
        CacheReport.Read(new CacheCursor(Bytes(Section.Report), 0), _text, Source, report);
    }

    private ReadOnlySpan<byte> Bytes(Section section) =>
        _file.Span[_starts[(int)section].._starts[(int)section + 1]];

    private static uint Word(ReadOnlySpan<byte> bytes, int index) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * sizeof(uint))..]);

    private uint SchemaWord(int index, int word) => Word(Bytes(Section.Schemas), (index * WordsOfSchema) + word);

    private string Text(int number) => _strings[number] ??= Encoding.UTF8.GetString(Utf8(number));

    private ReadOnlySpan<byte> Utf8(int number)
    {
        ReadOnlySpan<byte> starts = Bytes(Section.StringStarts);
        return Bytes(Section.Strings)[(int)Word(starts, number)..(int)Word(starts, number + 1)];
    }

    private SchemaValue Value(int index, uint start)
    {
        var cursor = new CacheCursor(Bytes(Section.Values), (int)start);
        return CacheValues.Read(ref cursor, _text, SourceOf(FileName(index)));
    }

    private static SourceText SourceOf(string path) => BuiltInSchemas.Find(path) ?? new SourceText(path, () => ReadFile(path));

    /// <summary>
    /// The file as it is now. It has not changed, or its key would not be this one's; if it is gone, places are its start.
    /// </summary>
    private static ReadOnlyMemory<byte> ReadFile(string path) =>
        BoundedFile.TryRead(path, YamlLimits.Default.MaxBytes, out byte[]? bytes, out _) ? bytes : default;

    private uint Find(Section section, ReadOnlySpan<char> name)
    {
        const int OnStack = 192;
        int most = Encoding.UTF8.GetMaxByteCount(name.Length);
        Span<byte> buffer = most <= OnStack ? stackalloc byte[OnStack] : new byte[most];
        ReadOnlySpan<byte> wanted = buffer[..Encoding.UTF8.GetBytes(name, buffer)];
        ReadOnlySpan<byte> table = Bytes(section);
        int places = table.Length / (2 * sizeof(uint));
        for (uint place = Hash(wanted); ; place++)
        {
            int index = (int)(place & (uint)(places - 1)) * 2;
            uint text = Word(table, index);
            if (text == None)
                return None;
            if (Utf8((int)text).SequenceEqual(wanted))
                return Word(table, index + 1);
        }
    }

    private List<(string Name, uint Value)> Entries(Section section)
    {
        ReadOnlySpan<byte> table = Bytes(section);
        var entries = new List<(string Name, uint Value)>();
        for (int i = 0; i < table.Length / sizeof(uint); i += 2)
        {
            if (Word(table, i) is uint text and not None)
                entries.Add((Text((int)text), Word(table, i + 1)));
        }
        return entries;
    }

    private PropertyType[] ReadTypes(uint start)
    {
        var cursor = new CacheCursor(Bytes(Section.TypeLists), (int)start);
        var types = new PropertyType[cursor.Count()];
        for (int i = 0; i < types.Length; i++)
        {
            int name = cursor.Count();
            PropertyDimensions? sizes = cursor.Next() == 0 ? null
                : new(new(cursor.Signed(), cursor.Signed()), new(cursor.Signed(), cursor.Signed()));
            types[i] = new(name == 0 ? null : Text(name - 1), sizes);
        }
        return types;
    }

    private List<KeyValuePair<string, IReadOnlyList<PropertyType>>> ReadPatternTypes()
    {
        ReadOnlySpan<byte> table = Bytes(Section.PatternTypes);
        var entries = new List<KeyValuePair<string, IReadOnlyList<PropertyType>>>();
        for (int i = 0; i < table.Length / sizeof(uint); i += 2)
            entries.Add(new(Text((int)Word(table, i)), ReadTypes(Word(table, i + 1))));
        return entries;
    }

    private string[] ReadCompatiblePatterns()
    {
        ReadOnlySpan<byte> table = Bytes(Section.CompatiblePatterns);
        var patterns = new string[table.Length / sizeof(uint)];
        for (int i = 0; i < patterns.Length; i++)
            patterns[i] = Text((int)Word(table, i));
        return patterns;
    }
}
