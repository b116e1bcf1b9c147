namespace Devicetree.Schema.Processing;

/// <summary>The keys that lead from the top of a schema to the part that is being rewritten.</summary>
internal sealed class SchemaPath
{
    private readonly List<string> _keys = [];

    public string? Last => _keys.Count == 0 ? null : _keys[^1];

    public void Push(string key) => _keys.Add(key);

    public void Pop() => _keys.RemoveAt(_keys.Count - 1);

    public bool Contains(string key) => _keys.Contains(key);

    /// <summary>
    /// The key after the last of some keywords; null when none of them is on the path. A keyword that is itself the last key is
    /// taken for the name of a property, as whose follower the original takes the first key.
    /// </summary>
    public string? FollowerOfLast(ReadOnlySpan<string> keywords)
    {
        for (int i = _keys.Count - 1; i >= 0; i--)
        {
            if (keywords.Contains(_keys[i]))
                return i + 1 < _keys.Count ? _keys[i + 1] : _keys[0];
        }
        return null;
    }
}
