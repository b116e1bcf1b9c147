namespace Devicetree.Schema.Patterns;

/// <summary>A set of characters, as a class of a pattern writes it.</summary>
/// <param name="ranges">The ranges, both ends included.</param>
/// <param name="negated">True where the set is everything but them.</param>
internal sealed class CharSet(IReadOnlyList<(char Low, char High)> ranges, bool negated = false)
{
    private readonly (char Low, char High)[] _ranges = [.. ranges];

    /// <summary>What <c>.</c> stands for.</summary>
    public static CharSet AllButNewline { get; } = new([('\n', '\n')], negated: true);

    public static CharSet Of(char c) => new([(c, c)]);

    public bool Contains(char c)
    {
        foreach ((char low, char high) in _ranges)
        {
            if (c >= low && c <= high)
                return !negated;
        }
        return negated;
    }
}
