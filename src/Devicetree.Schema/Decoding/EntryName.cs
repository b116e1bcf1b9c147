namespace Devicetree.Schema.Decoding;

/// <summary>
/// A key of a mapping with its hash worked out, because the same few names are looked up in every node. Equal names have equal
/// hashes; look-ups compare the characters as well.
/// </summary>
internal readonly struct EntryName
{
    /// <summary>A name.</summary>
    public EntryName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Text = text;
        uint hash = 2166136261;
        foreach (char c in text)
            hash = (hash ^ c) * 16777619;
        Hash = (int)hash;
    }

    /// <summary>The characters.</summary>
    public string Text { get; }

    internal int Hash { get; }

    /// <summary>The characters.</summary>
    public override string ToString() => Text;
}
