using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.Devices;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Memory;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>vCPUs and the scheduler (gunyah-abi.md 4.7 and 4.8).</summary>
internal sealed class VcpuRoom(
    HypervisorContext context, PhysicalMemory physical, IPlatform platform, IVmEngineLoader engines, CounterScale counter)
    : IRoom
{
    private const ulong KeepEntry = 1;
    private const ulong KeepContext = 2;
    private const ulong LastVcpu = 1;
    private const ulong ImplementationDefinedYield = 1UL << 31;
    private const ulong YieldHint = 0xFFFF;
    private const ulong YieldToThread = 1;

    private RegisterFace? _registers;
    private HypercallDispatcher? _dispatcher;

    public PhysicalMemory Physical { get; } = physical;

    public IPlatform Platform { get; } = platform;

    public IVmEngineLoader Engines { get; } = engines;

    public CounterScale Counter { get; } = counter;

    /// <summary>The machine's devices.</summary>
    public DeviceTable Devices { get; } = new();

    /// <summary>What a call of a vCPU goes through.</summary>
    public HypercallDispatcher Dispatcher => _dispatcher ?? throw new InvalidOperationException("the rooms are not open yet");

    /// <inheritdoc cref="Dispatcher"/>
    public RegisterFace Registers => _registers ?? throw new InvalidOperationException("the rooms are not open yet");

    public Vcpu Make(IObjectHeap heap) => new(context, heap, this);

    /// <summary>Once every room has declared its calls.</summary>
    public void Open(HypercallDispatcher dispatcher) => (_dispatcher, _registers) = (dispatcher, new(dispatcher));

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(VcpuCalls.Create, context, ObjectType.Thread, Vcpu.Footprint, Make);
        calls.Bind<Vcpu>(VcpuCalls.Configure, static (in call, vcpu) => vcpu.Configure((VcpuOptions)call.X1));
        calls.Bind<Vcpu>(VcpuCalls.RegisterWrite, static (in call, vcpu) =>
            vcpu.Thread.WriteRegister((VcpuRegisterSet)call.X1, (uint)call.X2, call.X3));
        calls.Bind<AddressSpace, Vic>(AddressSpaceCalls.AttachVdevice, static (in call, space, vic) =>
            vic.Place(space.Devices, (uint)call.X2, new(call.X3, call.X4), call.X5));
        DeclarePower(calls);
        DeclareScheduling(calls);
        calls.Bind<Vcpu, Vic>(VcpuCalls.BindVirq, static (in call, vcpu, vic) =>
            IsVirqType(call.X3) ? vcpu.Thread.BindVirq(vic, (uint)call.X2, (VcpuVirqType)call.X3) : GunyahError.ArgumentInvalid);
        calls.Bind<Vcpu>(VcpuCalls.UnbindVirq, static (in call, vcpu) =>
        {
            if (!IsVirqType(call.X1))
                return GunyahError.ArgumentInvalid;
            vcpu.Thread.UnbindVirq((VcpuVirqType)call.X1);
            return GunyahError.Ok;
        });
    }

    private static void DeclarePower(CallBook calls)
    {
        calls.Bind<Vcpu>(VcpuCalls.PowerOn, static (in call, vcpu) =>
        {
            ulong? entry = (call.X3 & KeepEntry) == 0 ? call.X1 : null;
            ulong? context = (call.X3 & KeepContext) == 0 ? call.X2 : null;
            return vcpu.Thread.PowerOn(call.Caller, new(entry, context));
        });
        calls.Bind<Vcpu>(VcpuCalls.PowerOff, static (in call, vcpu) =>
            vcpu.Port == call.Caller ? vcpu.Thread.PowerOffSelf((call.X1 & LastVcpu) != 0) : GunyahError.ArgumentInvalid);
        calls.Bind<Vcpu>(VcpuCalls.Kill, static (in _, vcpu) => vcpu.Thread.Kill());
    }

    private static void DeclareScheduling(CallBook calls)
    {
        calls.Bind(VcpuCalls.Yield, Yield);
        calls.Bind(VcpuCalls.SetAffinity, SetAffinity);
        calls.Bind<Vcpu>(VcpuCalls.SetPriority, static (in call, vcpu) => vcpu.SetPriority((uint)call.X1));
        calls.Bind<Vcpu>(VcpuCalls.SetTimeslice, static (in call, vcpu) => vcpu.SetTimeslice(call.X1));

        // Of the resume words only the first has a meaning, after a read of an emulated device.
        calls.Bind<Vcpu>(VcpuCalls.Run, static (in call, vcpu) =>
            Answer(call, vcpu.Thread.RunInside(call.Caller, new(call.X1, call.X2, call.X3), out VcpuRunResult result), result));
        calls.Bind<Vcpu>(VcpuCalls.RunCheck, static (in call, vcpu) =>
            Answer(call, vcpu.Thread.CheckRun(out VcpuRunResult result), result));
    }

    /// <summary>A yield ends no turn here: the program returns to the scheduler by itself.</summary>
    private static GunyahError Yield(in CallFrame call)
    {
        if ((call.X0 & ImplementationDefinedYield) != 0 || (call.X0 & YieldHint) > YieldToThread)
            return GunyahError.ArgumentInvalid;
        if ((call.X0 & YieldHint) != YieldToThread)
            return GunyahError.Ok;

        GunyahError error = call.Caller.Capabilities.Resolve(
            new(call.X1), ThreadRights.YieldTo, CapabilityLookup.Active, out Vcpu? target);
        target?.Release();
        return error;
    }

    private static GunyahError SetAffinity(in CallFrame call)
    {
        var cpu = (ushort)call.X1;
        if (cpu is >= VcpuLimits.MaxVcpus and not VcpuLimits.NoCpu)
            return GunyahError.ArgumentInvalid;
        ThreadRights rights = cpu == VcpuLimits.NoCpu ? ThreadRights.Affinity | ThreadRights.Disable : ThreadRights.Affinity;
        GunyahError error = call.Caller.Capabilities.Resolve(
            new(call.X0), rights, CapabilityLookup.AnyState, out Vcpu? vcpu);
        if (vcpu is null)
            return error;
        error = vcpu.SetAffinity(cpu);
        vcpu.Release();
        return error;
    }

    private static GunyahError Answer(in CallFrame call, GunyahError error, in VcpuRunResult result) =>
        call.Answer(error, (ulong)result.State, result.Data0, result.Data1, result.Data2);

    private static bool IsVirqType(ulong type) => type is (ulong)VcpuVirqType.Halt or (ulong)VcpuVirqType.RunWakeup;
}
