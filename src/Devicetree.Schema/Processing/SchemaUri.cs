using System.Globalization;
using System.Text;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Processing;

/// <summary>The part of RFC 3986 that references between schemas need, and JSON pointers behind a <c>#</c>.</summary>
internal static class SchemaUri
{
    /// <summary>A reference made absolute.</summary>
    /// <param name="from">The absolute URI of the schema in which it stands.</param>
    /// <param name="reference">The reference.</param>
    public static string Join(string from, string reference)
    {
        if (reference.Length == 0 || reference[0] == '#')
            return from + reference;
        int scheme = reference.AsSpan().IndexOfAny(":/?#");
        if (scheme > 0 && reference[scheme] == ':')
            return reference;
        int authority = from.IndexOf("://", StringComparison.Ordinal) is int colon and >= 0 ? colon + 3 : 0;
        int pathStart = from.AsSpan(authority).IndexOf('/') is int slash and >= 0 ? authority + slash : from.Length;
        if (reference.StartsWith("//", StringComparison.Ordinal))
            return string.Concat(from.AsSpan(0, Math.Max(authority - 2, 0)), reference);
        int end = reference.AsSpan().IndexOfAny("?#") is int found and >= 0 ? found : reference.Length;
        string path = reference[..end];
        if (!path.StartsWith('/'))
            path = string.Concat(from.AsSpan(pathStart, Math.Max(from.LastIndexOf('/') + 1 - pathStart, 0)), path);
        return string.Concat(from.AsSpan(0, pathStart), RemoveDots(path), reference.AsSpan(end));
    }

    /// <summary>A URI without its fragment, and the fragment.</summary>
    public static (string Id, string Fragment) Split(string uri)
    {
        int hash = uri.IndexOf('#', StringComparison.Ordinal);
        return hash < 0 ? (uri, "") : (uri[..hash], uri[(hash + 1)..]);
    }

    /// <summary>What a JSON pointer points to; null when nothing stands there.</summary>
    /// <param name="root">Where it starts.</param>
    /// <param name="pointer">The pointer, still as it is written behind the <c>#</c>.</param>
    public static SchemaValue? Follow(SchemaValue root, string pointer)
    {
        if (pointer[0] != '/')
            return null; // the name of an anchor, which bindings do not use
        SchemaValue? value = root;
        foreach (string part in Uri.UnescapeDataString(pointer[1..]).Split('/'))
        {
            string key = part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            value = value switch
            {
                SchemaObject mapping => mapping[key],
                SchemaArray list when int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                    && index < list.Items.Count
                    => list.Items[index],
                _ => null,
            };
            if (value is null)
                return null;
        }
        return value;
    }

    private static string RemoveDots(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
            return path;
        var kept = new List<string>();
        string[] parts = path.Split('/');
        for (int i = 1; i < parts.Length; i++)
        {
            bool isLast = i == parts.Length - 1;
            if (parts[i] == ".." && kept.Count > 0)
                kept.RemoveAt(kept.Count - 1);
            if (parts[i] is not ("." or ".."))
                kept.Add(parts[i]);
            else if (isLast)
                kept.Add("");
        }
        return new StringBuilder("/").AppendJoin('/', kept).ToString();
    }
}
