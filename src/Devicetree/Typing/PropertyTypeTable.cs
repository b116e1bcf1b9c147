using Devicetree.Live;
using Devicetree.References;

namespace Devicetree.Typing;

/// <summary>
/// What names and places of properties say about their values: the Devicetree Specification 0.4 (chapters 2 to 4), units at the
/// end of names (<see cref="UnitSuffix"/>), properties that are known to hold references (<see cref="ReferenceTable"/>), and the
/// kernel's common bindings where many boards use them.
/// </summary>
internal static class PropertyTypeTable
{
    private static readonly PropertyType _text = new(ValueShape.Text);
    private static readonly PropertyType _bytes = new(ValueShape.Bytes);
    private static readonly PropertyType _cells = new(ValueShape.Cells);
    private static readonly PropertyType _signedCells = new(ValueShape.SignedCells);
    private static readonly PropertyType _references = new(ValueShape.Cells, MayRefer: true);
    private static readonly PropertyType _wide = new(ValueShape.Elements64);

    /// <summary>The children of the root whose properties are named by users, and what those are.</summary>
    private static readonly Dictionary<string, PropertyType> _places = new(StringComparer.Ordinal)
    {
        ["aliases"] = _text,
        ["__symbols__"] = _text,
        ["__fixups__"] = _text,
        ["__local_fixups__"] = _cells,
    };

    private static readonly Dictionary<string, PropertyType> _names = Build();

    /// <summary>The end of the names of lists of names.</summary>
    internal const string NamesSuffix = "-names";

    /// <summary>The type of a property; null when neither its place nor its name says it.</summary>
    /// <param name="node">The node that has it.</param>
    /// <param name="name">Its name.</param>
    public static PropertyType? Find(LiveNode node, string name)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(name);
        if (name is PropertyNames.Phandle or PropertyNames.LegacyPhandle)
            return _cells;
        if (OfPlace(node) is PropertyType ofPlace)
            return ofPlace;
        if (_names.TryGetValue(name, out PropertyType? known))
            return known;
        if (ReferenceTable.Find(node, name) is not null)
            return _references;
        if (name.EndsWith(NamesSuffix, StringComparison.Ordinal))
            return _text;
        if (IsCount(name) || ReferenceTable.IsGpioHog(node, name) || name.EndsWith("-frequency", StringComparison.Ordinal))
            return _cells;
        // Operating points have a voltage for each kind of part: opp-microvolt-speed0.
        if (name.StartsWith("opp-microvolt", StringComparison.Ordinal))
            return _signedCells;
        return UnitSuffix.TypeOf(name) is UnitSuffix unit ? unit.IsSigned ? _signedCells : _cells : null;
    }

    private static PropertyType? OfPlace(LiveNode node)
    {
        LiveNode top = node;
        while (top.Parent is { Parent: not null } parent)
            top = parent;
        if (top.Parent is null || !_places.TryGetValue(top.Name, out PropertyType? type))
            return null;
        // Only the offsets of fixups are in nodes below.
        return top == node || type == _cells ? type : null;
    }

    private static bool IsCount(string name) => name.StartsWith('#') && name.EndsWith("-cells", StringComparison.Ordinal);

    private static Dictionary<string, PropertyType> Build()
    {
        var types = new Dictionary<string, PropertyType>(StringComparer.Ordinal);
        Add(_text,
            PropertyNames.Compatible, PropertyNames.Model, "status", PropertyNames.DeviceType, PropertyNames.Name, "label",
            "bootargs", "stdout-path",
            "stdin-path", "linux,stdout-path", "serial-number", "chassis-type", "enable-method", "mmu-type",
            "phy-connection-type", "phy-mode",
            "riscv,isa", "riscv,isa-base", "riscv,isa-extensions", "power-isa-version", "dr_mode", "maximum-speed",
            "regulator-name",
            "linux,default-trigger", "simple-audio-card,name");
        Add(_bytes, "mac-address", "local-mac-address", "rng-seed");
        Add(_cells,
            PropertyNames.Reg, PropertyNames.Ranges, "dma-ranges", "assigned-addresses", "virtual-reg", "reg-shift",
            "reg-io-width", "reg-offset",
            "interrupt-map-mask", "iommu-map-mask", "msi-map-mask", "bus-range", "linux,pci-domain", "current-speed",
            "max-speed", "max-frame-size",
            "address-bits", "cache-level", "cache-size", "cache-sets", "cache-block-size", "cache-line-size", "i-cache-size",
            "i-cache-sets",
            "i-cache-block-size", "i-cache-line-size", "d-cache-size", "d-cache-sets", "d-cache-block-size", "d-cache-line-size",
            "tlb-size",
            "tlb-sets", "i-tlb-size", "i-tlb-sets", "d-tlb-size", "d-tlb-sets", "reservation-granule-size",
            "initial-mapped-area", "size",
            "alignment", "alloc-ranges", "linux,initrd-start", "linux,initrd-end", "linux,usable-memory-range", "kaslr-seed",
            "ngpios", "bus-width",
            "clock-mult", "clock-div", "clock-accuracy", "assigned-clock-rates", "linux,code", "clock-latency",
            "arm,psci-suspend-param");
        Add(_wide, "opp-hz", "cpu-release-addr");
        // The fourth cell of an interrupt of a GIC is the phandle of a set of CPUs, or 0.
        types.Add(PropertyNames.Interrupts, _references);
        return types;

        void Add(PropertyType type, params string[] names)
        {
            foreach (string name in names)
                types.Add(name, type);
        }
    }
}
