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

    /// <summary>The body of a fragment that Raspberry Pi's firmware applies only when a parameter asks for it.</summary>
    public const string Dormant = "__dormant__";

    /// <summary>The parameters of an overlay, for Raspberry Pi's firmware.</summary>
    public const string Overrides = "__overrides__";

    /// <summary>True for children of an overlay's root that are no fragments and say something about the overlay.</summary>
    public static bool HasMeaning(string name) => name is Symbols or Fixups or LocalFixups or Overrides;

    /// <summary>True for the name of a fragment's body, dormant ones included.</summary>
    public static bool IsBody(string name) => name is Body or Dormant;

    /// <summary>What stands in a cell until a fixup puts the phandle there, and is no phandle.</summary>
    public const uint Unresolved = uint.MaxValue;
}
