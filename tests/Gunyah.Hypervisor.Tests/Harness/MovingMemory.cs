using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>
/// Two pages of a guest that are taken from it in every way there is, and given back. What lies at stake is
/// <see cref="Physical"/>, whoever has it.
/// </summary>
internal sealed class MovingMemory
{
    public const ulong Window = 0x10_0000;
    public const ulong Size = 2 * Page.Size;
    private const ulong Offset = 0x100_0000;

    private readonly TestMachine _machine;
    private readonly CapId _space;
    private readonly CapId _other;
    private CapId _extent;
    private CapId _child;

    public MovingMemory(TestMachine machine, CapId space)
    {
        _machine = machine;
        _space = space;
        _other = machine.Extent(Offset + Size, Size);
        _extent = machine.Extent(Offset, Size);
        Map();
    }

    /// <summary>How it may be taken.</summary>
    public static IReadOnlyList<string> Ways { get; } =
        ["unmap", "unmap all", "remap", "update access", "donate", "donate and map elsewhere", "reclaim"];

    public static ulong Physical => TestMachine.RamBase + TestMachine.RootSize + Offset;

    /// <summary>Takes it: when this returns the guest reads and writes there no more.</summary>
    public void Take(string way) => TestMachine.Ok(way switch
    {
        "unmap" => _machine.Root.Unmap(_space, _extent, Window),
        "unmap all" => _machine.Root.ExtentUnmapAll(_extent),
        "remap" => _machine.Root.Map(_space, _other, Window, MemoryAccess.All),
        "update access" => _machine.Root.UpdateAccess(_space, _extent, Window, MemoryAccess.Execute),
        "donate" => Donate(MemoryAccess.Execute),
        "donate and map elsewhere" => DonateAndMapElsewhere(),
        "reclaim" => _machine.Root.DeleteCapability(_machine.Boot.CapabilitySpace, _extent),
        _ => throw new ArgumentOutOfRangeException(nameof(way)),
    });

    /// <summary>Undoes what was taken in that way.</summary>
    public void GiveBack(string way)
    {
        switch (way)
        {
            case "update access":
                TestMachine.Ok(_machine.Root.UpdateAccess(_space, _extent, Window, MemoryAccess.All));
                break;
            case "donate" or "donate and map elsewhere":
                _machine.Delete(_child);
                break;
            case "reclaim":
                _extent = _machine.Extent(Offset, Size);
                Map();
                break;
            default:
                Map();
                break;
        }
    }

    private void Map() => TestMachine.Ok(_machine.Root.Map(_space, _extent, Window, MemoryAccess.All));

    private GunyahError Donate(MemoryAccess access)
    {
        _child = _machine.Create(ObjectType.MemoryExtent);
        TestMachine.Ok(_machine.Root.ExtentDerive(_child, _extent, 0, Size, access));
        return _machine.Root.Activate(_child);
    }

    private GunyahError DonateAndMapElsewhere()
    {
        TestMachine.Ok(Donate(MemoryAccess.All));
        TestMachine.Ok(_machine.Root.Map(_machine.Boot.AddressSpace, _child, 0x8000_0000, MemoryAccess.All));
        return _machine.Root.Unmap(_space, _child, Window);
    }
}
