namespace Devicetree.Tool.Verbs.Overlay;

/// <summary>
/// What overlays do, for people: <c>+</c> before what is new, <c>~</c> before what changes (old, arrow, new), <c>=</c> before
/// what is set to what it was.
/// </summary>
internal static class ExplanationText
{
    private const string Arrow = "→";

    public static void Write(string @base, IReadOnlyList<OverlayExplanation> explanations, TextWriter output)
    {
        foreach (OverlayExplanation explanation in explanations)
        {
            output.WriteLine($"{explanation.File} {Arrow} {@base}");
            foreach (FragmentChange fragment in explanation.Fragments)
                Write(fragment, output);
            WriteList("symbols", explanation.Symbols, output, symbol => Change(symbol.Label, symbol.Before, symbol.Path));
            WriteList("labels of the base", explanation.Labels, output,
                label => $"{label.Label} is {label.Target}, wanted at {label.Place}");
            WriteList("not applied, or not as written", explanation.Notes, output, OverlayExplanation.Text);
            WriteList("phandles", explanation.Phandles, output, phandle =>
                $"{phandle.Node}: 0x{phandle.Before:x} {Arrow} 0x{phandle.After:x}"
                    + (phandle.IsOfBase ? ", which the base has for this node" : ""));
        }
    }

    private static void Write(FragmentChange fragment, TextWriter output)
    {
        string by = (fragment.Label, fragment.WrittenPath) switch
        {
            (string label, _) => $" (label {label})",
            (_, string path) when path != fragment.Target => $" (written {path})",
            (_, null) => " (by phandle)",
            _ => "",
        };
        output.WriteLine($"  {fragment.Name} {Arrow} {fragment.Target}{by}");
        foreach ((string? node, PropertyChange? property) in fragment.Changes)
        {
            if (node is not null)
            {
                output.WriteLine($"    + {node} {{}}");
            }
            else if (property is not null)
            {
                string name = property.Node == fragment.Target ? property.Name : $"{property.Node}: {property.Name}";
                output.WriteLine($"    {Change(name, property.Before, property.After)}");
            }
        }
    }

    private static string Change(string name, string? before, string after)
    {
        if (before is null)
            return after.Length == 0 ? $"+ {name}" : $"+ {name} = {after}";
        return before == after ? $"= {name} = {Value(after)}" : $"~ {name} = {Value(before)} {Arrow} {Value(after)}";
    }

    /// <summary>A property without bytes is there and says no more than that.</summary>
    private static string Value(string text) => text.Length == 0 ? "(empty)" : text;

    private static void WriteList<T>(string title, IReadOnlyList<T> items, TextWriter output, Func<T, string> line)
    {
        if (items.Count == 0)
            return;
        output.WriteLine($"  {title}");
        foreach (T item in items)
            output.WriteLine("    " + line(item));
    }
}
