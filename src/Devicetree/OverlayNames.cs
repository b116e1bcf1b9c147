namespace Devicetree;

/// <summary>Names with a meaning in overlays and in trees that overlays apply to.</summary>
internal static class OverlayNames
{
    public const string Body = "__overlay__";
    public const string Fixups = NameRules.FixupsNode;
    public const string LocalFixups = "__local_fixups__";
    public const string Symbols = "__symbols__";
    public const string Target = "target";
    public const string TargetPath = "target-path";
    public const string FragmentPrefix = "fragment@";

    /// <summary>What stands in a cell until a fixup puts the phandle there, and is no phandle.</summary>
    public const uint Unresolved = uint.MaxValue;
}
