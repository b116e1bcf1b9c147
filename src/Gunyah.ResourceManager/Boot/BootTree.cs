using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Devicetree;
using Devicetree.Flattened;
using Gunyah.Abi;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Platform;

namespace Gunyah.ResourceManager.Boot;

/// <summary>
/// The devicetree form of a <see cref="BootEnvironment"/>, reader and writer together so that the schema is in one place:
/// <code>
/// / {
///     compatible = "gunyah-net,resource-manager-boot";
///     capabilities {
///         cspace, partition, vcpu, addrspace, vic = 64-bit capability IDs;
///         shared-interrupts = one cell;
///         memory = triples of 64-bit numbers: capability ID, base, size;
///         hardware-interrupts = pairs of 64-bit numbers: capability ID, INTID;  // may be absent
///     };
///     options {
///         dialect = "v6" | "upstream" | "qcom";
///         profile = "documented" | "reference";
///         accepts-shared-images;                      // a flag
///     };
///     primary {
///         memory = pairs of 64-bit numbers: base, size;
///         image, devicetree, ramdisk = one such pair;  // ramdisk may be absent
///         vcpus = one cell;
///         entry = a 64-bit address;                    // may be absent
///     };
/// };
/// </code>
/// </summary>
public static class BootTree
{
    private const string CompatibleName = "gunyah-net,resource-manager-boot";

    private static readonly string[] _dialectNames = Enum.GetNames<Dialect>();
    private static readonly string[] _profileNames = Enum.GetNames<Profile>();

    /// <summary>Writes the environment as a flattened devicetree.</summary>
    public static byte[] Write(BootEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        var tree = new Tree();
        tree.Root.SetString("compatible", CompatibleName);

        BootCapabilities own = environment.Capabilities;
        Node capabilities = tree.Root.AddChild("capabilities");
        capabilities.SetU64("cspace", own.CapabilitySpace.Value);
        capabilities.SetU64("partition", own.Partition.Value);
        capabilities.SetU64("vcpu", own.Vcpu.Value);
        capabilities.SetU64("addrspace", own.AddressSpace.Value);
        capabilities.SetU64("vic", own.Vic.Value);
        capabilities.SetCells("shared-interrupts", own.SharedInterrupts);
        capabilities.SetU64("memory",
            [.. own.Memory.SelectMany(extent => new[] { extent.Capability.Value, extent.Base, extent.Size })]);
        if (!own.HardwareInterrupts.IsEmpty)
            capabilities.SetU64("hardware-interrupts",
                [.. own.HardwareInterrupts.SelectMany(line => new[] { line.Capability.Value, line.Intid })]);

        Node options = tree.Root.AddChild("options");
        options.SetString("dialect", WordOf(_dialectNames, (int)environment.Options.Dialect));
        options.SetString("profile", WordOf(_profileNames, (int)environment.Options.Profile));
        if (environment.Options.AcceptsSharedImages)
            options.SetFlag("accepts-shared-images");

        PrimaryVmPlan plan = environment.Primary;
        Node primary = tree.Root.AddChild("primary");
        primary.SetU64("memory", [.. plan.Memory.SelectMany(block => new[] { block.Base, block.Size })]);
        primary.SetU64("image", plan.Image.Base, plan.Image.Size);
        primary.SetU64("devicetree", plan.Devicetree.Base, plan.Devicetree.Size);
        if (plan.Ramdisk is MemoryBlock ramdisk)
            primary.SetU64("ramdisk", ramdisk.Base, ramdisk.Size);
        primary.SetCells("vcpus", (uint)plan.Vcpus);
        if (plan.Entry is ulong entry)
            primary.SetU64("entry", entry);
        return FdtWriter.Write(tree);
    }

    /// <summary>Reads an environment from a flattened devicetree.</summary>
    /// <param name="blob">The blob; bytes after its end are ignored.</param>
    /// <param name="environment">The environment, on success.</param>
    /// <param name="error">What is missing or wrong, otherwise.</param>
    internal static bool TryRead(
        ReadOnlyMemory<byte> blob,
        [NotNullWhen(true)] out BootEnvironment? environment,
        [NotNullWhen(false)] out string? error)
    {
        environment = null;
        if (!FdtReader.TryRead(blob, out Tree? tree, out FdtError? malformed))
        {
            error = $"the boot environment is no devicetree: {malformed}";
            return false;
        }
        var reader = new Reader(tree);
        BootEnvironment candidate = reader.Read();
        error = reader.Error;
        if (error is not null)
            return false;
        environment = candidate;
        return true;
    }

    private static string WordOf(string[] names, int value) => names[value].ToLowerInvariant();

    /// <summary>Reads properties; the first one that is missing or malformed is remembered.</summary>
    private sealed class Reader(Tree tree)
    {
        public string? Error { get; private set; }

        public BootEnvironment Read()
        {
            if (!tree.Root.IsCompatible(CompatibleName))
                Fail($"/ is not compatible with {CompatibleName}");
            return new(
                new(
                    Capability("cspace"), Capability("partition"), Capability("vcpu"), Capability("addrspace"), Capability("vic"),
                    Cell("/capabilities", "shared-interrupts", 1, 988),
                    [.. Groups("/capabilities", "memory", 3).Select(
                        numbers => new BootExtent(new(numbers[0]), numbers[1], numbers[2]))])
                {
                    HardwareInterrupts = HardwareInterrupts(),
                },
                new(
                    (Dialect)Word("dialect", _dialectNames),
                    (Profile)Word("profile", _profileNames),
                    tree.Find("/options")?.Property("accepts-shared-images") is not null),
                new(
                    [.. Groups("/primary", "memory", 2).Select(numbers => new MemoryBlock(numbers[0], numbers[1]))],
                    Block("image"), Block("devicetree"),
                    tree.Find("/primary")?.Property("ramdisk") is null ? null : Block("ramdisk"),
                    (int)Cell("/primary", "vcpus", 1, 8),
                    tree.Find("/primary")?.Property("entry") is null
                        ? null : Groups("/primary", "entry", 1).FirstOrDefault()?[0]));
        }

        private CapId Capability(string name) =>
            tree.Find("/capabilities")?.Property(name) is { } property && property.TryGetU64(out ulong id)
                ? new(id)
                : new(Fail($"/capabilities:{name} is not one 64-bit number"));

        private ImmutableArray<BootInterrupt> HardwareInterrupts()
        {
            const string Name = "hardware-interrupts";
            if (tree.Find("/capabilities")?.Property(Name) is null)
                return [];
            ImmutableArray<ulong[]> pairs = Groups("/capabilities", Name, 2);
            if (pairs.Any(static pair => pair[1] is < InterruptIds.FirstSpi or > InterruptIds.LastSpi))
                Fail($"/capabilities:{Name} has a number that no shared interrupt has");
            return [.. pairs.Select(static pair => new BootInterrupt(new(pair[0]), (uint)pair[1]))];
        }

        private uint Cell(string path, string name, uint least, uint most)
        {
            if (tree.Find(path)?.Property(name) is { } property
                && property.TryGetU32(out uint value)
                && value >= least && value <= most)
                return value;
            Fail($"{path}:{name} is not one cell from {least} to {most}");
            return least;
        }

        private MemoryBlock Block(string name)
        {
            ulong[] numbers = Groups("/primary", name, 2).FirstOrDefault() ?? [0, 0];
            return new(numbers[0], numbers[1]);
        }

        private ImmutableArray<ulong[]> Groups(string path, string name, int width)
        {
            if (tree.Find(path)?.Property(name) is { } property
                && property.TryGetCells(out uint[]? cells)
                && cells.Length > 0 && cells.Length % (2 * width) == 0)
                return [.. cells.Chunk(2).Select(pair => ((ulong)pair[0] << 32) | pair[1]).Chunk(width)];
            Fail($"{path}:{name} is not a list of {width} 64-bit numbers each");
            return [];
        }

        private int Word(string name, string[] words)
        {
            int index = -1;
            if (tree.Find("/options")?.Property(name) is { } property && property.TryGetString(out string? word))
                index = Array.FindIndex(words, each => string.Equals(each, word, StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
                return index;
            Fail($"/options:{name} is none of {string.Join(", ", words)}");
            return 0;
        }

        private ulong Fail(string error)
        {
            Error ??= error;
            return 0;
        }
    }
}
