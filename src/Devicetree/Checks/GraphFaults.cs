namespace Devicetree.Checks;

/// <summary>Graphs of ports and endpoints.</summary>
internal static class GraphFaults
{
    private const string CellsOfParent = "Write '#address-cells = <1>' and '#size-cells = <0>' in the node above.";

    /// <summary>0: the endpoint.</summary>
    public static readonly CheckFault EndpointInRoot = new(
        "endpoint-in-root", "root node contains endpoint node '{0}', potentially misplaced remote-endpoint property",
        "the root has an endpoint, '{0}', but endpoints belong in ports");

    /// <summary>0: the child.</summary>
    public static readonly CheckFault SingleChild = new(
        "graph-single-child", "graph node has single child node '{0}', #address-cells/#size-cells are not necessary",
        "'{0}' is the only child and has no address but 0, so '#address-cells' and '#size-cells' are not needed");

    public static readonly CheckFault PortName = new(
        "port-name", "graph port node name should be 'port'",
        "the node has endpoints, but is not called 'port'", "Name it 'port'.");

    public static readonly CheckFault EndpointName = new(
        "endpoint-name", "graph endpoint node name should be 'endpoint'",
        "the node is an endpoint, but is not called 'endpoint'", "Name it 'endpoint'.");

    /// <summary>0: the other endpoint.</summary>
    public static readonly CheckFault OneWay = new(
        "graph-one-way", "graph connection to node '{0}' is not bidirectional",
        "'remote-endpoint' leads to {0}, which does not refer back",
        "Let 'remote-endpoint' of the other node refer back to this one.");

    /// <summary>0: the number.</summary>
    public static readonly CheckFault UnknownRemote = new(
        "remote-endpoint-unknown", "graph phandle is not valid",
        "0x{0:x} is not the phandle of any node", "Refer to the other endpoint with '&label'.");

    /// <summary>0: the bytes of the value.</summary>
    public static readonly CheckFault RegLength = new(
        "graph-reg-length", "graph node malformed 'reg' property",
        "the value has {0} bytes, but the number of a port or endpoint is one cell of 4 bytes", "Write its number as one cell.");

    /// <summary>0: the number in <c>reg</c>.</summary>
    public static readonly CheckFault Unit = new(
        "graph-unit", "graph node unit address error, expected \"{0:x}\"",
        "the number in 'reg' is 0x{0:x}, so the unit address should be '{0:x}'",
        "Put '@{0:x}' after the name, or correct 'reg'.");

    /// <summary>0: the cell count as dtc prints it, 1: as it is.</summary>
    public static readonly CheckFault AddressCells = new(
        "graph-address-cells", "graph node '#address-cells' is {0}, must be 1",
        "'#address-cells' of the node above must be 1, but is {1}", CellsOfParent);

    public static readonly CheckFault SizeCells = new(
        "graph-size-cells", "graph node '#size-cells' is {0}, must be 0",
        "'#size-cells' of the node above must be 0, but is {1}", CellsOfParent);

    public static IReadOnlyList<CheckFault> All =>
        [EndpointInRoot, SingleChild, PortName, EndpointName, OneWay, UnknownRemote, RegLength, Unit, AddressCells, SizeCells];
}
