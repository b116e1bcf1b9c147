namespace Devicetree.Source.Preprocessing;

/// <summary>The macros that are defined at a point of a source. Emptied and used again for the next one.</summary>
internal sealed class MacroTable
{
    private readonly Refilled<int> _touched = new();
    private MacroDefinition?[] _byId = [];

    /// <summary>How often each macro is being expanded at the moment; not defined again inside of itself.</summary>
    private int[] _active = [];

    /// <summary>The definition of a name, null when it is no macro.</summary>
    public MacroDefinition? this[int id]
    {
        get
        {
            MacroDefinition?[] byId = _byId;
            return (uint)id < (uint)byId.Length ? byId[id] : null;
        }
    }

    public void Set(int id, MacroDefinition? definition)
    {
        if (id >= _byId.Length)
        {
            int size = Math.Max(id + 1, Math.Max(1024, _byId.Length * 2));
            Array.Resize(ref _byId, size);
            Array.Resize(ref _active, size);
        }
        if (_byId[id] is null)
            _touched.Add(id);
        _byId[id] = definition;
    }

    /// <summary>Whether a name must not be expanded because its own expansion is being read.</summary>
    public bool IsActive(int id) => _active[id] > 0;

    public void Enter(int id) => _active[id]++;

    public void Leave(int id) => _active[id]--;

    /// <summary>Whether any of these names is a macro.</summary>
    public bool Any(int[] names)
    {
        foreach (int id in names)
        {
            if (this[id] is not null)
                return true;
        }
        return false;
    }

    public void Clear()
    {
        foreach (int id in _touched.AsSpan())
        {
            _byId[id] = null;
            _active[id] = 0;
        }
        _touched.Truncate(0);
    }
}
