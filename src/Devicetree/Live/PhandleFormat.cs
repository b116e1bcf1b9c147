namespace Devicetree.Live;

/// <summary>How a phandle that the compiler gives out is written (dtc <c>-H</c>).</summary>
[Flags]
public enum PhandleFormat
{
    /// <summary>As <c>linux,phandle</c>, the spelling before ePAPR.</summary>
    Legacy = 1,

    /// <summary>As <c>phandle</c>.</summary>
    Epapr = 2,

    /// <summary>Both, the older one first.</summary>
    Both = Legacy | Epapr,
}
