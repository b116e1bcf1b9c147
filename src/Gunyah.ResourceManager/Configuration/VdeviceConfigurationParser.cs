using System.Collections.Immutable;
using Devicetree;
using Gunyah.Abi.Rpc;
using Gunyah.Abi.Vcpus;

namespace Gunyah.ResourceManager.Configuration;

/// <summary>
/// Reads the vdevices of a configuration: every node that has <c>vdevice-type</c>, wherever it is (gunyah-rm.md 7.6).
/// </summary>
internal static class VdeviceConfigurationParser
{
    /// <summary>So many that the owner's list of them still fits one reply: a pair takes two entries of 44 bytes.</summary>
    private const int MaxVdevices = 128;

    private const int MaxPushCompatible = 6;

    /// <summary>The Resource Manager adds three strings of its own to its node.</summary>
    private const int MaxRpcPushCompatible = 3;

    private const int MaxGenerateDepth = 15;
    private const int MaxGenerateLength = 256;
    private const int MaxNameLength = 128;

    public static ImmutableArray<VdeviceConfiguration> ReadAll(ConfigurationReader reader, Tree tree)
    {
        var vdevices = ImmutableArray.CreateBuilder<VdeviceConfiguration>();
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            if (node.Property("vdevice-type") is not null)
                vdevices.Add(Read(reader, node, reader.OptionalString(node, "vdevice-type") ?? ""));
        }
        reader.Require(vdevices.OfType<RpcLinkConfiguration>().Count() <= 1, "there is more than one rm-rpc vdevice");
        reader.Require(vdevices.Count <= MaxVdevices, $"there are more than {MaxVdevices} vdevices");
        return vdevices.ToImmutable();
    }

    private static VdeviceConfiguration Read(ConfigurationReader reader, Node node, string type)
    {
        switch (type)
        {
            case "rm-rpc":
                reader.Require(node.Property("generate") is not null, $"{node.Path}: rm-rpc needs generate");
                return new RpcLinkConfiguration(
                    Common(reader, node, "/", virqs: 2, MaxRpcPushCompatible, hasPeer: false),
                    Number(reader, node, "message-size", RpcLimits.FragmentSize),
                    Number(reader, node, "queue-depth", RpcLimits.QueueDepth));
            case "doorbell":
                return new DoorbellConfiguration(Common(reader, node, "/hypervisor/qcom,doorbell", virqs: 1),
                    SourceCanClear(node));
            case "doorbell-source":
                return new DoorbellSourceConfiguration(Common(reader, node, "/hypervisor/qcom,doorbell-source", virqs: 0),
                    SourceCanClear(node));
            case "message-queue":
                bool isSender = node.Property("is-sender") is not null;
                reader.Require(isSender != (node.Property("is-receiver") is not null),
                    $"{node.Path} needs one of is-sender and is-receiver");
                return new MessageQueueConfiguration(
                    Common(reader, node, "/hypervisor/qcom,message-queue", virqs: 1),
                    isSender,
                    Number(reader, node, "message-size", RpcLimits.FragmentSize),
                    Number(reader, node, "queue-depth", RpcLimits.QueueDepth));
            case "message-queue-pair":
                return new MessageQueuePairConfiguration(
                    Common(reader, node, "/hypervisor/qcom,message-queue-pair", virqs: 2),
                    Number(reader, node, "message-size", RpcLimits.FragmentSize),
                    Number(reader, node, "queue-depth", RpcLimits.QueueDepth));
            case "shm" or "shm-doorbell" or "virtio-mmio":
                // Only the shape of what is refused later is checked, where it decides which error the client sees.
                reader.Require(
                    node.Children.Count > 0 && node.Children.All(child => child.Name == "memory"),
                    $"{node.Path} needs one child named memory");
                return new UnservedVdeviceConfiguration(Unserved(node), type);
            case "iomem" or "vsmmu-v2" or "vrtc-pl031" or "watchdog":
                return new UnservedVdeviceConfiguration(Unserved(node), type);
            default:
                reader.Fail($"{node.Path}: there is no vdevice-type \"{type}\"");
                return new UnservedVdeviceConfiguration(Unserved(node), type);
        }
    }

    private static VdeviceCommon Unserved(Node node) => new(0, node.Path, [], [], null);

    private static bool SourceCanClear(Node node) => node.Property("source-can-clear") is not null;

    private static VdeviceCommon Common(
        ConfigurationReader reader, Node node, string defaultPath, int virqs, int maxPush = MaxPushCompatible,
        bool hasPeer = true)
    {
        string generate = reader.OptionalString(node, "generate") ?? defaultPath;
        string[] names = generate.Split('/', StringSplitOptions.RemoveEmptyEntries);
        bool isPath = generate.StartsWith('/') && generate.Length <= MaxGenerateLength
            && names.Length is > 0 and <= MaxGenerateDepth
            && names.All(name => name.Length <= MaxNameLength && name.All(IsNameCharacter));
        reader.Require(isPath, $"{node.Path}:generate is not the path of a node");

        string[] push = reader.Strings(node, "push-compatible");
        reader.Require(push.Length <= maxPush, $"{node.Path}:push-compatible has more than {maxPush} strings");

        uint? label = reader.Label(node);
        PeerName? peer = null;
        if (hasPeer)
        {
            reader.Require(label is not null, $"{node.Path} has no label");
            peer = ReadPeer(reader, node);
        }
        return new(label ?? 0, generate, [.. push], ReadVirqs(node, virqs), peer);
    }

    /// <summary>An <c>@</c> is excluded: the last name gets a unit address, and its parents exist without one.</summary>
    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is ',' or '.' or '_' or '+' or '-';

    private static PeerName? ReadPeer(ConfigurationReader reader, Node node)
    {
        if (reader.OptionalString(node, "peer") is not string text)
        {
            reader.Require(node.Property("peer-default") is not null, $"{node.Path} has neither peer nor peer-default");
            return null;
        }
        (string prefix, PeerNameKind kind)[] forms =
            [("vm-name:", PeerNameKind.Name), ("vm-uri:", PeerNameKind.Uri), ("vm-guid:", PeerNameKind.Guid)];
        foreach ((string prefix, PeerNameKind kind) in forms)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal))
                return new(kind, text[prefix.Length..]);
        }
        reader.Fail($"{node.Path}:peer is none of vm-name:, vm-uri:, vm-guid:");
        return null;
    }

    /// <summary>Interrupts that are demanded in any other way than exactly as they should be are not demanded at all.</summary>
    private static ImmutableArray<VirqDemand> ReadVirqs(Node node, int count)
    {
        if (count == 0
            || node.Property("interrupts") is not { } property
            || !property.TryGetCells(out uint[]? cells)
            || cells.Length != count * GicSpecifier.Cells)
            return [];
        var virqs = ImmutableArray.CreateBuilder<VirqDemand>(count);
        foreach (uint[] specifier in cells.Chunk(GicSpecifier.Cells))
        {
            if (!GicSpecifier.TryGetShared(specifier, out uint intid, out InterruptTrigger trigger))
                return [];
            virqs.Add(new(intid, trigger));
        }
        return virqs.ToImmutable();
    }

    private static ushort Number(ConfigurationReader reader, Node node, string name, uint absent)
    {
        uint value = reader.OptionalCell(node, name) ?? absent;
        reader.Require(value <= ushort.MaxValue, $"{node.Path}:{name} is too large");
        return (ushort)value;
    }
}
