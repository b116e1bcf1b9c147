namespace Devicetree.Schema.Patterns;

/// <summary>
/// One parsed pattern that is no automaton: it looks ahead or behind, or would be too large. Each part maps the set of positions
/// where it begins to the set of those where it ends, so nothing is tried twice. The work is counted, not timed: whether a text
/// matches does not depend on the machine. Used by any thread.
/// </summary>
/// <param name="root">The whole pattern.</param>
internal sealed class PositionPattern(PatternNode root)
{
    /// <summary>
    /// The work for one text, in words of sets and positions: some milliseconds, where names take hundreds. What needs more,
    /// which only patterns do that are made for it, matches nothing.
    /// </summary>
    private const int MostWork = 4_000_000;

    /// <summary>Whether the pattern is found anywhere in a text.</summary>
    public bool IsMatch(string text)
    {
        var search = new Search(text);
        return !search.Ends(root, PositionSet.All(text.Length)).IsEmpty && !search.IsExhausted;
    }

    /// <summary>The search in one text.</summary>
    private sealed class Search(string text)
    {
        private readonly int _words = PositionSet.WordsFor(text.Length);
        private int _work;

        /// <summary>True where the work was too much; no set means anything then.</summary>
        public bool IsExhausted => _work > MostWork;

        /// <summary>Where a part ends that begins at any of some positions; a set of its own.</summary>
        public PositionSet Ends(PatternNode node, PositionSet starts)
        {
            _work += _words;
            if (starts.IsEmpty || IsExhausted)
                return new PositionSet(text.Length);
            switch (node)
            {
                case SetNode set:
                    return After(set.Set, starts);
                case StartNode:
                    return Only(starts, static (_, position) => position == 0);
                case EndNode:
                    return Only(starts, static (text, position) =>
                        position == text.Length || position == text.Length - 1 && text[position] == '\n');
                case SequenceNode sequence:
                    PositionSet reached = starts;
                    foreach (PatternNode part in sequence.Parts)
                        reached = Ends(part, reached);
                    return sequence.Parts.Count == 0 ? starts.Copy() : reached;
                case ChoiceNode choice:
                    var any = new PositionSet(text.Length);
                    foreach (PatternNode option in choice.Options)
                        any.Add(Ends(option, starts));
                    return any;
                case RepeatNode repeat:
                    return EndsOfRepeat(repeat, starts);
                case LookNode look:
                    return Looking(look, starts);
                default:
                    return starts.Copy();
            }
        }

        private PositionSet After(CharSet set, PositionSet starts)
        {
            var ends = new PositionSet(text.Length);
            for (int at = starts.Next(0); at >= 0 && at < text.Length; at = starts.Next(at + 1))
            {
                _work++;
                if (set.Contains(text[at]))
                    ends.Add(at + 1);
            }
            return ends;
        }

        private PositionSet Only(PositionSet starts, Func<string, int, bool> isSo)
        {
            var kept = new PositionSet(text.Length);
            for (int at = starts.Next(0); at >= 0; at = starts.Next(at + 1))
            {
                _work++;
                if (isSo(text, at))
                    kept.Add(at);
            }
            return kept;
        }

        private PositionSet EndsOfRepeat(RepeatNode repeat, PositionSet starts)
        {
            PositionSet ends = starts;
            for (int i = 0; i < repeat.Min && !ends.IsEmpty && !IsExhausted; i++)
                ends = Ends(repeat.Part, ends);

            PositionSet all = ends.Copy();
            for (int i = repeat.Min; (repeat.Max is not int max || i < max) && !ends.IsEmpty && !IsExhausted; i++)
            {
                // What was reached by fewer rounds leads to nothing new.
                ends = Ends(repeat.Part, ends);
                ends.Remove(all);
                all.Add(ends);
            }
            return all;
        }

        private PositionSet Looking(LookNode look, PositionSet starts)
        {
            if (look.IsBehind)
            {
                PositionSet behind = Ends(look.Part, PositionSet.All(text.Length));
                PositionSet others = starts.Copy();
                others.Remove(behind);
                if (look.IsNegated)
                    return others;
                PositionSet those = starts.Copy();
                those.Remove(others);
                return those;
            }
            var kept = new PositionSet(text.Length);
            for (int at = starts.Next(0); at >= 0; at = starts.Next(at + 1))
            {
                var here = new PositionSet(text.Length);
                here.Add(at);
                if (Ends(look.Part, here).IsEmpty == look.IsNegated)
                    kept.Add(at);
            }
            return kept;
        }
    }
}
