namespace Devicetree.Schema.Validation;

/// <summary>Works out what a <c>$ref</c> names (RFC 3986, the parts that occur).</summary>
internal static class SchemaReference
{
    /// <summary>The identifier and the fragment that a reference means, seen from the schema of an identifier.</summary>
    public static (string Uri, string Fragment) Resolve(string baseUri, string reference)
    {
        int hash = reference.IndexOf('#', StringComparison.Ordinal);
        string path = hash < 0 ? reference : reference[..hash];
        string fragment = hash < 0 ? "" : reference[(hash + 1)..];
        return (Join(baseUri, path), Uri.UnescapeDataString(fragment));
    }

    /// <summary>The steps of a JSON pointer, which begins with a slash.</summary>
    public static IEnumerable<string> Steps(string pointer) =>
        pointer[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    private static string Join(string baseUri, string path)
    {
        if (path.Length == 0)
            return baseUri;
        if (path.Contains("://", StringComparison.Ordinal))
            return path;
        int authority = baseUri.IndexOf("://", StringComparison.Ordinal);
        int root = authority < 0 ? 0 : baseUri.IndexOf('/', authority + 3);
        root = root < 0 ? baseUri.Length : root;
        string full = path[0] == '/' ? path : baseUri[root..(Math.Max(baseUri.LastIndexOf('/'), root - 1) + 1)] + path;
        return baseUri[..root] + WithoutDots(full);
    }

    private static string WithoutDots(string path)
    {
        if (!path.Contains("./", StringComparison.Ordinal))
            return path;
        var kept = new List<string>();
        foreach (string part in path.Split('/'))
        {
            if (part == ".." && kept.Count > 1)
                kept.RemoveAt(kept.Count - 1);
            else if (part is not ("." or ".."))
                kept.Add(part);
        }
        return string.Join('/', kept);
    }
}
