using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>The interrupt handling of a guest, one step at a time.</summary>
internal sealed class InterruptTaker
{
    private readonly IInterruptController _gic;

    public InterruptTaker(IVcpu vcpu)
        : this(vcpu.Interrupts)
    {
    }

    public InterruptTaker(IInterruptController gic)
    {
        _gic = gic;
        _gic.EnableDistributor(group0: false, group1: true);
        _gic.EnableCpuInterface(group0: false, group1: true);
        _gic.SetPriorityMask(0xFF);
    }

    public IInterruptController Gic => _gic;

    public void Enable(uint intid, InterruptTrigger trigger)
    {
        _gic.SetGroup(intid, group1: true);
        _gic.SetTrigger(intid, trigger);
        _gic.SetEnabled(intid, enabled: true);
    }

    /// <summary>Acknowledges one interrupt; 1023 if there is none.</summary>
    public uint Acknowledge() => _gic.Acknowledge();

    public void End(uint intid) => _gic.EndOfInterrupt(intid);

    /// <summary>Acknowledges and ends whatever there is, at most a few times, and tells how often it was this one.</summary>
    public int Take(uint intid, int atMost = 5)
    {
        int count = 0;
        for (int i = 0; i < atMost; i++)
        {
            uint taken = _gic.Acknowledge();
            if (taken == InterruptIds.Spurious)
                break;
            count += taken == intid ? 1 : 0;
            _gic.EndOfInterrupt(taken);
        }

        return count;
    }
}
