using System.Globalization;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Checks;

/// <summary>Graphs of ports and endpoints.</summary>
internal static class GraphChecks
{
    private const string Endpoint = "endpoint";
    private const string Port = "port";
    private const string Ports = "ports";

    /// <summary>Recognises ports by their endpoints, for the checks that follow.</summary>
    public static void Nodes(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count; i++)
        {
            ref NodeState node = ref c.Index[i];
            for (int child = node.FirstChild; child >= 0; child = c.Index[child].NextSibling)
            {
                ref NodeState endpoint = ref c.Index[child];
                if (endpoint.BaseName is not Endpoint && !endpoint.Has(KnownProperty.RemoteEndpoint))
                    continue;
                if (i == 0)
                {
                    // See DtcChanges.EndpointInRoot.
                    c.Fail(i, GraphFaults.EndpointInRoot, endpoint.Node.Name);
                    continue;
                }
                node.Bus = Bus.GraphPort;
                ref NodeState parent = ref c.Index[node.Parent];
                if (parent.Bus == Bus.None && (parent.Node.Name == Ports || node.Has(KnownProperty.Reg)))
                    parent.Bus = Bus.GraphPorts;
                break;
            }
        }
    }

    /// <summary>Cell counts that a single child does not need. See <see cref="DtcChanges.GraphChildRetired"/>.</summary>
    public static void ChildAddress(CheckContext c)
    {
        for (int i = 0; i < c.Index.Count && !c.Refused; i++)
        {
            ref NodeState node = ref c.Index[i];
            if (node.Bus is not (Bus.GraphPorts or Bus.GraphPort) || node.AddressCells == -1 || !HasOneChildAtZero(c, ref node))
                continue;
            // The first in the list, deleted or not.
            c.Fail(i, GraphFaults.SingleChild, node.Node.Children.All[0].Name);
        }
    }

    private static bool HasOneChildAtZero(CheckContext c, ref NodeState node)
    {
        int count = 0;
        for (int child = node.FirstChild; child >= 0; child = c.Index[child].NextSibling)
        {
            if (c.Index.Find(child, KnownProperty.Reg) is LiveProperty reg && c.CellOf(child, reg) != 0)
                return false;
            count++;
        }
        return count == 1;
    }

    public static void PortNodes(CheckContext c)
    {
        bool takesOverlays = c.Has(DtcChanges.GraphOverlays);
        for (int i = 0; i < c.Index.Count; i++)
        {
            if (c.Index[i].Bus != Bus.GraphPort)
                continue;
            if (!takesOverlays)
                PortName(c, i);
            Reg(c, i);
            if (takesOverlays && !c.Tree.IsPlugin)
                PortName(c, i);
        }
    }

    private static void PortName(CheckContext c, int node)
    {
        if (c.Index[node].BaseName is not Port)
            c.Fail(node, GraphFaults.PortName);
    }

    public static void EndpointNodes(CheckContext c)
    {
        bool takesOverlays = c.Has(DtcChanges.GraphOverlays);
        for (int i = 1; i < c.Index.Count && !c.Refused; i++)
        {
            if (c.Index[c.Index[i].Parent].Bus != Bus.GraphPort)
                continue;
            if (!takesOverlays)
                EndpointName(c, i);
            Reg(c, i);
            if (takesOverlays && c.Tree.IsPlugin)
                continue;
            if (takesOverlays)
                EndpointName(c, i);
            int remote = RemoteOf(c, i);
            if (remote >= 0 && RemoteOf(c, remote) != i)
                c.Fail(i, GraphFaults.OneWay, c.Index[remote].Node);
        }
    }

    private static void EndpointName(CheckContext c, int node)
    {
        if (c.Index[node].BaseName is not Endpoint)
            c.Fail(node, GraphFaults.EndpointName);
    }

    /// <summary>The node that an endpoint names; -1 when it names none.</summary>
    private static int RemoteOf(CheckContext c, int endpoint)
    {
        if (c.Index.Find(endpoint, KnownProperty.RemoteEndpoint) is not LiveProperty property
            || c.CellOf(endpoint, property) is not uint phandle || !PhandleTable.IsValid(phandle))
            return -1;
        if (c.Phandles.Find(phandle) is LiveNode node)
            return node.Ordinal;
        c.Fail(endpoint, property, GraphFaults.UnknownRemote, phandle);
        return -1;
    }

    private static void Reg(CheckContext c, int index)
    {
        ref NodeState node = ref c.Index[index];
        if (c.Index.Find(index, KnownProperty.Reg) is not LiveProperty reg)
            return;
        if (reg.Value.Length != Values.CellBytes)
        {
            c.FailElsewhere(index, null, (index, reg), GraphFaults.RegLength, reg.Value.Length);
            return;
        }
        Span<char> expected = stackalloc char[8];
        uint number = Values.Cell(reg.Value, 0);
        number.TryFormat(expected, out int length, "x", CultureInfo.InvariantCulture);
        if (!node.Unit.SequenceEqual(expected[..length]))
            c.Fail(index, GraphFaults.Unit, number);
        ref NodeState parent = ref c.Index[node.Parent];
        // The place is the node's own property, the number its parent's.
        if (parent.AddressCells != 1)
            FailCells(c, index, KnownProperty.AddressCells, reg, GraphFaults.AddressCells, parent.AddressCells);
        if (parent.SizeCells != 0)
            FailCells(c, index, KnownProperty.SizeCells, reg, GraphFaults.SizeCells, parent.SizeCells);
    }

    private static void FailCells(CheckContext c, int node, KnownProperty kind, LiveProperty reg, CheckFault fault, int cells) =>
        c.FailElsewhere(node, c.Index.Find(node, kind), (node, reg), fault, cells, new CellCount(cells));
}
