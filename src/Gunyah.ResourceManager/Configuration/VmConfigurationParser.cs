using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Devicetree;
using Gunyah.Abi.Memory;

namespace Gunyah.ResourceManager.Configuration;

/// <summary>
/// Reads the configuration of a secondary VM out of its devicetree (gunyah-rm.md 7.6). Whatever the tree says, the
/// answer is a configuration or one sentence about what is wrong.
/// </summary>
internal static class VmConfigurationParser
{
    private const int MaxDepth = 16;
    private const int MaxPath = 256;
    private const int MaxName = 79;

    /// <summary>Where the RAM goes and how much there can be when the configuration does not say (QEMU platform).</summary>
    private const ulong DefaultBase = 0x2880_0000;

    private const ulong BaseAlignment = 0x20_0000;

    private static readonly string[] _rootPaths = ["/gunyah-vm-config", "/qcom,vm-config"];

    private static readonly Dictionary<string, VmAttributes> _attributeWords = new(StringComparer.Ordinal)
    {
        ["ras-error-handler"] = VmAttributes.RasErrorHandler,
        ["amu-counting-disabled"] = VmAttributes.AmuCountingDisabled,
        ["crash-fatal"] = VmAttributes.CrashFatal | VmAttributes.NoShutdown | VmAttributes.NoReset,
        ["no-shutdown"] = VmAttributes.NoShutdown,
        ["no-reset"] = VmAttributes.NoReset,
        ["context-dump"] = VmAttributes.ContextDump,
        ["guest-ram-dump"] = VmAttributes.GuestRamDump,
        ["insecure-console"] = VmAttributes.InsecureConsole,
    };

    /// <summary>Reads a configuration.</summary>
    /// <param name="tree">The whole devicetree of the VM.</param>
    /// <param name="configuration">The configuration, on success.</param>
    /// <param name="error">What is wrong, otherwise.</param>
    public static bool TryParse(
        Tree tree,
        [NotNullWhen(true)] out VmConfiguration? configuration,
        [NotNullWhen(false)] out string? error)
    {
        configuration = null;
        error = CheckShape(tree);
        if (error is not null)
            return false;
        if (_rootPaths.Select(tree.Find).FirstOrDefault(node => node is not null) is not Node root)
        {
            error = "there is no /gunyah-vm-config";
            return false;
        }

        var reader = new ConfigurationReader();
        var candidate = new VmConfiguration(
            ReadIdentity(reader, root),
            ReadAttributes(reader, root),
            ReadMemory(reader, root.Child("memory")),
            VcpuConfigurationParser.Read(reader, tree, root.Child("vcpus")),
            ReadGic(reader, tree, root.Child("interrupts")),
            VdeviceConfigurationParser.ReadAll(reader, tree));
        error = reader.Error;
        if (error is not null)
            return false;
        configuration = candidate;
        return true;
    }

    /// <summary>The limits on the tree as a whole, and the rule that nothing but <c>/memory</c> may pose as memory.</summary>
    private static string? CheckShape(Tree tree)
    {
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            int depth = 0;
            for (Node above = node; above.Parent is Node parent; above = parent)
                depth++;
            if (depth > MaxDepth)
                return $"a node is nested deeper than {MaxDepth} levels";
            string path = node.Path;
            if (path.Length > MaxPath)
                return $"a path is longer than {MaxPath} characters";
            bool isMemory = node.Property("device_type") is { } type && type.TryGetString(out string? text) && text == "memory";
            if (isMemory && path != "/memory")
                return $"{path} has device_type \"memory\"";
        }
        return null;
    }

    private static IdentityConfiguration ReadIdentity(ConfigurationReader reader, Node root)
    {
        string? name = reader.OptionalString(root, "image-name");
        reader.Require(name is { Length: > 0 and <= MaxName }, $"{root.Path}:image-name must have 1 to {MaxName} characters");
        reader.Require(reader.OptionalString(root, "vm-type") is null or "aarch64-guest",
            $"{root.Path}:vm-type is not aarch64-guest");
        reader.Require(reader.OptionalString(root, "os-type") is null or "linux", $"{root.Path}:os-type is not linux");

        string? uri = reader.OptionalString(root, "vm-uri");
        string? guidText = reader.OptionalString(root, "vm-guid");
        ImmutableArray<byte>? guid = null;
        if (guidText is not null)
        {
            if (Guid.TryParseExact(guidText, "D", out Guid parsed))
                guid = [.. parsed.ToByteArray(bigEndian: true)];
            else
                reader.Fail($"{root.Path}:vm-guid is malformed");
        }
        // A URI that is too long is dropped without a word, as the original does.
        return new(name ?? "", uri is { Length: > 0 and <= MaxName } ? uri : null, guid, guidText);
    }

    private static VmAttributes ReadAttributes(ConfigurationReader reader, Node root)
    {
        VmAttributes attributes = VmAttributes.None;
        foreach (string word in reader.Strings(root, "vm-attrs"))
            attributes |= _attributeWords.GetValueOrDefault(word);
        return attributes;
    }

    private static MemoryConfiguration ReadMemory(ConfigurationReader reader, Node? node)
    {
        const ulong defaultSizeMax = GuestAddressSpace.End - DefaultBase;
        if (node is null)
            return new(DefaultBase, 0, defaultSizeMax, IsDirect: false, default);

        ulong stated = reader.OptionalAddress(node, "base-address") ?? DefaultBase;
        reader.Require(Page.IsAligned(stated), $"{node.Path}:base-address is not page aligned");
        reader.Require(stated < GuestAddressSpace.End - BaseAlignment, $"{node.Path}:base-address is outside the address space");
        ulong start = reader.Error is null ? (stated + (BaseAlignment - 1)) & ~(BaseAlignment - 1) : DefaultBase;

        ulong sizeMin = reader.OptionalSize(node, "size-min") ?? 0;
        ulong sizeMax = reader.OptionalSize(node, "size-max") ?? GuestAddressSpace.End - start;
        reader.Require(Page.IsAligned(sizeMin), $"{node.Path}:size-min is not page aligned");
        reader.Require(Page.IsAligned(sizeMax), $"{node.Path}:size-max is not page aligned");
        reader.Require(sizeMax <= GuestAddressSpace.End - start,
            $"{node.Path}: base-address and size-max leave the address space");

        (uint, uint) constraints = default;
        if (node.Property("base-mem-constraints") is { } property)
        {
            if (property.TryGetCells(out uint[]? cells) && cells.Length == 2)
                constraints = (cells[0], cells[1]);
            else
                reader.Fail($"{node.Path}:base-mem-constraints is not two cells");
        }
        return new(start, sizeMin, sizeMax, node.Property("is-direct") is not null, constraints);
    }

    /// <summary>The path of the interrupt controller: by path, by phandle, or what the root points to.</summary>
    private static string ReadGic(ConfigurationReader reader, Tree tree, Node? interrupts)
    {
        Node? gic;
        if (interrupts?.Property("config") is { } config)
            gic = config.TryGetString(out string? path) && path.StartsWith('/') ? tree.Find(path)
                : config.TryGetU32(out uint phandle) ? tree.FindByPhandle(phandle)
                : null;
        else
            gic = tree.Root.Property("interrupt-parent") is { } parent && parent.TryGetU32(out uint inherited)
                ? tree.FindByPhandle(inherited)
                : null;

        reader.Require(gic is not null && gic.IsCompatible("arm,gic-v3"), "the configuration names no arm,gic-v3 node");
        reader.Require(
            gic?.Property("#interrupt-cells") is { } cells && cells.TryGetU32(out uint count) && count == GicSpecifier.Cells,
            string.Create(CultureInfo.InvariantCulture, $"the GIC's #interrupt-cells is not {GicSpecifier.Cells}"));
        return gic?.Path ?? "/";
    }
}
