using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>
/// A VM with one vCPU and 64 KiB of memory at guest address 0, its program at <see cref="Entry"/>. It uses the root VM's
/// capability space, so that a test can hand it any capability.
/// </summary>
internal sealed class TestGuest
{
    public const ulong Entry = 0x1000;
    public const ulong Size = 0x1_0000;

    public TestGuest(
        TestMachine machine, string name, Func<IVcpu, int, VcpuStep> run, VcpuOptions options = VcpuOptions.None,
        ushort vmid = 10, CapId? group = null, uint groupIndex = 0, CapId? vic = null)
    {
        machine.Programs.Add(name, (vcpu, budget) =>
        {
            Turns++;
            return run(vcpu, budget);
        });
        Vic = vic ?? machine.Vic();
        Space = machine.Create(ObjectType.AddressSpace);
        TestMachine.Ok(machine.Root.AddressSpaceConfigure(Space, vmid));
        TestMachine.Ok(machine.Root.Activate(Space));
        ulong offset = vmid * Size;
        Extent = machine.Extent(offset, Size);
        TestMachine.Ok(machine.Root.Map(Space, Extent, 0, MemoryAccess.All));
        machine.PutImage(TestMachine.RamBase + TestMachine.RootSize + offset + Entry, name);
        Cap = machine.NewVcpu(Vic, 0, Space, options);
        if (group is { } its)
            TestMachine.Ok(machine.Root.VpmGroupAttach(its, Cap, groupIndex));
        Vcpu = machine.ActiveVcpu(Cap);
    }

    /// <summary>Gives everything back that it was made of.</summary>
    public void Delete(TestMachine machine)
    {
        foreach (CapId cap in (CapId[])[Cap, Vic, Extent, Space])
            machine.Delete(cap);
    }

    public CapId Cap { get; }

    public CapId Vic { get; }

    public CapId Space { get; }

    public CapId Extent { get; }

    public Vcpu Vcpu { get; }

    /// <summary>What its program calls through, for a test that plays it.</summary>
    public VcpuPort Port => Vcpu.Port;

    /// <summary>How often the program was run.</summary>
    public int Turns { get; private set; }
}
