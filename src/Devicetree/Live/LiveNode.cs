using Devicetree.Text.Sources;

namespace Devicetree.Live;

/// <summary>A node of a live tree.</summary>
public sealed class LiveNode : Slot<LiveNode>
{
    private List<SourceSpan>? _more;

    internal LiveNode(string name, SourceSpan span = default)
        : base(name) => Span = span;

    /// <summary>The node that holds this one; null for the root.</summary>
    public LiveNode? Parent { get; private set; }

    /// <summary>
    /// Where it was first defined: from the opening brace to the semicolon. The default span for what no text says, such as the
    /// fragments that references at the top of a plugin become.
    /// </summary>
    public SourceSpan Span { get; private set; }

    /// <summary>
    /// Where its name, or the reference to it, is written before its first body; its whole span where no name is found.
    /// </summary>
    public SourceSpan NameSpan
    {
        get
        {
            if (Span.Source is not SourceText source)
                return Span;
            ReadOnlySpan<byte> text = source.Bytes.Span;
            if (text[Span.Start] != '{')
                return Span;
            int end = Span.Start;
            while (end > 0 && ByteClass.Is(text[end - 1], ByteClass.WhiteSpace))
                end--;
            int start = end;
            if (end > 0 && text[end - 1] == '}')
                start = text[..end].LastIndexOf((byte)'{');
            while (start > 0 && (text[start - 1] == '&' || ByteClass.Is(text[start - 1], ByteClass.Path)))
                start--;
            return start < end ? source.Span(Math.Max(start, 0), end) : Span;
        }
    }

    /// <summary>Every place that defines it, the first one first.</summary>
    public IEnumerable<SourceSpan> Spans => _more is null ? [Span] : _more.Prepend(Span);

    /// <summary>The properties that are not deleted, in order.</summary>
    public IEnumerable<LiveProperty> LiveProperties => Properties.Live;

    /// <summary>The children that are not deleted, in order.</summary>
    public IEnumerable<LiveNode> LiveChildren => Children.Live;

    /// <summary>The properties, deleted ones too.</summary>
    internal SlotList<LiveProperty> Properties { get; } = new();

    /// <summary>The children, deleted ones too.</summary>
    internal SlotList<LiveNode> Children { get; } = new();

    /// <summary>The name without unit address.</summary>
    public string BaseName => NameRules.BaseOf(Name).ToString();

    /// <summary>The full path, <c>/</c> for the root.</summary>
    public string Path
    {
        get
        {
            int length = 0;
            for (LiveNode node = this; node.Parent is not null; node = node.Parent)
                length += 1 + node.Name.Length;
            return length == 0 ? "/" : string.Create(length, this, static (path, node) =>
            {
                for (; node.Parent is not null; node = node.Parent)
                {
                    node.Name.CopyTo(path[^node.Name.Length..]);
                    path = path[..^node.Name.Length];
                    path[^1] = '/';
                    path = path[..^1];
                }
            });
        }
    }

    /// <summary>Set by <c>/omit-if-no-ref/</c>.</summary>
    public bool OmitIfUnreferenced { get; internal set; }

    internal bool IsReferenced { get; set; }

    /// <summary>The phandle, 0 while there is none.</summary>
    internal uint Phandle { get; set; }

    /// <summary>Where the node is in the index of the checks that run; only they use it.</summary>
    internal int Ordinal { get; set; }

    /// <summary>The path, worked out only when a diagnostic is really kept.</summary>
    public override string ToString() => Path;

    /// <summary>
    /// This node and all live ones below it, a node before its children. What is deleted meanwhile is left out.
    /// </summary>
    public IEnumerable<LiveNode> LiveSelfAndDescendants()
    {
        var pending = new Stack<LiveNode>([this]);
        while (pending.TryPop(out LiveNode? node))
        {
            if (node.Deleted)
                continue;
            yield return node;
            for (int i = node.Children.All.Count - 1; i >= 0; i--)
                pending.Push(node.Children.All[i]);
        }
    }

    internal void AddChild(LiveNode child)
    {
        child.Parent = this;
        Children.Add(child);
    }

    /// <summary>Notes that a body at another place was merged into this node.</summary>
    internal void AlsoDefinedAt(SourceSpan span)
    {
        if (Span.Source is null)
            Span = span;
        else
            (_more ??= []).Add(span);
    }

    /// <summary>Deletes the node with all that is in it. Its place stays, for a node of the same name that may follow.</summary>
    internal void Delete()
    {
        foreach (LiveNode node in LiveSelfAndDescendants().ToList())
        {
            node.Deleted = true;
            if (node.HasLabels)
                node.Labels.DeleteAll();
            foreach (LiveProperty property in node.Properties.Live)
                property.Delete();
        }
    }
}
