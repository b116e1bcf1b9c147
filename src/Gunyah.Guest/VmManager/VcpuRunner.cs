using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;

namespace Gunyah.Guest.VmManager;

/// <summary>
/// Runs one vCPU of a VM on the owner's time: vcpu_run over and over, waiting for the wake-up interrupt whenever the vCPU
/// cannot go on (gunyah-rm.md 9.6). The owner's own tasks get their turn after every run.
/// </summary>
public sealed class VcpuRunner
{
    private readonly GuestContext _context;
    private readonly Func<VmmioAccess, ulong>? _vmmio;
    private readonly AsyncEvent _wakeup;
    private readonly AsyncEvent _ended;
    private InterruptRegistration? _interrupt;
    private bool _started;
    private bool _stopping;

    internal VcpuRunner(GuestContext context, VmVcpuResource vcpu, Func<VmmioAccess, ulong>? vmmio)
    {
        (_context, Vcpu, _vmmio) = (context, vcpu, vmmio);
        _wakeup = new(context);
        _ended = new(context, autoReset: false);
    }

    /// <summary>The vCPU.</summary>
    public VmVcpuResource Vcpu { get; }

    /// <summary>How often it was run.</summary>
    public ulong Runs { get; private set; }

    /// <summary>What the last run answered.</summary>
    public VcpuRunResult LastResult { get; private set; }

    /// <summary>The error that ended the runs; <see cref="GunyahError.Ok"/> before, or if the vCPU ended.</summary>
    public GunyahError Error { get; private set; }

    /// <summary>True once the vCPU will not be run again.</summary>
    public bool HasEnded => _ended.IsSet;

    /// <summary>Takes the wake-up interrupt.</summary>
    /// <returns>False where it cannot be had.</returns>
    internal bool TryPrepare() =>
        Vcpu.WakeupIntid is not { } intid
        || _context.Interrupts.TryRequest(intid, InterruptTrigger.EdgeRising, _wakeup.Set, out _interrupt);

    /// <summary>Begins to run the vCPU, unless the hypervisor schedules it by itself.</summary>
    internal void Start()
    {
        if (Vcpu.WakeupIntid is null || _started)
            return;
        _started = true;
        _context.Spawn(RunAsync);
    }

    /// <summary>Waits until the vCPU has ended, if it was ever run.</summary>
    internal ValueTask<WaitResult> WaitForEndAsync(Deadline deadline) =>
        _started ? _ended.WaitAsync(deadline) : new(WaitResult.Done);

    /// <summary>Runs it no more and gives the interrupt back.</summary>
    internal void Stop()
    {
        _stopping = true;
        _wakeup.Set();
        _interrupt?.Dispose();
    }

    private async Task RunAsync()
    {
        VcpuResumeData resume = default;
        while (!_stopping)
        {
            GunyahError error = _context.Port.VcpuRun(Vcpu.Capability, resume, out VcpuRunResult result);
            Runs++;
            resume = default;
            if (error == GunyahError.Retry)
            {
                await _context.YieldAsync();
                continue;
            }
            if (error != GunyahError.Ok)
            {
                Error = error;
                break;
            }

            LastResult = result;
            if (result is { State: VcpuRunState.PoweredOff } && (result.Data0 & 1) != 0)
                break;
            if (ExpectsWakeup(result.State))
            {
                await _wakeup.WaitAsync();
            }
            else
            {
                resume = Answer(result);
                await _context.YieldAsync();
            }
        }
        _ended.Set();
    }

    /// <summary>
    /// A vCPU that failed or asked for a reset is killed by the Resource Manager, and that wakes it for the last time.
    /// </summary>
    private static bool ExpectsWakeup(VcpuRunState state) =>
        state is VcpuRunState.ExpectsWakeup or VcpuRunState.PoweredOff or VcpuRunState.Fault or VcpuRunState.PsciSystemReset;

    /// <summary>What the next run is to be told: the value of an access to a device, or nothing.</summary>
    private VcpuResumeData Answer(in VcpuRunResult result)
    {
        switch (result.State)
        {
            case VcpuRunState.VmmioRead:
                return new(_vmmio?.Invoke(new(result.Data0, result.Data1, IsWrite: false, Value: 0)) ?? 0);
            case VcpuRunState.VmmioWrite:
                _vmmio?.Invoke(new(result.Data0, result.Data1, IsWrite: true, result.Data2));
                return default;
            default:
                return default;
        }
    }
}
