using Devicetree.Compatibility;
using Devicetree.Live;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>
/// Reads a source into a <see cref="LiveTree"/>, merging as it goes (devicetree.md 1.4, 1.7, 1.8). After an error it goes on with
/// the next statement, so that one pass finds as many as it can, unless it is told to stop as dtc does.
/// </summary>
internal sealed class SyntaxParser
{
    /// <summary>What is to be done depends on what there is.</summary>
    private static readonly DiagnosticRule _unknownTarget = DtsRules.UnknownTarget with { Remedy = "{2}" };

    /// <summary>As in a body, but dtc does not go on.</summary>
    private static readonly DiagnosticRule _deletionFromBase = DtsRules.DeletionInOverlay with { Severity = Severity.Error };

    private readonly TokenReader _tokens;
    private readonly ExpressionParser _expressions;
    private readonly BodyParser _bodies;
    private readonly DtsParserOptions _options;
    private readonly ValueBudget _budget;
    private readonly string _path;

    public SyntaxParser(SourceText source, DtsParserOptions options, DiagnosticBag diagnostics)
    {
        _options = options;
        _path = source.Path;
        var sources = new SourceStack(source, options, diagnostics);
        _budget = new ValueBudget(
            options.MaxValueBytes, limit => diagnostics.Report(DtsRules.TooLarge, sources.Source.Span(0, 0),
                "the values of all properties", limit));
        _tokens = new TokenReader(sources, options, new NamePool(), diagnostics);
        _expressions = new ExpressionParser(_tokens, options);
        _bodies = new BodyParser(_tokens, _expressions, sources, _budget, options);
    }

    /// <summary>
    /// How many errors say that something is to be done to a node that does not exist. They keep no text from being read.
    /// </summary>
    public int UnknownTargets { get; private set; }

    /// <summary>True when reading ended at an error.</summary>
    public bool Stopped => _tokens.Stopped;

    /// <summary>What the first line marker names, or the source itself.</summary>
    public string InitialPath => _tokens.FirstMarker ?? _path;

    public LiveTree Parse()
    {
        var tree = new LiveTree(Headers(), _budget) { KeepsDeletedPlaces = !_options.WrittenOrder };
        int taken = -1;
        while (_tokens.Kind != DtsTokenKind.End)
        {
            // A statement that takes nothing would be tried forever; its first token is what is wrong.
            if (taken == _tokens.Taken)
                _tokens.Take();
            taken = _tokens.Taken;
            TopLevel(tree);
        }
        if (tree.Root is null && !(_options.Recover && _tokens.HasFailed))
            _tokens.Unexpected(SyntaxRemedies.Root);
        _bodies.ReportLostDeletions(tree);
        if (_options.Strict)
            ReportOldPlaces(tree);
        return tree;
    }

    /// <summary>Reads <c>/dts-v1/; [/plugin/;]</c>, which included files may repeat.</summary>
    /// <returns>Whether the source is a plugin.</returns>
    private bool Headers()
    {
        if (_tokens.Kind != DtsTokenKind.Version)
        {
            if (!_options.Recover)
                return _tokens.Unexpected("'/dts-v1/'");
            _tokens.Report(DtsRules.MissingVersion, _tokens.Current.Span);
            if (!_tokens.TryTake(DtsTokenKind.Plugin))
                return false;
            _tokens.EndStatement();
            return true;
        }
        var headers = new List<(SourceSpan Span, bool IsPlugin)>();
        while (_tokens.Kind == DtsTokenKind.Version)
        {
            _tokens.Take();
            SourceSpan span = _tokens.Previous.Span;
            _tokens.EndStatement();
            bool isPlugin = _tokens.TryTake(DtsTokenKind.Plugin);
            if (isPlugin)
                _tokens.EndStatement();
            headers.Add((span, isPlugin));
        }
        SourceSpan last = _tokens.Previous.Span;
        // From the last one backwards, as dtc compares each with the one after it.
        for (int i = headers.Count - 1; i > 0; i--)
        {
            if (headers[i].IsPlugin != headers[i - 1].IsPlugin)
                _tokens.Report(DtsRules.HeaderMismatch, headers[i].Span.To(last));
        }
        return headers[0].IsPlugin;
    }

    private void TopLevel(LiveTree tree)
    {
        List<Label> labels = _bodies.TakeLabels();
        if (labels.Count > 1 && tree.Root is not null && !_options.Recover)
        {
            // One label may stand here; dtc does not look at what follows a second one.
            _tokens.Fail(DtsRules.UnexpectedToken, labels[1].Span, "'&label' or '&{/path}'", "another label",
                SyntaxRemedies.OneLabel);
            return;
        }
        DtsTokenKind kind = _tokens.Kind;
        // What needs a tree before it is an error in the grammar to dtc; it says more to people that the target is missing.
        bool canFollow = tree.Root is not null || _options.Recover;
        switch (kind)
        {
            case DtsTokenKind.MemReserve when tree.Root is null:
                _tokens.Take();
                Reserve(tree, labels);
                return;
            case DtsTokenKind.Slash when labels.Count == 0:
                _tokens.Take();
                if (_bodies.TryBody("", 1) is LiveNode root)
                    tree.AddRoot(root);
                return;
            case DtsTokenKind.LabelReference or DtsTokenKind.PathReference when labels.Count == 0
                || (labels.Count == 1 && canFollow):
                Extend(tree, labels.FirstOrDefault());
                return;
            case DtsTokenKind.DeleteNode or DtsTokenKind.OmitIfNoRef when labels.Count == 0 && canFollow:
                _tokens.Take();
                ChangeTarget(tree, isDeletion: kind == DtsTokenKind.DeleteNode);
                return;
        }
        _tokens.Unexpected(SyntaxRemedies.Root + (tree.Root is null
            ? ", '&' or '/memreserve/'" : ", '&', '/delete-node/' or '/omit-if-no-ref/'"));
        _tokens.SkipStatement();
        if (_tokens.TryTake(DtsTokenKind.CloseBrace))
            _tokens.TryTake(DtsTokenKind.Semicolon);
    }

    private void Reserve(LiveTree tree, List<Label> labels)
    {
        SourceSpan start = _tokens.Previous.Span;
        if (_expressions.TryPrimary(out ulong address) && _expressions.TryPrimary(out ulong size))
        {
            // See StrictChoices.ReservationsSeen.
            if (size == 0 && _options.Strict)
                _tokens.Report(DtsRules.EmptyReservation, start.To(_tokens.Previous.Span));
            else if (_options.Strict && tree.Reservations.Any(known => known.Reservation == new MemoryReservation(address, size)))
                _tokens.Warn(DtsRules.RepeatedReservation, start.To(_tokens.Previous.Span));
            var reserved = new LabelList();
            for (int i = labels.Count - 1; i >= 0; i--)
                reserved.Add(labels[i]);
            tree.Reserve(new(new(address, size), reserved));
        }
        _tokens.EndStatement();
    }

    /// <summary>Reads <c>[label:] &amp;reference { ... };</c>.</summary>
    private void Extend(LiveTree tree, Label? label)
    {
        DtsToken reference = _tokens.Current;
        _tokens.Take();
        bool isPath = reference.Kind == DtsTokenKind.PathReference;
        bool isFragment = tree.IsPlugin && label is null && (isPath || tree.Find(reference.Text) is null);
        if (_bodies.TryBody(isFragment ? OverlayNames.Body : "", isFragment ? 3 : 1) is not LiveNode body)
            return;
        if (tree.IsPlugin && IsRelative(reference.Text))
            _tokens.Report(DtsRules.RelativeInPlugin, tree.Root is null ? body.Span : reference.Span, reference.Text);
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
            bool isFirst = tree.Root is null && !_options.Recover;
            ReportUnknown(tree, reference, isFirst ? body.Span : reference.Span);
            if (isFirst)
                tree.AddFragment(reference.Text, body, reference.Span);
            else
                tree.NoteLost(body);
        }
    }

    /// <summary>Reads what follows <c>/delete-node/</c> or <c>/omit-if-no-ref/</c> outside of any body.</summary>
    private void ChangeTarget(LiveTree tree, bool isDeletion)
    {
        DtsToken reference = _tokens.Current;
        if (!reference.IsReference)
        {
            _tokens.Unexpected("'&label' or '&{/path}'");
            _tokens.SkipStatement();
            return;
        }
        _tokens.Take();
        _tokens.EndStatement();
        if (tree.Find(reference.Text) is not LiveNode target)
        {
            if (isDeletion && tree.IsPlugin && _options.Strict)
                _tokens.Report(_deletionFromBase, reference.Span, reference.Text);
            else
                ReportUnknown(tree, reference, reference.Span);
        }
        else if (!isDeletion)
            target.OmitIfUnreferenced = true;
        // See StrictChoices.RootKept.
        else if (target.Parent is null && _options.Strict)
            _tokens.Report(DtsRules.RootDeleted, reference.Span);
        else
            target.Delete();
    }

    /// <summary>
    /// Warns of nodes that stand before others which were written earlier: <see cref="StrictChoices.OldPlacesTold"/>.
    /// </summary>
    private void ReportOldPlaces(LiveTree tree)
    {
        foreach ((LiveNode node, LiveNode later) in tree.OldPlaces())
            _tokens.Warn(DtsRules.OldPlace, node.Spans.Last(), node.Name, later.Name);
    }

    private void ReportUnknown(LiveTree tree, in DtsToken reference, SourceSpan span)
    {
        UnknownTargets++;
        _tokens.Report(_unknownTarget, span, reference.Described, reference.Text,
            new ReferenceAdvice(tree, reference.Text, IsTarget: true));
    }

    /// <summary>True for a label with a path below it; the braces of a label alone change nothing.</summary>
    private static bool IsRelative(string reference) =>
        reference.Length > 0 && reference[0] != '/' && reference.IndexOf('/', 1) > 0;
}
