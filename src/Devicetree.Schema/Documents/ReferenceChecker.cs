using System.Text.RegularExpressions;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Documents;

/// <summary>
/// Whether the ID of a binding agrees with its place, its references lead somewhere, and nodes that refer to an open schema close
/// it (devicetree.md 5.9). Like the original it stops at the first reference that leads nowhere, and at an ID that is wrong.
/// </summary>
internal sealed partial class ReferenceChecker
{
    /// <summary>
    /// Below these keywords a schema is a condition or a definition, which need not be closed, and is not looked at.
    /// </summary>
    private static readonly string[] _notFollowed =
    [
        "if", "select", "definitions", "$defs", "then", "else", "dependencies", "dependentSchemas",
    ];

    private static readonly string[] _closing = ["additionalProperties", "unevaluatedProperties"];

    private static readonly string[] _ofNodes = ["properties", "patternProperties", .. _closing];

    private readonly ReferencedSchemas _schemas;
    private readonly SchemaObject _binding;
    private readonly string _id;
    private readonly string _directory;
    private readonly List<ReferenceProblem> _problems = [];
    private bool _isStopped;

    private ReferenceChecker(ReferencedSchemas schemas, SchemaObject binding, string id, string directory)
    {
        _schemas = schemas;
        _binding = binding;
        _id = id;
        _directory = directory;
    }

    /// <summary>Checks a binding.</summary>
    /// <param name="binding">The binding; it has an ID.</param>
    /// <param name="file">The absolute path of its file.</param>
    /// <param name="schemas">What it may refer to.</param>
    public static IReadOnlyList<ReferenceProblem> Check(SchemaObject binding, string file, ReferencedSchemas schemas)
    {
        if (binding.Find("$id") is not { Value: SchemaString written })
            return [];
        string id = written.Value.TrimEnd('#');
        if (PathOf().Match(id) is not { Success: true } match
            || !file.EndsWith("/" + match.Groups["path"].Value, StringComparison.Ordinal))
        {
            return [new(DocumentRules.WrongId, written.Span, written.Value)];
        }
        var checker = new ReferenceChecker(schemas, binding, id, file[..^match.Groups["path"].Length]);
        checker.Visit(binding, parent: null, isCommon: false, isClosed: false);
        return checker._problems;
    }

    /// <param name="value">What is visited.</param>
    /// <param name="parent">The nearest key above; null at the top.</param>
    /// <param name="isCommon">Whether the binding as a whole is open, to be closed by what refers to it.</param>
    /// <param name="isClosed">Whether the node that this belongs to is closed.</param>
    private void Visit(SchemaValue value, SchemaEntry? parent, bool isCommon, bool isClosed)
    {
        if (_isStopped)
            return;
        if (value is SchemaArray list)
        {
            foreach (SchemaValue item in list.Items)
                Visit(item, parent, isCommon, isClosed);
            return;
        }
        if (value is not SchemaObject schema)
            return;
        if (parent is null)
            isCommon = !IsClosed(schema);
        else if (_notFollowed.Contains(parent.Value.Key))
            return;
        if (IsNode(schema) && parent?.Key is not ("oneOf" or "allOf" or "anyOf"))
            isClosed = IsClosed(schema);
        bool isTargetClosed = true;
        if (schema.Find("$ref") is SchemaEntry { Value: SchemaString reference })
        {
            if (Resolve(reference) is not SchemaValue target)
            {
                _isStopped = true;
                return;
            }
            isTargetClosed = IsClosed(target);
        }
        if (!(isCommon || isTargetClosed || isClosed || _closing.Any(schema.Has)))
            _problems.Add(new(DocumentRules.OpenNode, parent?.KeySpan ?? schema.Span, parent?.Key ?? ""));
        foreach (SchemaEntry entry in schema.Entries)
            Visit(entry.Value, entry, isCommon, isClosed);
    }

    private SchemaValue? Resolve(SchemaString reference)
    {
        (string uri, string fragment) = SchemaUri.Split(SchemaUri.Join(_id, reference.Value));
        SchemaValue? document = uri == _id ? _binding : _schemas.Find(uri, _directory);
        SchemaValue? found = document is null || fragment.Length == 0 ? document
            : fragment[0] == '/' ? SchemaUri.Follow(document, fragment)
            : FindAnchor(document, fragment);
        if (found is null)
        {
            _problems.Add(new(DocumentRules.UnresolvedReference, reference.Span, reference.Value)
            {
                Target = document,
                Fragment = document is null ? null : fragment,
            });
        }
        return found;
    }

    private static SchemaObject? FindAnchor(SchemaValue value, string name)
    {
        if (value is SchemaArray list)
            return list.Items.Select(item => FindAnchor(item, name)).FirstOrDefault(found => found is not null);
        if (value is not SchemaObject schema)
            return null;
        return schema["$anchor"] is SchemaString anchor && anchor.Value == name
            ? schema
            : schema.Entries.Select(entry => FindAnchor(entry.Value, name)).FirstOrDefault(found => found is not null);
    }

    private static bool IsNode(SchemaObject schema) =>
        schema["type"] is SchemaString { Value: "object" } || _ofNodes.Any(schema.Has);

    /// <summary>True for what is no node, and for nodes that say what else they may have.</summary>
    private static bool IsClosed(SchemaValue value) =>
        value is not SchemaObject schema || !IsNode(schema)
        || _closing.Any(keyword => schema[keyword] is SchemaValue rest && IsConstraint(rest));

    /// <summary>A schema, or what Python takes for false.</summary>
    private static bool IsConstraint(SchemaValue value) => value switch
    {
        SchemaBoolean boolean => !boolean.Value,
        SchemaObject or SchemaNull => true,
        SchemaArray list => list.Items.Count == 0,
        SchemaString text => text.Value.Length == 0,
        SchemaInteger integer => integer.Value == 0,
        SchemaFloat real => real.Value == 0,
        _ => false,
    };

    [GeneratedRegex(@"schemas/(?<path>[^\n]+)")]
    private static partial Regex PathOf();
}
