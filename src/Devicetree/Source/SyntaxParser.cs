using Devicetree.Diagnostics;
using Devicetree.Live;
using Devicetree.Overlays;

namespace Devicetree.Source;

/// <summary>
/// Reads a source into a <see cref="LiveTree"/>, merging as it goes (reference 1.4, 1.7, 1.8). After a mistake it goes on with the
/// next statement, so that one pass finds as many as it can.
/// </summary>
internal sealed class SyntaxParser
{
    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly ValueParser _values;
    private readonly ValueBudget _budget;
    private readonly DtsParserOptions _options;
    private readonly DiagnosticBag _diagnostics;

    public SyntaxParser(SourceText source, DtsParserOptions options, DiagnosticBag diagnostics)
    {
        _options = options;
        _diagnostics = diagnostics;
        var sources = new SourceStack(source, options, diagnostics);
        _budget = new ValueBudget(options.MaxValueBytes, sources.Source, diagnostics);
        _tokens = new TokenReader(sources, diagnostics);
        _expressions = new ExpressionParser(_tokens, options);
        _values = new ValueParser(_tokens, _expressions, sources, _budget);
    }

    public LiveTree Parse()
    {
        int errorsBefore = _diagnostics.ErrorCount;
        var tree = new LiveTree(Headers(), _budget);
        DtsToken? last = null;
        while (_tokens.Current.Kind != DtsTokenKind.End)
        {
            // A statement that takes nothing would be tried forever; its first token is what is wrong.
            if (last == _tokens.Current)
                _tokens.Take();
            last = _tokens.Current;
            TopLevel(tree);
        }
        if (tree.Root is null && _diagnostics.ErrorCount == errorsBefore)
            _tokens.Unexpected("'/ {'");
        return tree;
    }

    /// <summary>Reads <c>/dts-v1/; [/plugin/;]</c>, which included files may repeat.</summary>
    /// <returns>Whether the source is a plugin.</returns>
    private bool Headers()
    {
        if (_tokens.Current.Kind != DtsTokenKind.Version)
        {
            _diagnostics.Report(DtsRules.MissingVersion, _tokens.Current.Span);
            return false;
        }
        bool? isPlugin = null;
        while (_tokens.Current.Kind == DtsTokenKind.Version)
        {
            SourceSpan span = _tokens.Take().Span;
            _tokens.EndStatement();
            bool plugin = _tokens.TryTake(DtsTokenKind.Plugin);
            if (plugin)
                _tokens.EndStatement();
            if (isPlugin is not null && isPlugin != plugin)
                _diagnostics.Report(DtsRules.HeaderMismatch, span);
            isPlugin ??= plugin;
        }
        return isPlugin == true;
    }

    private void TopLevel(LiveTree tree)
    {
        List<Label> labels = Labels();
        DtsToken token = _tokens.Current;
        switch (token.Kind)
        {
            case DtsTokenKind.MemReserve when tree.Root is null:
                _tokens.Take();
                if (_expressions.TryPrimary() is ulong address && _expressions.TryPrimary() is ulong size)
                {
                    var reserved = new LabelList();
                    for (int i = labels.Count - 1; i >= 0; i--)
                        reserved.Add(labels[i]);
                    tree.Reserve(new(new(address, size), reserved));
                }
                _tokens.EndStatement();
                return;
            case DtsTokenKind.Symbol when token.Text == "/" && labels.Count == 0:
                _tokens.Take();
                if (TryBody("", token.Span, 1) is LiveNode root)
                    tree.AddRoot(root);
                return;
            case DtsTokenKind.LabelReference or DtsTokenKind.PathReference when labels.Count <= 1:
                _tokens.Take();
                Extend(tree, token, labels.FirstOrDefault());
                return;
            case DtsTokenKind.DeleteNode or DtsTokenKind.OmitIfNoRef when labels.Count == 0:
                _tokens.Take();
                ChangeTarget(tree, isDeletion: token.Kind == DtsTokenKind.DeleteNode);
                return;
        }
        _tokens.Unexpected(tree.Root is null ? "'/ {', '&' or '/memreserve/'" : "'/ {', '&', '/delete-node/' or '/omit-if-no-ref/'");
        _tokens.SkipStatement();
        if (_tokens.TryTake("}"))
            _tokens.TryTake(";");
    }

    /// <summary>Reads <c>[label:] &amp;reference { ... };</c>.</summary>
    private void Extend(LiveTree tree, DtsToken reference, Label? label)
    {
        bool isPath = reference.Kind == DtsTokenKind.PathReference;
        bool isFragment = tree.IsPlugin && label is null && (isPath || tree.Find(reference.Text) is null);
        if (TryBody(isFragment ? OverlayNames.Body : "", reference.Span, isFragment ? 3 : 1) is not LiveNode body)
            return;
        if (isFragment)
        {
            tree.AddFragment(reference.Text, body, reference.Span);
        }
        else if (tree.Find(reference.Text) is LiveNode target)
        {
            if (label is not null)
                tree.AddLabel(target, label);
            tree.Merge(target, body);
        }
        else
        {
            _diagnostics.Report(DtsRules.UnknownTarget, reference.Span, reference.Described);
        }
    }

    /// <summary>Reads what follows <c>/delete-node/</c> or <c>/omit-if-no-ref/</c> outside of any body.</summary>
    private void ChangeTarget(LiveTree tree, bool isDeletion)
    {
        DtsToken reference = _tokens.Current;
        if (reference.Kind is not (DtsTokenKind.LabelReference or DtsTokenKind.PathReference))
        {
            _tokens.Unexpected("'&label' or '&{/path}'");
            _tokens.SkipStatement();
            return;
        }
        _tokens.Take();
        _tokens.EndStatement();
        if (tree.Find(reference.Text) is not LiveNode target)
            _diagnostics.Report(DtsRules.UnknownTarget, reference.Span, reference.Described);
        else if (!isDeletion)
            target.OmitIfUnreferenced = true;
        else if (target.Parent is null)
            _diagnostics.Report(DtsRules.RootDeleted, reference.Span);
        else
            target.Delete();
    }

    /// <summary>Reads <c>{ ... };</c> into a new node; null, reported, when no body begins here.</summary>
    private LiveNode? TryBody(string name, SourceSpan span, int depth)
    {
        if (!_tokens.Current.Is("{"))
        {
            _tokens.Unexpected("'{'");
            _tokens.SkipStatement();
            return null;
        }
        if (depth > _options.MaxDepth)
        {
            _diagnostics.Report(DtsRules.TooDeep, span, "nodes", _options.MaxDepth);
            _tokens.SkipStatement();
            return null;
        }
        _tokens.Take();
        var node = new LiveNode(name, span);
        DtsToken? last = null;
        while (!_tokens.Current.Is("}") && _tokens.Current.Kind != DtsTokenKind.End)
        {
            if (last == _tokens.Current)
                _tokens.Take();
            last = _tokens.Current;
            Member(node, depth);
        }
        if (_tokens.Expect("}"))
            _tokens.EndStatement();
        return node;
    }

    /// <summary>Reads one property, child or deletion of a body.</summary>
    private void Member(LiveNode node, int depth)
    {
        List<Label> labels = Labels();
        bool omit = false;
        while (_tokens.TryTake(DtsTokenKind.OmitIfNoRef))
        {
            omit = true;
            labels.AddRange(Labels());
        }
        DtsToken token = _tokens.Current;
        switch (token.Kind)
        {
            case DtsTokenKind.DeleteProperty when !omit:
                _tokens.Take();
                DeleteMember(node, isNode: false);
                return;
            case DtsTokenKind.DeleteNode:
                _tokens.Take();
                DeleteMember(node, isNode: true);
                return;
            case DtsTokenKind.Name:
                _tokens.Take();
                break;
            default:
                _tokens.Unexpected("a property, a node or '}'");
                _tokens.SkipStatement();
                return;
        }
        if (_tokens.Current.Is("{"))
            Child(node, token, labels, omit, depth);
        else if (!omit)
            AddProperty(node, token, labels);
        else
        {
            _tokens.Unexpected("'{'");
            _tokens.SkipStatement();
        }
    }

    private void Child(LiveNode node, DtsToken name, List<Label> labels, bool omit, int depth)
    {
        if (TryBody(name.Text, name.Span, depth + 1) is not LiveNode child)
            return;
        // From the inside out: the label next to the name is the oldest.
        for (int i = labels.Count - 1; i >= 0; i--)
            child.Labels.Add(labels[i]);
        child.OmitIfUnreferenced = omit;
        node.AddChild(child);
    }

    private void AddProperty(LiveNode node, DtsToken name, List<Label> labels)
    {
        if (node.Children.All.Count > 0)
            _diagnostics.Report(DtsRules.PropertyAfterNode, name.Span, name.Text);
        LiveValue value = new(_budget);
        if (_tokens.TryTake("="))
        {
            if (_values.TryParse(out value))
                _tokens.EndStatement();
            else
                _tokens.SkipStatement();
        }
        else if (_tokens.Current.Is(";") || _tokens.Current.Is("}"))
        {
            _tokens.EndStatement();
        }
        else
        {
            _tokens.Unexpected("'=', ';' or '{'");
            _tokens.SkipStatement();
        }
        var property = new LiveProperty(name.Text, value, name.Span);
        for (int i = labels.Count - 1; i >= 0; i--)
            property.Labels.Add(labels[i]);
        node.Properties.Add(property);
    }

    /// <summary>Reads the name after a deletion. In a body only names can be deleted; references at the top level.</summary>
    private void DeleteMember(LiveNode node, bool isNode)
    {
        DtsToken name = _tokens.Current;
        if (!_tokens.TryTake(DtsTokenKind.Name))
        {
            _tokens.Unexpected(isNode ? "the name of a child node" : "the name of a property");
            _tokens.SkipStatement();
            return;
        }
        _tokens.EndStatement();
        if (!isNode && node.Children.All.Count > 0)
            _diagnostics.Report(DtsRules.PropertyAfterNode, name.Span, name.Text);
        if (isNode && !node.Children.EndsDeleted(name.Text))
            node.AddChild(new LiveNode(name.Text, name.Span) { Deleted = true });
        else if (!isNode && !node.Properties.EndsDeleted(name.Text))
            node.Properties.Add(new LiveProperty(name.Text, new LiveValue(_budget), name.Span) { Deleted = true });
    }

    private List<Label> Labels()
    {
        var labels = new List<Label>();
        while (_tokens.TryTake(DtsTokenKind.Label))
            labels.Add(new(_tokens.Previous.Text, _tokens.Previous.Span));
        return labels;
    }
}
