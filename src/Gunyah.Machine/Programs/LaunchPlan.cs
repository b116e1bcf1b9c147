using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Devicetree;
using Devicetree.Flattened;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.Machine.Programs;

/// <summary>
/// What the primary VM is to do, as the machine leaves it in the primary VM's ramdisk: a flattened devicetree, reader and writer
/// together so that the schema is in one place:
/// <code>
/// / {
///     compatible = "gunyah-net,launch-plan";
///     rounds = one cell;
///     vm@0 {
///         vm-name = string;
///         memory-size = one 64-bit number;
///         proxy-scheduled;                     // a flag
///         image = bytes;                       // goes to the start of the VM's memory
///         config = bytes;                      // its configuration devicetree
///         messages, seed, timeout = one 64-bit number each;
///         message-size = one cell;
///     };
/// };
/// </code>
/// </summary>
/// <param name="Rounds">How often to run through all VMs, at least 1.</param>
/// <param name="Vms">The VMs, one after the other.</param>
internal sealed record LaunchPlan(int Rounds, ImmutableArray<PlannedVm> Vms)
{
    private const string CompatibleName = "gunyah-net,launch-plan";

    /// <summary>Writes the plan.</summary>
    public byte[] Write()
    {
        var tree = new Tree();
        tree.Root.SetString("compatible", CompatibleName);
        tree.Root.SetCells("rounds", (uint)Rounds);
        for (int i = 0; i < Vms.Length; i++)
        {
            PlannedVm vm = Vms[i];
            Node node = tree.Root.AddChild(string.Create(CultureInfo.InvariantCulture, $"vm@{i:x}"));
            node.SetString("vm-name", vm.Name);
            node.SetU64("memory-size", vm.Memory);
            if (vm.IsProxyScheduled)
                node.SetFlag("proxy-scheduled");
            node.Set("image", vm.Image);
            node.Set("config", vm.Config);
            node.SetU64("messages", vm.Exchange.Messages);
            node.SetCells("message-size", (uint)vm.Exchange.Size);
            node.SetU64("seed", vm.Exchange.Seed);
            node.SetU64("timeout", vm.Exchange.Timeout);
        }

        return FdtWriter.Write(tree);
    }

    /// <summary>Reads a plan.</summary>
    /// <param name="blob">The ramdisk; bytes after the plan's end are ignored.</param>
    /// <param name="plan">The plan, on success.</param>
    /// <param name="error">What is missing or wrong, otherwise.</param>
    public static bool TryRead(ReadOnlyMemory<byte> blob, [NotNullWhen(true)] out LaunchPlan? plan,
        [NotNullWhen(false)] out string? error)
    {
        plan = null;
        if (!FdtReader.TryRead(blob, out Tree? tree, out FdtError? malformed))
        {
            error = $"the launch plan is no devicetree: {malformed}";
            return false;
        }

        if (!tree.Root.IsCompatible(CompatibleName) || tree.Root.Property("rounds")?.TryGetU32(out uint rounds) is not true
            || rounds is 0 or > int.MaxValue)
        {
            error = $"the ramdisk is not compatible with {CompatibleName}, or does not say how many rounds to make";
            return false;
        }

        var vms = ImmutableArray.CreateBuilder<PlannedVm>();
        foreach (Node node in tree.Root.Children)
        {
            if (!TryRead(node, out PlannedVm? vm))
            {
                error = $"{node.Path} lacks a property of a VM, or one has the wrong form";
                return false;
            }

            vms.Add(vm);
        }

        plan = new((int)rounds, vms.ToImmutable());
        error = null;
        return true;
    }

    private static bool TryRead(Node node, [NotNullWhen(true)] out PlannedVm? vm)
    {
        vm = null;
        if (node.Property("vm-name")?.TryGetString(out string? name) is not true
            || !TryGetU64(node, "memory-size", out ulong memory)
            || node.Property("image") is not { } image
            || node.Property("config") is not { } config
            || !TryGetU64(node, "messages", out ulong messages)
            || node.Property("message-size")?.TryGetU32(out uint size) is not true
            || size is 0 or > MessageQueueLimits.MaxMessageSize
            || !TryGetU64(node, "seed", out ulong seed)
            || !TryGetU64(node, "timeout", out ulong timeout))
            return false;

        vm = new(
            name!, memory, node.Property("proxy-scheduled") is not null, image.Value.ToArray(), config.Value.ToArray(),
            new(messages, (int)size, seed, timeout));
        return true;
    }

    private static bool TryGetU64(Node node, string name, out ulong value)
    {
        value = 0;
        return node.Property(name) is { } property && property.TryGetU64(out value);
    }
}

/// <summary>A VM that the primary VM is to create.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Memory">Its memory in bytes.</param>
/// <param name="IsProxyScheduled">True if the primary VM is to run its vCPU.</param>
/// <param name="Image">What goes to the start of its memory.</param>
/// <param name="Config">Its configuration devicetree.</param>
/// <param name="Exchange">What to exchange with it.</param>
internal sealed record PlannedVm(string Name, ulong Memory, bool IsProxyScheduled, byte[] Image, byte[] Config,
    ExchangePlan Exchange);

/// <summary>
/// What both ends of an exchange must know. The primary VM has it from its launch plan, the other one from its boot arguments,
/// where it stands as <c>exchange.messages=… exchange.size=… exchange.seed=… exchange.timeout=…</c>.
/// </summary>
/// <param name="Messages">How many messages in each direction.</param>
/// <param name="Size">Their size in bytes.</param>
/// <param name="Seed">The seed of the primary VM's stream; the other one is its reverse.</param>
/// <param name="Timeout">The longest silence in nanoseconds.</param>
internal readonly record struct ExchangePlan(ulong Messages, int Size, ulong Seed, ulong Timeout)
{
    /// <summary>The label by which both sides know the pair of queues.</summary>
    public const uint QueueLabel = 1;

    private const string Prefix = "exchange.";

    /// <summary>The longest silence as a span of time; what does not fit is as good as for ever.</summary>
    public TimeSpan Patience => TimeSpan.FromTicks((long)Math.Min(Timeout / TimeSpan.NanosecondsPerTick, long.MaxValue));

    /// <summary>The primary VM's stream.</summary>
    public ExchangeStream PrimaryStream => new(Seed, Size);

    /// <summary>The boot arguments of the other VM.</summary>
    public string ToBootArguments() =>
        string.Create(CultureInfo.InvariantCulture,
        $"{Prefix}messages={Messages} {Prefix}size={Size} {Prefix}seed={Seed} {Prefix}timeout={Timeout}");

    /// <summary>Reads boot arguments; words of others are left alone.</summary>
    public static bool TryParse(string arguments, out ExchangePlan plan)
    {
        ulong? messages = null, size = null, seed = null, timeout = null;
        foreach (string word in arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !ulong.TryParse(word.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture,
                out ulong value))
                continue;
            switch (word[..equals])
            {
                case Prefix + "messages":
                    messages = value;
                    break;
                case Prefix + "size":
                    size = value;
                    break;
                case Prefix + "seed":
                    seed = value;
                    break;
                case Prefix + "timeout":
                    timeout = value;
                    break;
            }
        }

        bool complete = messages is not null && size is >= 1 and <= MessageQueueLimits.MaxMessageSize && seed is not null
            && timeout is not null;
        plan = complete ? new(messages!.Value, (int)size!.Value, seed!.Value, timeout!.Value) : default;
        return complete;
    }
}
