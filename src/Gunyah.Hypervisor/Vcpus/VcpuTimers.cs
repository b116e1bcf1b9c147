using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>
/// The generic timer of a vCPU: the counter, and a virtual and a physical timer whose interrupts are levels that follow their
/// registers. Both are over the one timer that the platform keeps for a vCPU. The lock orders what the vCPU does, what the
/// platform tells, and the end of the vCPU: what was withdrawn is not raised any more. Under it come the controller's lock and
/// the platform's.
/// </summary>
internal sealed class VcpuTimers(VcpuThread thread, IPlatform platform, CounterScale counter)
{
    private readonly Lock _gate = new();
    private ulong _asked = VcpuTimer.Never;

    public VcpuTimer Virtual { get; } = new(counter);

    public VcpuTimer Physical { get; } = new(counter);

    /// <summary>CNTFRQ_EL0.</summary>
    public uint Frequency => counter.Frequency;

    /// <summary>CNTVCT_EL0 and CNTPCT_EL0, which are the same here.</summary>
    public ulong Count => counter.CountAt(platform.Now);

    public void PlaceSources(Vic vic, VcpuInterface local)
    {
        vic.PlacePrivate(Virtual.Source, local, InterruptIds.VirtualTimer);
        vic.PlacePrivate(Physical.Source, local, InterruptIds.PhysicalTimer);
    }

    public ulong Control(VcpuTimer timer)
    {
        lock (_gate)
            return timer.Control(platform.Now);
    }

    public ulong Compare(VcpuTimer timer)
    {
        lock (_gate)
            return timer.Compare;
    }

    public ulong Left(VcpuTimer timer)
    {
        lock (_gate)
            return timer.Left(platform.Now);
    }

    public void SetControl(VcpuTimer timer, ulong value)
    {
        WakeUp wakeUp;
        lock (_gate)
        {
            timer.SetControl(value);
            wakeUp = Program(timer);
        }

        wakeUp.Deliver();
    }

    public void SetCompare(VcpuTimer timer, ulong value)
    {
        WakeUp wakeUp;
        lock (_gate)
        {
            timer.SetCompare(value);
            wakeUp = Program(timer);
        }

        wakeUp.Deliver();
    }

    public void SetLeft(VcpuTimer timer, ulong value)
    {
        WakeUp wakeUp;
        lock (_gate)
        {
            timer.SetLeft(value, platform.Now);
            wakeUp = Program(timer);
        }

        wakeUp.Deliver();
    }

    /// <summary>Sets the virtual timer as C# guests do: it rings once and is off then.</summary>
    /// <param name="deadline">When, in nanoseconds of the machine's time.</param>
    public void SetOnce(ulong deadline)
    {
        WakeUp wakeUp;
        lock (_gate)
        {
            Virtual.SetOnce(deadline);
            wakeUp = Program(Virtual);
        }

        wakeUp.Deliver();
    }

    /// <summary>Turns the virtual timer off and withdraws its interrupt.</summary>
    public void Cancel()
    {
        lock (_gate)
        {
            Virtual.Disable();
            Ask();
        }
    }

    /// <summary>Turns both timers off: the vCPU stops.</summary>
    public void Reset()
    {
        lock (_gate)
        {
            Physical.Disable();
            Virtual.Disable();
            Ask();
        }
    }

    /// <summary>The platform's call. One that comes early, late or for nothing does no harm.</summary>
    public void Expire()
    {
        WakeUp first;
        WakeUp second;
        lock (_gate)
        {
            _asked = VcpuTimer.Never;
            ulong now = platform.Now;
            first = Virtual.Ring(now);
            second = Physical.Ring(now);
            Ask();
        }

        first.Deliver();
        second.Deliver();
    }

    /// <summary>Raises what is due of a timer that changed, and asks the platform for the rest.</summary>
    private WakeUp Program(VcpuTimer timer)
    {
        WakeUp wakeUp = timer.Ring(platform.Now);
        Ask();
        return wakeUp;
    }

    private void Ask()
    {
        ulong due = Math.Min(Virtual.Due, Physical.Due);
        if (due == _asked)
            return;
        _asked = due;
        if (due == VcpuTimer.Never)
            platform.CancelTimer(thread);
        else
            platform.SetTimer(thread, due);
    }
}
