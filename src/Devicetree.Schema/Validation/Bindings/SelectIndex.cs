using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;
using Devicetree.Schema.Patterns;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Compilation;

namespace Devicetree.Schema.Validation.Bindings;

/// <summary>A schema that chooses its nodes itself.</summary>
/// <param name="id">Its identifier.</param>
/// <param name="select">What chooses.</param>
/// <param name="compiler">Compiles the schema when a node is first chosen.</param>
internal sealed class SelectingSchema(string id, CompiledSchema select, SchemaCompiler compiler)
{
    private CompiledSchema? _schema;

    public string Id { get; } = id;

    public CompiledSchema Select { get; } = select;

    public CompiledSchema Schema => _schema ??= compiler.Get(Id);
}

/// <summary>
/// Finds the schemas whose <c>select</c> may fit a node. Most ask for one of a few compatible strings or for a node name, and are
/// left out without being tried when the node has none of them. What this index does not understand is always a candidate.
/// </summary>
internal sealed class SelectIndex
{
    private static readonly EntryName _compatible = new(PropertyNames.Compatible);

    private readonly SelectingSchema[] _all;

    /// <summary>Indexes of the schemas that are tried on every node, rising.</summary>
    private readonly int[] _always;

    private readonly Dictionary<string, List<int>> _byCompatible = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _byExactName = new(StringComparer.Ordinal);
    private readonly PatternSet _nodeNames;
    private readonly List<int> _byNodeName = [];

    public SelectIndex(ProcessedSchemas schemas, SchemaCompiler compiler)
    {
        _all = [.. schemas.Selecting.Select(schema =>
            new SelectingSchema(schema.Id, compiler.Compile(schema.Select!, schema.Id), compiler))];
        var always = new List<int>();
        var patterns = new List<string>();
        for (int i = 0; i < _all.Length; i++)
        {
            SchemaValue select = _all[i].Select.Source;
            SchemaValue? compatible = Demanded(select, PropertyNames.Compatible, "contains")
                ?? Demanded(select, PropertyNames.Compatible, "items");
            if (Strings(compatible) is { } strings)
            {
                foreach (string each in strings)
                    Add(_byCompatible, each, i);
            }
            else if (Strings(Demanded(select, DecodedNode.NameKey, "items")) is { } names)
            {
                foreach (string each in names)
                    Add(_byExactName, each, i);
            }
            else if (Demanded(select, DecodedNode.NameKey, "items") is SchemaObject name
                && name["pattern"] is SchemaString pattern)
            {
                patterns.Add(pattern.Value);
                _byNodeName.Add(i);
            }
            else
            {
                always.Add(i);
            }
        }
        _always = [.. always];
        _nodeNames = new PatternSet(patterns);
    }

    /// <summary>The schemas that may be meant for a node, in the order of the set.</summary>
    public IEnumerable<SelectingSchema> Candidates(DecodedNode node)
    {
        var more = new SortedSet<int>();
        foreach (int match in _nodeNames.Match(node.Name))
            more.Add(_byNodeName[match]);
        if (_byExactName.TryGetValue(node.Name, out List<int>? named))
            more.UnionWith(named);
        if (node.Find(_compatible) is DecodedList compatibles)
        {
            foreach (DecodedValue item in compatibles.Items)
            {
                if (item is DecodedText text && _byCompatible.TryGetValue(text.Value, out List<int>? schemas))
                    more.UnionWith(schemas);
            }
        }
        else if (node.Contains(_compatible))
        {
            // Not a list: a keyword for lists says nothing about it, so all of these fit.
            foreach (List<int> schemas in _byCompatible.Values)
                more.UnionWith(schemas);
        }
        return (more.Count == 0 ? (IEnumerable<int>)_always : _always.Concat(more).Order()).Select(index => _all[index]);
    }

    private static void Add(Dictionary<string, List<int>> table, string text, int index)
    {
        if (!table.TryGetValue(text, out List<int>? schemas))
            table.Add(text, schemas = []);
        schemas.Add(index);
    }

    /// <summary>
    /// What a <c>select</c> demands of the items of a property that it requires; null when it is of another form.
    /// </summary>
    private static SchemaValue? Demanded(SchemaValue select, string property, string keyword)
    {
        if (select is not SchemaObject mapping || mapping["required"] is not SchemaArray required
            || !required.Items.Any(item => item is SchemaString name && name.Value == property)
            || mapping["properties"] is not SchemaObject properties || properties[property] is not SchemaObject demanded)
        {
            return null;
        }
        // An "items" list of one schema demands as much of the first item.
        return demanded[keyword] is SchemaArray { Items: [SchemaValue only] } ? only : demanded[keyword];
    }

    private static IEnumerable<string>? Strings(SchemaValue? value) => value switch
    {
        SchemaObject mapping when mapping["const"] is SchemaString text => [text.Value],
        SchemaObject mapping when mapping["enum"] is SchemaArray list && list.Items.All(item => item is SchemaString) =>
            list.Items.Cast<SchemaString>().Select(item => item.Value),
        _ => null,
    };
}
