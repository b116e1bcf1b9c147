using YamlDotNet.Core.Tokens;

namespace Devicetree.Text.Yaml;

/// <summary>
/// Holds the tokens to libyaml's rule that a value has a key before it, however empty. YamlDotNet's parser does without, and so
/// reads keys that go over lines and values of nothing.
/// </summary>
internal sealed class YamlKeyOrder
{
    private readonly Stack<Collection> _around = new();
    private Token? _previous;

    /// <summary>Looks at the next token.</summary>
    public void Check(Token token)
    {
        switch (token)
        {
            case BlockMappingStart or BlockSequenceStart or FlowMappingStart or FlowSequenceStart:
                _around.Push(new Collection(token));
                break;
            case BlockEnd or FlowMappingEnd or FlowSequenceEnd:
                _around.TryPop(out _);
                break;
            case FlowEntry when _around.TryPeek(out Collection? flow):
                flow.HasKey = false;
                break;
            case Key when _around.TryPeek(out Collection? around):
                around.HasKey = true;
                break;
            case Value when _around.TryPeek(out Collection? around) && around.Start is not BlockSequenceStart:
                if (!around.HasKey)
                    throw YamlProblems.Found(ProblemOf(around.Start), token.Start);
                around.HasKey = false;
                break;
        }
        _previous = token;
    }

    private YamlProblem ProblemOf(Token start) => start switch
    {
        BlockMappingStart => YamlProblems.NoKey,
        _ when _previous is FlowMappingStart or FlowSequenceStart or FlowEntry or Value => YamlProblems.NoContent,
        FlowMappingStart => YamlProblems.NoBrace,
        _ => YamlProblems.NoBracket,
    };

    /// <summary>A collection that is not closed yet.</summary>
    private sealed class Collection(Token start)
    {
        public Token Start => start;

        /// <summary>Whether a key waits for its value.</summary>
        public bool HasKey { get; set; }
    }
}
