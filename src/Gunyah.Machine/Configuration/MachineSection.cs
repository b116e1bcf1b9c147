using System.Globalization;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Gunyah.Machine.Configuration;

/// <summary>
/// One group of keys of a machine file: gives out values by their rows and reports everything that is wrong with them.
/// </summary>
internal sealed class MachineSection
{
    private readonly MachineFileReader _reader;
    private readonly YamlMapping _mapping;

    private MachineSection(MachineFileReader reader, YamlMapping mapping) => (_reader, _mapping) = (reader, mapping);

    /// <summary>Opens a group and reports its unknown and repeated keys.</summary>
    /// <param name="reader">Takes the reports.</param>
    /// <param name="node">What stands in the file.</param>
    /// <param name="key">The key of the group; null for the file itself.</param>
    /// <param name="section">The section whose rows apply.</param>
    public static MachineSection Open(MachineFileReader reader, YamlNode node, MachineKey? key, string section)
    {
        if (node is YamlMapping mapping)
        {
            ReportKeys(reader, mapping, section);
            return new(reader, mapping);
        }

        // "primary:" with nothing behind it is a group without keys.
        if (node is not YamlScalar { Value.Length: 0 })
            reader.Report(MachineRules.WrongKind, node, key?.Name ?? "the file", node.Description,
                "keys with values, one a line");
        return new(reader, new([], StartOf(node)));
    }

    /// <summary>The characters of the value of a key, or of the group where the key is absent.</summary>
    public YamlNode Place(MachineKey key) => Find(key) ?? _mapping with { Span = StartOf(_mapping) };

    /// <summary>The value of a key that may be absent; null then.</summary>
    public YamlNode? Find(MachineKey key)
    {
        foreach ((YamlScalar name, YamlNode value) in _mapping.Entries)
        {
            if (name.Value == key.Name)
                return value;
        }

        return null;
    }

    /// <summary>A group inside this one.</summary>
    public MachineSection Group(MachineKey key) =>
        Open(_reader, Find(key) ?? new YamlMapping([], StartOf(_mapping)), key, key.Name);

    /// <summary>The groups of a list.</summary>
    public IReadOnlyList<MachineSection> Groups(MachineKey key, int least, int most)
    {
        switch (Find(key))
        {
            case null:
                ReportMissing(key);
                return [];
            case YamlSequence list:
                if (list.Items.Count < least || list.Items.Count > most)
                    _reader.Report(MachineRules.BadCount, list, key.Name, Text(list.Items.Count), Text(least), Text(most));
                return [.. list.Items.Take(most).Select(item => Open(_reader, item, key, key.Name))];
            case YamlNode other:
                _reader.Report(MachineRules.WrongKind, other, key.Name, other.Description, "a list: each entry begins with '- '");
                return [];
        }
    }

    /// <summary>
    /// A text, a name or a file; null where it is absent and its row has no value to use, or where it is wrong.
    /// </summary>
    public string? Text(MachineKey key)
    {
        if (Scalar(key) is not { } scalar)
            return null;
        bool good = key.Kind == MachineKeyKind.Name
            ? IsName(scalar.Value)
            : scalar.Value.Length is >= 1 and <= 4096 && !scalar.Value.Any(char.IsControl);
        if (!good)
            ReportBad(key, scalar);
        return good ? scalar.Value : null;
    }

    /// <summary>The index of a word among those of the row; null as for <see cref="Text(MachineKey)"/>.</summary>
    public int? Word(MachineKey key)
    {
        if (Scalar(key) is not { } scalar)
            return null;
        int index = key.Words.IndexOf(scalar.Value);
        if (index < 0)
            ReportBad(key, scalar);
        return index < 0 ? null : index;
    }

    /// <summary>A number, size or time; null as for <see cref="Text(MachineKey)"/>.</summary>
    public ulong? Number(MachineKey key)
    {
        if (Scalar(key) is not { } scalar)
            return null;
        if (!TryNumber(key, scalar.Value, out ulong value))
            ReportBad(key, scalar);
        else if (value < key.Minimum || value > key.Maximum)
            _reader.Report(MachineRules.OutOfRange, scalar, key.Name, scalar.Value, Show(key, key.Minimum),
                Show(key, key.Maximum));
        else if (key.Kind == MachineKeyKind.Size && value % MachineKeys.SizeAlignment != 0)
            _reader.Report(MachineRules.NotWholePages, scalar, key.Name, Text(value), Text(MachineKeys.SizeAlignment));
        else
            return value;
        return null;
    }

    private static bool TryNumber(MachineKey key, string text, out ulong value) => key.Kind switch
    {
        MachineKeyKind.Size => MachineValues.TrySize(text, out value),
        MachineKeyKind.Duration => MachineValues.TryDuration(text, out value),
        _ => MachineValues.TryNumber(text, out value),
    };

    private YamlScalar? Scalar(MachineKey key)
    {
        switch (Find(key))
        {
            case null when key.Default is null:
                ReportMissing(key);
                return null;
            case null:
                return null;
            case YamlScalar scalar:
                return scalar;
            case YamlNode other:
                _reader.Report(MachineRules.WrongKind, other, key.Name, other.Description, Expected(key));
                return null;
        }
    }

    private void ReportMissing(MachineKey key) =>
        _reader.Report(MachineRules.MissingKey, _mapping with { Span = StartOf(_mapping) }, key.Name, Expected(key));

    private void ReportBad(MachineKey key, YamlScalar scalar) =>
        _reader.Report(MachineRules.BadValue, scalar, key.Name, scalar.Description, Expected(key));

    private static void ReportKeys(MachineFileReader reader, YamlMapping mapping, string section)
    {
        string[] known = [.. MachineKeys.All.Where(row => row.Section == section).Select(row => row.Name)];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach ((YamlScalar name, _) in mapping.Entries)
        {
            if (!known.Contains(name.Value, StringComparer.Ordinal))
                reader.Report(MachineRules.UnknownKey, name, name.Value, Suggestion(name.Value, known));
            else if (!seen.Add(name.Value))
                reader.Report(MachineRules.DuplicateKey, name, name.Value);
        }
    }

    private static string Suggestion(string word, string[] known)
    {
        string? nearest = NearMiss.Of(word, known);
        return nearest is null ? $"Write one of {string.Join(", ", known)}." : $"Did you mean '{nearest}'?";
    }

    private static string Expected(MachineKey key) => key.Kind switch
    {
        MachineKeyKind.Name => "1 to 32 lower-case letters, digits and hyphens, a letter first",
        MachineKeyKind.Word => string.Join(" or ", key.Words),
        MachineKeyKind.Number => "a whole number such as 1000, 1_000 or 0x3e8",
        MachineKeyKind.Size => "a number of bytes such as 4096 or 64MiB",
        MachineKeyKind.Duration => "a time such as 500ms or 10s",
        MachineKeyKind.List => "a list",
        MachineKeyKind.Group => "a group of keys",
        _ => "a text",
    };

    internal static string Show(MachineKey key, ulong value) => key.Kind switch
    {
        MachineKeyKind.Size when value % (1UL << 30) == 0 => $"{Text(value >> 30)}GiB",
        MachineKeyKind.Size when value % (1UL << 20) == 0 => $"{Text(value >> 20)}MiB",
        MachineKeyKind.Size when value % (1UL << 10) == 0 => $"{Text(value >> 10)}KiB",
        MachineKeyKind.Duration when value % 1_000_000_000 == 0 => $"{Text(value / 1_000_000_000)}s",
        MachineKeyKind.Duration when value % 1_000 == 0 => $"{Text(value / 1_000)}us",
        _ => Text(value),
    };

    /// <summary>The place where a node begins: what is missing in it has no other.</summary>
    private static SourceSpan StartOf(YamlNode node) => node.Span with { End = node.Span.Start };

    private static bool IsName(string value) =>
        value.Length is >= 1 and <= 32
        && char.IsAsciiLetterLower(value[0])
        && value.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string Text(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
