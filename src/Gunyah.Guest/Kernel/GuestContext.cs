using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Smccc;

namespace Gunyah.Guest.Kernel;

/// <summary>What a guest's tasks work with: the hypervisor, memory, interrupts, time, and how it was started.</summary>
public sealed class GuestContext
{
    internal GuestContext(GuestKernel kernel, IVcpu vcpu)
    {
        Kernel = kernel;
        Vcpu = vcpu;
        EntryPoint = vcpu.Registers.Pc;
        BootArgument = vcpu.Registers.X[0];
        Memory = new(vcpu);
        Waiters = new(this);
        Interrupts = new(vcpu.Interrupts);
        Timers = new(this);
    }

    /// <summary>The kernel that runs the tasks.</summary>
    public GuestKernel Kernel { get; }

    /// <summary>The vCPU. Only tasks of this kernel may use it.</summary>
    public IVcpu Vcpu { get; }

    /// <summary>The way into the hypervisor.</summary>
    public IHypervisorPort Port => Vcpu;

    /// <summary>The guest's memory.</summary>
    public GuestMemory Memory { get; }

    /// <summary>The guest's interrupts.</summary>
    public Interrupts Interrupts { get; }

    /// <summary>The guest's clock and deadlines.</summary>
    public Timers Timers { get; }

    /// <summary>Where the vCPU began: the address of the guest's image.</summary>
    public ulong EntryPoint { get; }

    /// <summary>X0 at the start: by the arm64 boot protocol the address of the devicetree.</summary>
    public ulong BootArgument { get; }

    internal WaiterPool Waiters { get; }

    /// <summary>True if somebody reads the guest's notes; make a text for <see cref="Note"/> only then.</summary>
    public bool ObservesNotes => Vcpu.Observes(EventKind.Note);

    /// <summary>Reports a text about what the guest does.</summary>
    public void Note(string text) => Vcpu.Report(EventKind.Note, default, text);

    /// <summary>
    /// Starts a task beside the running one. It runs up to its first wait at once; an exception that it does not handle
    /// stops the guest.
    /// </summary>
    public void Spawn(Func<Task> task)
    {
        ArgumentNullException.ThrowIfNull(task);
        Kernel.Watch(task());
    }

    /// <summary>Lets the other tasks that are ready run first.</summary>
    public ValueTask<WaitResult> YieldAsync() => Waiters.EndedByStep(WaitResult.Done);

    /// <summary>Asks PSCI to switch the whole VM off. Does not come back unless PSCI refuses.</summary>
    /// <returns>The PSCI error.</returns>
    public Task<int> SystemOffAsync() => PsciAsync(PsciFunctions.SystemOff);

    /// <summary>Asks PSCI to reset the whole VM. Does not come back unless PSCI refuses.</summary>
    /// <returns>The PSCI error.</returns>
    public Task<int> SystemResetAsync() => PsciAsync(PsciFunctions.SystemReset);

    private async Task<int> PsciAsync(uint function)
    {
        SmcccResult result = Smccc.Call(Port, function);

        // On a real core the call would not have come back; here the task is left waiting for ever instead.
        if (Vcpu.IsHalted)
            await Waiters.Wait(list: null, Deadline.Never, CancellationToken.None);
        return (int)result.X0;
    }
}
