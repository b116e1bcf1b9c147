using System.Diagnostics;

namespace Gunyah.Hypervisor.Memory;

/// <summary>What an <see cref="AddressTree{T}"/> holds: something about a range of addresses.</summary>
internal interface IAddressed
{
    /// <summary>The addresses; not empty.</summary>
    MemoryRange Addresses { get; }
}

/// <summary>
/// Ranges that do not overlap, by address: a balanced tree (AVL) that never changes. A change makes a new tree that shares all
/// but the path to the change with the old one, so it costs by the logarithm of what is in it, and whoever reads a tree goes
/// on reading that one whole, without a lock. The empty tree is null.
/// </summary>
/// <typeparam name="T">What is known of a range.</typeparam>
internal sealed class AddressTree<T>
    where T : struct, IAddressed
{
    private readonly AddressTree<T>? _left;
    private readonly AddressTree<T>? _right;
    private readonly int _height;
    private readonly T _value;

    private AddressTree(in T value, AddressTree<T>? left, AddressTree<T>? right)
    {
        _value = value;
        _left = left;
        _right = right;
        _height = 1 + Math.Max(HeightOf(left), HeightOf(right));
    }

    /// <summary>The range at the root of this tree, or the one that a search found.</summary>
    public ref readonly T Value => ref _value;

    /// <summary>How many steps a search takes at most.</summary>
    public static int HeightOf(AddressTree<T>? tree) => tree?._height ?? 0;

    /// <summary>The lowest range that ends above an address; null if none does.</summary>
    public static AddressTree<T>? FirstAbove(AddressTree<T>? tree, ulong address)
    {
        AddressTree<T>? found = null;
        while (tree is not null)
        {
            if (tree._value.Addresses.End > address)
            {
                found = tree;
                tree = tree._left;
            }
            else
            {
                tree = tree._right;
            }
        }

        return found;
    }

    /// <summary>The range that an address is in; null if it is in none.</summary>
    public static AddressTree<T>? Find(AddressTree<T>? tree, ulong address) =>
        FirstAbove(tree, address) is { } found && found._value.Addresses.Base <= address ? found : null;

    /// <summary>Adds a range that overlaps none in the tree.</summary>
    public static AddressTree<T> Add(AddressTree<T>? tree, in T added)
    {
        if (tree is null)
            return new(added, null, null);
        Debug.Assert(!tree._value.Addresses.Overlaps(added.Addresses), "ranges in a tree do not overlap");
        return added.Addresses.Base < tree._value.Addresses.Base
            ? Balance(tree._value, Add(tree._left, added), tree._right)
            : Balance(tree._value, tree._left, Add(tree._right, added));
    }

    /// <summary>Takes out the range with a base address, which must be there.</summary>
    public static AddressTree<T>? Remove(AddressTree<T>? tree, ulong baseAddress)
    {
        if (tree is null)
            throw new InvalidOperationException($"no range begins at 0x{baseAddress:x}");
        ulong here = tree._value.Addresses.Base;
        if (baseAddress < here)
            return Balance(tree._value, Remove(tree._left, baseAddress), tree._right);
        if (baseAddress > here)
            return Balance(tree._value, tree._left, Remove(tree._right, baseAddress));
        if (tree._left is null || tree._right is null)
            return tree._left ?? tree._right;
        AddressTree<T> next = tree._right;
        while (next._left is not null)
            next = next._left;
        return Balance(next._value, tree._left, Remove(tree._right, next._value.Addresses.Base));
    }

    /// <summary>A tree of two whose heights differ by two at most.</summary>
    private static AddressTree<T> Balance(in T value, AddressTree<T>? left, AddressTree<T>? right)
    {
        if (HeightOf(left) > HeightOf(right) + 1)
        {
            if (HeightOf(left!._left) >= HeightOf(left._right))
                return new(left._value, left._left, new(value, left._right, right));
            AddressTree<T> inner = left._right!;
            return new(inner._value, new(left._value, left._left, inner._left), new(value, inner._right, right));
        }

        if (HeightOf(right) > HeightOf(left) + 1)
        {
            if (HeightOf(right!._right) >= HeightOf(right._left))
                return new(right._value, new(value, left, right._left), right._right);
            AddressTree<T> inner = right._left!;
            return new(inner._value, new(value, left, inner._left), new(right._value, inner._right, right._right));
        }

        return new(value, left, right);
    }
}
