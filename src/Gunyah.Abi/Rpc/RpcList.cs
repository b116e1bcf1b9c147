using System.Collections;
using System.Runtime.CompilerServices;

namespace Gunyah.Abi.Rpc;

/// <summary>
/// The elements of a list in a payload: immutable, equal when the elements are equal, written <c>[a, b]</c> in source.
/// <c>default</c> is the empty list.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
[CollectionBuilder(typeof(RpcList), nameof(RpcList.Create))]
public readonly struct RpcList<T> : IReadOnlyList<T>, IEquatable<RpcList<T>>
    where T : struct, IEquatable<T>
{
    private readonly T[]? _entries;

    private RpcList(T[] entries) => _entries = entries;

    /// <inheritdoc/>
    public int Count => _entries?.Length ?? 0;

    /// <inheritdoc/>
    public T this[int index] => AsSpan()[index];

    /// <summary>A copy of an array as a list.</summary>
    /// <param name="entries">The elements.</param>
    public static implicit operator RpcList<T>(T[] entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return RpcList.Create<T>(entries);
    }

    /// <summary>Whether two lists have equal elements in the same order.</summary>
    public static bool operator ==(RpcList<T> left, RpcList<T> right) => left.Equals(right);

    /// <summary>Whether two lists differ in some element.</summary>
    public static bool operator !=(RpcList<T> left, RpcList<T> right) => !left.Equals(right);

    /// <summary>The elements.</summary>
    public ReadOnlySpan<T> AsSpan() => _entries;

    /// <summary>The elements, for <c>foreach</c> without allocation.</summary>
    public ReadOnlySpan<T>.Enumerator GetEnumerator() => AsSpan().GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(RpcList<T> other) => AsSpan().SequenceEqual(other.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RpcList<T> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T entry in this)
            hash.Add(entry);
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", (IEnumerable<T>)this)}]";

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => (_entries ?? Enumerable.Empty<T>()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    /// <summary>Takes over an array that nobody else keeps.</summary>
    internal static RpcList<T> Own(T[] entries) => new(entries);
}

/// <summary>Makes lists.</summary>
public static class RpcList
{
    /// <summary>The size on the wire of a list's 16-bit count and of the 16 bits after it.</summary>
    internal const int HeaderSize = 2 * sizeof(ushort);

    /// <summary>The size on the wire of the shortest element, in bytes: more elements than fit so cannot be there.</summary>
    internal static int ShortestEntry<T>()
        where T : struct, IRpcEntry<T> => default(T).EncodedLength;

    /// <summary>A list of copies of these elements.</summary>
    /// <param name="entries">The elements.</param>
    public static RpcList<T> Create<T>(ReadOnlySpan<T> entries)
        where T : struct, IEquatable<T> => entries.IsEmpty ? default : RpcList<T>.Own(entries.ToArray());
}
