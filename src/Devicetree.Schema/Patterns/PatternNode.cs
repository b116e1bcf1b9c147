namespace Devicetree.Schema.Patterns;

/// <summary>A part of a parsed pattern.</summary>
internal abstract record PatternNode;

/// <summary>Matches where it stands without taking a character.</summary>
internal sealed record EmptyNode : PatternNode;

/// <summary>The start of the text.</summary>
internal sealed record StartNode : PatternNode;

/// <summary>The end of the text, also before a newline that ends it.</summary>
internal sealed record EndNode : PatternNode;

/// <summary>One character of a set.</summary>
internal sealed record SetNode(CharSet Set) : PatternNode;

/// <summary>One after the other.</summary>
internal sealed record SequenceNode(IReadOnlyList<PatternNode> Parts) : PatternNode;

/// <summary>Any of several.</summary>
internal sealed record ChoiceNode(IReadOnlyList<PatternNode> Options) : PatternNode;

/// <summary>Several times.</summary>
/// <param name="Part">What.</param>
/// <param name="Min">At least so often.</param>
/// <param name="Max">At most so often; null for any number.</param>
internal sealed record RepeatNode(PatternNode Part, int Min, int? Max) : PatternNode;

/// <summary>A condition on what lies ahead or behind; it takes no character.</summary>
/// <param name="Part">What must be there, or must not.</param>
/// <param name="IsBehind">True where it ends here, false where it begins here.</param>
/// <param name="IsNegated">True where it must not be there.</param>
internal sealed record LookNode(PatternNode Part, bool IsBehind, bool IsNegated) : PatternNode;
