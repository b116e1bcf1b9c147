using Devicetree.Compatibility;
using Devicetree.Live;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>Reads bodies: what stands between the braces of a node.</summary>
internal sealed class BodyParser
{
    private readonly TokenReader _tokens;
    private readonly ValueParser _values;
    private readonly ValueBuilder _builder;
    private readonly DtsParserOptions _options;

    /// <summary>
    /// The labels of members that have begun, the innermost member's last: most have none or one, none needs a list of its own.
    /// </summary>
    private readonly List<Label> _labels = [];

    /// <summary>The deletions of all bodies where somebody wants to know which of them delete nothing.</summary>
    private readonly List<Deletion> _deletions = [];

    public BodyParser(
        TokenReader tokens, ExpressionParser expressions, SourceStack sources, ValueBudget budget, DtsParserOptions options)
    {
        _tokens = tokens;
        _options = options;
        _builder = new ValueBuilder(budget);
        _values = new ValueParser(tokens, expressions, sources, _builder, options);
    }

    /// <summary>Reads the labels that stand here.</summary>
    public List<Label> TakeLabels()
    {
        int first = _labels.Count;
        PushLabels();
        List<Label> labels = _labels[first..];
        PopLabels(first);
        return labels;
    }

    /// <summary>Reads <c>{ ... };</c> into a new node; null, reported, when no body begins here.</summary>
    public LiveNode? TryBody(string name, int depth)
    {
        if (_tokens.Kind != DtsTokenKind.OpenBrace)
        {
            _tokens.Unexpected(SyntaxRemedies.OpenBrace);
            _tokens.SkipStatement();
            return null;
        }
        if (depth > _options.MaxDepth)
        {
            _tokens.Fail(DtsRules.TooDeep, _tokens.Previous.Span, "nodes", _options.MaxDepth);
            _tokens.SkipStatement();
            return null;
        }
        SourceSpan start = _tokens.Current.Span;
        _tokens.Take();
        var node = new LiveNode(name);
        int taken = -1;
        while (_tokens.Kind is not (DtsTokenKind.CloseBrace or DtsTokenKind.End))
        {
            if (taken == _tokens.Taken)
                _tokens.Take();
            taken = _tokens.Taken;
            Member(node, depth);
        }
        if (_tokens.Expect(DtsTokenKind.CloseBrace, SyntaxRemedies.CloseBrace))
            _tokens.EndStatement();
        node.AlsoDefinedAt(start.To(_tokens.Previous.Span));
        return node;
    }

    /// <summary>Reads one property, child or deletion of a body.</summary>
    private void Member(LiveNode node, int depth)
    {
        int firstLabel = _labels.Count;
        SourceSpan start = _tokens.Current.Span;
        if (_tokens.Kind == DtsTokenKind.Label)
            PushLabels();
        bool omit = false;
        while (_tokens.TryTake(DtsTokenKind.OmitIfNoRef))
        {
            omit = true;
            PushLabels();
        }
        switch (_tokens.Kind)
        {
            case DtsTokenKind.Name:
                string name = _tokens.Current.Text;
                SourceSpan nameSpan = _tokens.Current.Span;
                _tokens.Take();
                if (_tokens.Kind == DtsTokenKind.OpenBrace)
                {
                    Child(node, name, firstLabel, omit, depth);
                }
                else if (!omit)
                {
                    AddProperty(node, name, start, nameSpan, firstLabel);
                }
                else
                {
                    _tokens.Unexpected(SyntaxRemedies.OpenBrace);
                    _tokens.SkipStatement();
                }
                break;
            case DtsTokenKind.DeleteProperty when !omit:
                DeleteMember(node, start, isNode: false);
                break;
            case DtsTokenKind.DeleteNode:
                DeleteMember(node, start, isNode: true);
                break;
            case DtsTokenKind.OpenBrace when _options.Recover && !_tokens.ClosesAhead(depth):
                // A brace that was written twice: what follows is read as if it stood there once.
                _tokens.Unexpected(SyntaxRemedies.Member);
                _tokens.Take();
                break;
            default:
                _tokens.Unexpected(SyntaxRemedies.Member);
                _tokens.SkipStatement();
                break;
        }
        PopLabels(firstLabel);
    }

    private void Child(LiveNode node, string name, int firstLabel, bool omit, int depth)
    {
        if (TryBody(name, depth + 1) is not LiveNode child)
            return;
        // From the inside out: the label next to the name is the oldest.
        for (int i = _labels.Count - 1; i >= firstLabel; i--)
            child.Labels.Add(_labels[i]);
        child.OmitIfUnreferenced = omit;
        node.AddChild(child);
    }

    private void AddProperty(LiveNode node, string name, SourceSpan start, SourceSpan nameSpan, int firstLabel)
    {
        LiveValue value;
        if (_tokens.TryTake(DtsTokenKind.Assign))
        {
            if (_values.TryParse(out value))
                _tokens.EndStatement();
            else
                _tokens.SkipStatement();
        }
        else
        {
            value = _builder.Take();
            if (_tokens.Kind is DtsTokenKind.Semicolon or DtsTokenKind.CloseBrace)
            {
                _tokens.EndStatement();
            }
            else
            {
                _tokens.Unexpected(SyntaxRemedies.AfterName);
                _tokens.SkipStatement();
            }
        }
        // As in dtc, labels belong to the statement and not to the property's place.
        if (node.Children.Count > 0)
            _tokens.Fail(DtsRules.PropertyAfterNode, start.To(_tokens.Previous.Span), name);
        var property = new LiveProperty(name, value, nameSpan.To(_tokens.Previous.Span));
        for (int i = _labels.Count - 1; i >= firstLabel; i--)
            property.Labels.Add(_labels[i]);
        node.Properties.Add(property);
    }

    /// <summary>Reads a deletion. In a body only names can be deleted; references at the top level.</summary>
    private void DeleteMember(LiveNode node, SourceSpan start, bool isNode)
    {
        _tokens.Take();
        if (_tokens.Kind != DtsTokenKind.Name)
        {
            _tokens.Unexpected(isNode ? "the name of a child node" : "the name of a property");
            _tokens.SkipStatement();
            return;
        }
        string name = _tokens.Current.Text;
        _tokens.Take();
        _tokens.EndStatement();
        SourceSpan span = start.To(_tokens.Previous.Span);
        if (!isNode && node.Children.Count > 0)
            _tokens.Fail(DtsRules.PropertyAfterNode, span, name);
        if (isNode && !node.Children.EndsDeleted(name))
        {
            var deletion = new LiveNode(name) { Deleted = true };
            deletion.AlsoDefinedAt(span);
            // A node of the same body would stand twice in it, which a check says.
            if (node.Children.FindLive(name) is null)
                NoteDeletion(node, name, span, isNode, isOwn: false);
            node.AddChild(deletion);
        }
        else if (!isNode && !node.Properties.EndsDeleted(name))
        {
            NoteDeletion(node, name, span, isNode, isOwn: node.Properties.FindLive(name) is not null);
            node.Properties.Add(new LiveProperty(name, _builder.Take(), span) { Deleted = true });
        }
    }

    /// <summary>
    /// Warns of deletions that are dropped (<see cref="StrictChoices.LostDeletionsTold"/>) or find nothing
    /// (<see cref="StrictChoices.VainDeletionsTold"/>).
    /// </summary>
    /// <param name="tree">The tree that all bodies went into.</param>
    public void ReportLostDeletions(LiveTree tree)
    {
        foreach (Deletion deletion in _deletions)
        {
            LiveNode top = deletion.Body;
            bool isOverlay = false;
            while (top.Parent is LiveNode parent)
            {
                isOverlay |= tree.IsPlugin && top.Name == OverlayNames.Body;
                top = parent;
            }
            // A body that was merged into an older one is not in the tree itself, and has deleted there what it found.
            LiveNode? node = top == tree.Root ? deletion.Body : tree.VainDeletions.GetValueOrDefault(deletion.Span);
            if (node is null)
                continue;
            if (isOverlay || (deletion.IsOwn && node == deletion.Body))
                _tokens.Warn(isOverlay ? DtsRules.DeletionInOverlay : DtsRules.DeletionOfOwn, deletion.Span, deletion.Name);
            else
                _tokens.Warn(
                    DtsRules.NothingDeleted, deletion.Span, node, deletion.IsNode ? "node" : "property", deletion.Name,
                    new DeletionAdvice(tree, node, deletion.Name, deletion.IsNode));
        }
    }

    private void NoteDeletion(LiveNode body, string name, SourceSpan span, bool isNode, bool isOwn)
    {
        if (_options.Strict)
            _deletions.Add(new(body, name, span, isNode, isOwn));
    }

    private void PushLabels()
    {
        while (_tokens.Kind == DtsTokenKind.Label)
        {
            _labels.Add(new(_tokens.Current.Text, _tokens.Current.Span));
            _tokens.Take();
        }
    }

    private void PopLabels(int first)
    {
        if (_labels.Count > first)
            _labels.RemoveRange(first, _labels.Count - first);
    }

    /// <summary>A deletion in a body.</summary>
    /// <param name="Body">The body.</param>
    /// <param name="Name">What is deleted.</param>
    /// <param name="Span">Where.</param>
    /// <param name="IsNode">Whether it is that of a node.</param>
    /// <param name="IsOwn">Whether the body itself has set it before.</param>
    private readonly record struct Deletion(LiveNode Body, string Name, SourceSpan Span, bool IsNode, bool IsOwn);
}
