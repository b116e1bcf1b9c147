namespace Devicetree.Flattened;

/// <summary>What stands at a place of the structure block (Devicetree Specification 0.4, section 5.4.1).</summary>
public enum FdtTag : uint
{
    /// <summary>A node begins; its name follows.</summary>
    BeginNode = FdtFormat.BeginNode,

    /// <summary>The node that began last ends.</summary>
    EndNode = FdtFormat.EndNode,

    /// <summary>A property of the node that began last.</summary>
    Property = FdtFormat.Prop,

    /// <summary>Nothing.</summary>
    Nop = FdtFormat.Nop,

    /// <summary>The structure block ends.</summary>
    End = FdtFormat.End,
}
