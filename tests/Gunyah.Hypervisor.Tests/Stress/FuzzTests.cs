using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Stress;

/// <summary>A guest that calls anything with anything.</summary>
public class FuzzTests
{
    private const int Calls = 10_000;
    private const ulong Heap = 4 << 20;

    [Theory]
    [InlineData(1, Profile.Documented)]
    [InlineData(2, Profile.Documented)]
    [InlineData(3, Profile.Reference)]
    [InlineData(4, Profile.Reference)]
    public void Random_calls_throw_nothing_and_stay_within_the_heap(int seed, Profile profile)
    {
        // The seed is in the test's name; the same one makes the same calls.
        var random = new Random(seed);
        var machine = new TestMachine(profile, seed: seed, heap: Heap);
        machine.Programs.Add("p", (_, _) => VcpuStep.Yield);
        machine.PutImage(TestMachine.Buffer, "p");
        var guest = new TestGuest(machine, "guest", (vcpu, _) =>
        {
            OneCall(random, vcpu);
            return random.Next(4) == 0 ? VcpuStep.WaitForInterrupt : VcpuStep.Yield;
        });
        for (int i = 0; i < Calls; i++)
        {
            // The root vCPU may have stopped itself; then its guests go on.
            if (machine.Root.IsHalted)
                machine.RootThread.PowerOn(null, new(TestMachine.Buffer, 0));
            OneCall(random, machine.Root);
            machine.RootThread.Run(3);
            guest.Vcpu.Thread.Run(2);
            machine.Platform.Advance((ulong)random.Next(1_000_000));
            Poke(random, machine.Root.Interrupts);
        }

        Assert.InRange(machine.Hypervisor.Inspection.HeapUsed, 1UL, Heap);
        Assert.InRange(machine.Hypervisor.PhysicalMemory.Committed, 0, (long)TestMachine.RamSize);
    }

    private static void OneCall(Random random, IVcpu vcpu)
    {
        GuestRegisters r = default;
        for (int i = 0; i < 10; i++)
            r.X[i] = Word(random);
        if (random.Next(3) == 0)
        {
            // A row with its reserved registers right gets further.
            HypercallRow row = HypercallTable.Rows[random.Next(HypercallTable.Rows.Length)];
            for (int i = 0; i < row.Inputs.Length; i++)
            {
                r.X[i] = row.Inputs[i].Kind switch
                {
                    HypercallInputKind.ReservedZero => 0,
                    HypercallInputKind.ReservedOnes => ulong.MaxValue,
                    HypercallInputKind.Capability or HypercallInputKind.CapabilityByCall => (ulong)random.Next(40),
                    _ => r.X[i],
                };
            }

            vcpu.Hypercall(row.Immediate, ref r);
            return;
        }

        switch (random.Next(4))
        {
            case 0:
                r.X[0] = 0xC600_8000 + (ulong)random.Next(0x70);
                vcpu.Hypercall(0, ref r);
                break;
            case 1:
                r.X[0] = (random.Next(2) == 0 ? 0x8400_0000UL : 0xC400_0000) + (ulong)random.Next(0x20);
                vcpu.Hypercall(0, ref r);
                break;
            case 2:
                vcpu.Hypercall((ushort)(0x6000 + random.Next(0x70)), ref r);
                break;
            default:
                vcpu.Hypercall((ushort)random.Next(0x1_0000), ref r);
                break;
        }
    }

    private static ulong Word(Random random) => random.Next(8) switch
    {
        0 => 0,
        1 => ulong.MaxValue,
        2 => (ulong)random.Next(64),
        3 => TestMachine.RamBase + ((ulong)random.Next(0x2000) * Page.Size),
        4 => (ulong)random.Next(0x10) << 12,
        5 => uint.MaxValue,
        6 => 1UL << random.Next(64),
        _ => (ulong)random.NextInt64(),
    };

    private static void Poke(Random random, IInterruptController gic)
    {
        uint intid = (uint)random.Next(1100);
        switch (random.Next(10))
        {
            case 0:
                gic.SetEnabled(intid, random.Next(2) == 0);
                break;
            case 1:
                gic.SetPending(intid, random.Next(2) == 0);
                break;
            case 2:
                gic.SetTrigger(intid, (InterruptTrigger)random.Next(2));
                break;
            case 3:
                gic.SetRoute(intid, random.Next(-1, 10));
                break;
            case 4:
                gic.SetPriority(intid, (byte)random.Next(256));
                break;
            case 5:
                gic.SetPriorityMask((byte)random.Next(256));
                break;
            case 6:
                gic.EnableDistributor(random.Next(2) == 0, random.Next(2) == 0);
                gic.EnableCpuInterface(random.Next(2) == 0, random.Next(2) == 0);
                break;
            case 7:
                gic.Acknowledge();
                break;
            case 8:
                gic.EndOfInterrupt(intid);
                break;
            default:
                gic.SendSoftwareInterrupt(intid % 20, random.Next(-1, 10));
                break;
        }
    }
}
