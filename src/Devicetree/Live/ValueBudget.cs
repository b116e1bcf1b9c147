namespace Devicetree.Live;

/// <summary>
/// Bounds what all values together take. A short source can ask for very long ones: a binary file many times over, or the path of
/// a deep node in thousands of places.
/// </summary>
/// <param name="limit">The most bytes.</param>
/// <param name="refuse">Says, once, that there are more than so many.</param>
internal sealed class ValueBudget(int limit, Action<int> refuse)
{
    private long _left = limit;

    /// <summary>A budget for values that are in memory anyway.</summary>
    public static ValueBudget Unlimited() => new(int.MaxValue, static _ => { });

    /// <summary>True once something did not fit. Going on would only cost time.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Takes bytes; false, reported once, when there are not so many left.</summary>
    public bool TryTake(int bytes)
    {
        if (bytes <= _left)
        {
            _left -= bytes;
            return true;
        }
        if (!IsExhausted)
            refuse(limit);
        IsExhausted = true;
        return false;
    }
}
