using System.Text;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Names: their characters, their parts, and that none stands twice.</summary>
internal static class NameChecks
{
    private const string PropertyNameWithUnderscore = PropertyNames.DeviceType;

    public static void DuplicateNodeNames(CheckContext c)
    {
        for (int node = 0; node < c.Index.Count; node++)
        {
            SlotList<LiveNode> children = c.Index[node].Node.Children.All;
            for (int i = 0; i < children.Count; i++)
            {
                LiveNode child = children[i];
                if (child.Deleted)
                    continue;
                // A deletion after the node counts as a second one, as in dtc: it was most likely meant to delete it, and does
                // not.
                for (LiveNode? again = child.NextSameName; again is not null && !c.IsExhausted; again = again.NextSameName)
                {
                    c.FailAt(again, null, again.NameSpan, new(child.NameSpan, "first here"),
                        again.Deleted ? NameFaults.DeletedNode : NameFaults.DuplicateNode, child);
                }
            }
        }
    }

    public static void DuplicatePropertyNames(CheckContext c)
    {
        for (int i = 0; i < c.Index.PropertyCount; i++)
        {
            LiveProperty property = c.Index.Property(i);
            for (LiveProperty? again = property.NextSameName; again is not null && !c.IsExhausted; again = again.NextSameName)
            {
                if (again.Deleted)
                    continue;
                LiveNode node = c.Index[c.Index.Owner(i)].Node;
                c.FailAt(node, property, again.Span, new(property.Span, "first here"), NameFaults.DuplicateProperty,
                    new PropertyPlace(node, property));
            }
        }
    }

    public static void NodeNameCharacters(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            string name = c.Index[i].Node.Name;
            int bad = name.AsSpan().IndexOfAnyExcept(NameRules.NodeCharacters);
            if (bad >= 0)
                FailNodeName(c, i, NameFaults.NodeNameCharacter, name[bad].ToString());
        }
    }

    public static void NodeNameFormat(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            if (c.Index[i].Unit.Contains('@'))
                FailNodeName(c, i, NameFaults.NodeNameUnits);
        }
    }

    public static void NodeNameNotEmpty(CheckContext c)
    {
        for (int i = 1; i < c.Index.Count; i++)
        {
            if (c.Index[i].BaseLength == 0)
                FailNodeName(c, i, NameFaults.NodeNameEmpty);
        }
    }

    public static void PropertyNameCharacters(CheckContext c)
    {
        for (int i = 0; i < c.Index.PropertyCount; i++)
        {
            if (c.Index.Kind(i) != KnownProperty.Other)
                continue;
            LiveProperty property = c.Index.Property(i);
            int bad = property.Name.AsSpan().IndexOfAnyExcept(NameRules.PropertyCharacters);
            if (bad >= 0)
            {
                c.FailAt(c.Index[c.Index.Owner(i)].Node, property, property.Span, null, NameFaults.PropertyNameCharacter,
                    property.Name, property.Name[bad].ToString());
            }
        }
    }

    public static void NodeNameCharactersStrict(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            int bad = node.BaseName.IndexOfAnyExcept(NameRules.RecommendedCharacters);
            if (bad >= 0)
                c.Fail(i, NameFaults.NodeNameStyle, node.Node.Name[bad]);
        }
    }

    public static void PropertyNameCharactersStrict(CheckContext c)
    {
        for (int i = 0; i < c.Index.PropertyCount; i++)
        {
            LiveProperty property = c.Index.Property(i);
            ReadOnlySpan<char> name = property.Name;
            int bad = name.IndexOfAnyExcept(NameRules.RecommendedCharacters);
            if (bad < 0 || property.Name == PropertyNameWithUnderscore)
                continue;
            // One '#' may begin the name, or what follows a vendor prefix.
            if (name[bad] == '#' && (bad == 0 || name[bad - 1] == ','))
            {
                name = name[(bad + 1)..];
                bad = name.IndexOfAnyExcept(NameRules.RecommendedCharacters);
            }
            if (bad >= 0)
                c.Fail(c.Index.Owner(i), property, NameFaults.PropertyNameStyle, name[bad]);
        }
    }

    /// <summary>
    /// A <c>name</c> that repeats the node's own is dropped, any other is wrong: the format has said it since version 16.
    /// </summary>
    public static void NameProperties(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            // dtc looks at the first one even if it is deleted.
            if (!node.Node.Properties.TryGetFirst(PropertyNames.Name, out LiveProperty? property))
                continue;
            ReadOnlySpan<byte> value = property.Value.Bytes.Span;
            if (value.Length == node.BaseLength + 1
                && Encoding.Latin1.GetString(value[..^1]).AsSpan().SequenceEqual(node.BaseName))
                property.Delete();
            else
                c.FailAt(node.Node, null, property.Span, null,
                    value.IsEmpty ? NameFaults.NamePropertyEmpty : NameFaults.NameProperty,
                    node.Node, Values.CString(property.Value));
        }
    }

    public static void NodeNameVersusPropertyName(CheckContext c)
    {
        for (int i = 1; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            if (c.Index[node.Parent].Node.Properties.FindLive(node.Node.Name) is not null)
                c.Fail(i, NameFaults.NodeAndProperty, node.Node.Name);
        }
    }

    private static void FailNodeName(CheckContext c, int index, CheckFault fault, string character = "")
    {
        LiveNode node = c.Index[index].Node;
        c.FailAt(node, null, node.NameSpan, null, fault, node.Name, character);
    }
}
