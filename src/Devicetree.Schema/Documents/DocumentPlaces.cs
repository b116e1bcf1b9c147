using Devicetree.Schema.Model;
using Devicetree.Schema.Validation;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Documents;

/// <summary>Finds what the path of an error means in the binding.</summary>
internal static class DocumentPlaces
{
    /// <summary>
    /// Where the value at the end of a path is written: the value, or its key where the error is the mapping behind it.
    /// </summary>
    public static SourceSpan Of(SchemaObject binding, IEnumerable<PathStep> path)
    {
        SourceSpan span = binding.Span;
        SchemaValue at = binding;
        foreach (PathStep step in path)
        {
            if (Follow(at, step, out SchemaValue? next) is not SourceSpan key)
                break;
            at = next!;
            span = at is SchemaObject or SchemaArray ? key : at.Span;
        }
        return span;
    }

    /// <summary>The line and column, from 1, that the original knows of the end of a path; null where it knows none.</summary>
    public static (int Line, int Column)? OriginalOf(SchemaObject binding, IEnumerable<PathStep> path)
    {
        SchemaValue at = binding;
        SourceSpan? place = null;
        foreach (PathStep step in path)
        {
            if (Follow(at, step, out SchemaValue? next) is not SourceSpan key)
                return null;
            // A scalar has the place of its key or, in a list, its own; at the top the original has lost it.
            place = next is SchemaObject or SchemaArray ? next.Span : ReferenceEquals(at, binding) ? null : key;
            at = next!;
        }
        return place?.Location is SourceLocation location ? (location.Line, location.Column) : null;
    }

    private static SourceSpan? Follow(SchemaValue from, PathStep step, out SchemaValue? next)
    {
        next = null;
        if (from is SchemaObject mapping && step.Key is string key && mapping.Find(key) is SchemaEntry entry)
        {
            next = entry.Value;
            return entry.KeySpan;
        }
        if (from is SchemaArray list && step.Key is null && step.Index < list.Items.Count)
        {
            next = list.Items[step.Index];
            return next.Span;
        }
        return null;
    }
}
