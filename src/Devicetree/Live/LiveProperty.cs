using Devicetree.Text.Sources;

namespace Devicetree.Live;

/// <summary>A property of a live tree.</summary>
public sealed class LiveProperty : Slot<LiveProperty>
{
    internal LiveProperty(string name, LiveValue value, SourceSpan span)
        : base(name)
    {
        Value = value;
        Span = span;
    }

    /// <summary>The value that was set last.</summary>
    public LiveValue Value { get; internal set; }

    /// <summary>Where it was set last: from its name, or its first label, to the semicolon.</summary>
    public SourceSpan Span { get; internal set; }

    internal void Delete()
    {
        Deleted = true;
        if (HasLabels)
            Labels.DeleteAll();
    }
}

/// <summary>A property of a node for a diagnostic.</summary>
internal sealed record PropertyPlace(LiveNode Node, LiveProperty Property)
{
    public override string ToString() => $"{Node}:{Property.Name}";
}
