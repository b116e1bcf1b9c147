using System.Collections.Frozen;
using Devicetree.Live;

namespace Devicetree.References;

/// <summary>
/// The properties that are known to hold references, by name: those of the Devicetree Specification, of the kernel's common
/// bindings, and of vendors whose boards use them often. What is not here stays a number.
/// </summary>
internal static class ReferenceTable
{
    private const string InterruptMap = "interrupt-map";

    /// <summary>One phandle, or several, without arguments.</summary>
    private static readonly string[] _bare =
    [
        PropertyNames.InterruptParent, "affinity", "altr,ecc-parent", "amlogic,ao-sysctrl", "amlogic,canvas", "backlight",
        "bitclock-master", "companion", "cpu", "cpu-idle-states", "cpus", "dais", "ddc-i2c-bus", "domain-idle-states", "extcon",
        "frame-master", "hdmi-phandle", "i2c-bus", "i2c-parent", "interrupt-affinity", "l2-cache", "marvell,system-controller",
        "mdio-parent-bus", "mediatek,cci", "mediatek,infracfg", "mediatek,smi", "memory-region", "mmc-pwrseq", "next-level-cache",
        "operating-points-v2", "panel", "pcs-handle", "peer-hub", "phy-handle", "pm_qos", "ports", "qcom,acc",
        "qcom,bcm-voters", "qcom,gmu", "qcom,qmp", "qcom,rpm-msg-ram", "qcom,saw", "regmap", "remote-endpoint", "renesas,bonding",
        "renesas,fcp", "required-opps", "rockchip,grf", "rockchip,pmu", "secure-monitor", "shmem", "ti,sci", "trip",
        "wakeup-parent",
    ];

    /// <summary>
    /// Those whose arguments are phandles with some providers: a mailbox of OMAP is asked for by the node of one of its channels.
    /// </summary>
    private static readonly string[] _withPhandleArguments = ["mboxes"];

    /// <summary>A phandle, with a number of cells after it and in front of it.</summary>
    private static readonly (string Name, int Arguments, int Before)[] _fixed =
    [
        ("gpio-ranges", 3, 0),
        ("iommu-map", 2, 1),
        ("mediatek,gce-client-reg", 3, 0),
        ("msi-map", 2, 1),
        ("rockchip,pins", 0, 3),
    ];

    private static readonly FrozenDictionary<string, ReferenceRule> _rules = Build();

    /// <summary>The rule of a property; null for one that is not known to hold references.</summary>
    /// <param name="node">The node that has it.</param>
    /// <param name="name">Its name.</param>
    public static ReferenceRule? Find(LiveNode node, string name) => IsGpioHog(node, name) ? null : Find(name);

    /// <summary>
    /// True for lines that their own controller holds: there <c>gpios</c> has numbers of lines without the controller's phandle.
    /// </summary>
    public static bool IsGpioHog(LiveNode node, string name) =>
        name == "gpios" && node.Properties.FindLive("gpio-hog") is not null;

    private static ReferenceRule? Find(string name)
    {
        if (_rules.TryGetValue(name, out ReferenceRule? rule))
            return rule;
        if (name.EndsWith("-supply", StringComparison.Ordinal))
            return ReferenceRule.Bare;
        if (name.EndsWith("-gpios", StringComparison.Ordinal) || name.EndsWith("-gpio", StringComparison.Ordinal))
            return _rules["gpios"];
        const string pins = "pinctrl-";
        return name.StartsWith(pins, StringComparison.Ordinal) && name.Length > pins.Length
            && !name.AsSpan(pins.Length).ContainsAnyExceptInRange('0', '9') ? ReferenceRule.Bare : null;
    }

    private static FrozenDictionary<string, ReferenceRule> Build()
    {
        var rules = new Dictionary<string, ReferenceRule>(StringComparer.Ordinal) { [InterruptMap] = ReferenceRule.InterruptMap };
        foreach (string name in _bare)
            rules.Add(name, ReferenceRule.Bare);
        foreach (ProviderRow provider in ProviderTable.Rows)
        {
            rules.Add(provider.Property, new(provider.Cells, provider.Otherwise)
            {
                ArgumentsMayRefer = _withPhandleArguments.Contains(provider.Property, StringComparer.Ordinal),
            });
        }
        foreach ((string name, int arguments, int before) in _fixed)
            rules.Add(name, new(null, arguments, before));
        return rules.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
