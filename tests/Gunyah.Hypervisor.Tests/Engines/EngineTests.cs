using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Tests.Engines;

/// <summary>What the hypervisor does with each exit of an engine, shown on one that runs code from guest memory.</summary>
public class EngineTests
{
    /// <summary>Guest memory above the code, for data.</summary>
    private const ulong Data = 0x8000;

    /// <summary>Where nothing is mapped and the hypervisor has no device.</summary>
    private const ulong Device = 0x9_0000;
    private const int Plenty = 1000;

    private readonly EventRecorder _events = new(EventKind.VcpuFault);
    private readonly TestMachine _machine;

    public EngineTests() => _machine = new TestMachine(readers: _events);

    [Fact]
    public void Code_sends_and_receives_by_the_instructions_of_its_calls()
    {
        CapId queue = _machine.Queue(4, 16);
        TestGuest guest = Start(new RegisterCode()
            .Literal(1, 0x636261).Literal(2, Data).Add(Operation.Store, 1, 2, 8)
            .Call(MessageQueueCalls.Send, queue.Value, 3, Data)
            .Call(MessageQueueCalls.Receive, queue.Value, Data + 0x100, 16)
            .Add(Operation.Move, 3, 1)
            .Literal(2, Data + 0x100).Add(Operation.Load, 4, 2, 8)
            .Add(Operation.WaitForInterrupt));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(Plenty));
        Assert.Equal((3UL, 0x636261UL), (guest.Port.Registers.X[3], guest.Port.Registers.X[4]));
    }

    [Fact]
    public void Code_branches_and_calls_subroutines_over_many_turns()
    {
        // X1 counts down from 100, a subroutine adds it to X2.
        var code = new RegisterCode();
        code.Literal(1, 100).Literal(3, 1).To(Operation.Branch, code.Here + 12);
        int add = code.Here;
        code.Add(Operation.Add, 2, 2, 1).Add(Operation.Return);
        int loop = code.Here;
        code.To(Operation.Call, add).Add(Operation.Subtract, 1, 1, 3).To(Operation.BranchIfNotZero, loop, 1)
            .Add(Operation.WaitForInterrupt);
        TestGuest guest = Start(code);
        int turns = 1;
        while (guest.Vcpu.Thread.Run(7) == VcpuTurn.Runnable)
            turns++;
        Assert.Equal(5050UL, guest.Port.Registers.X[2]);
        Assert.Equal((4 + (100 * 5) + 1 + 6) / 7, turns); // One step an instruction, seven a turn.
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_load_from_nowhere_comes_out_of_vcpu_run_and_its_value_goes_in_again(int size)
    {
        TestGuest guest = Start(
            new RegisterCode().Literal(2, Device).Add(Operation.Load, 1, 2, size).Add(Operation.WaitForInterrupt), proxied: true);
        Assert.Equal((GunyahError.Ok, new(VcpuRunState.VmmioRead, Device, (ulong)size, 0)), Run(guest));
        Assert.Equal((GunyahError.Ok, new(VcpuRunState.VmmioRead, Device, (ulong)size, 0)), Check(guest));
        Assert.Equal(VcpuRunState.ExpectsWakeup, Run(guest, 0x1234).Result.State);
        Assert.Equal(0x1234UL, guest.Port.Registers.X[1]);
    }

    [Fact]
    public void A_store_to_nowhere_comes_out_of_vcpu_run_with_its_value()
    {
        TestGuest guest = Start(
            new RegisterCode().Literal(2, Device).Literal(1, 0x55).Add(Operation.Store, 1, 2, 4).Add(Operation.WaitForInterrupt),
            proxied: true);
        Assert.Equal((GunyahError.Ok, new(VcpuRunState.VmmioWrite, Device, 4, 0x55)), Run(guest));
        Assert.Equal(VcpuRunState.ExpectsWakeup, Run(guest, 99).Result.State);
        Assert.Equal(0x55UL, guest.Port.Registers.X[1]);
    }

    [Fact]
    public void An_access_that_nobody_can_end_is_an_abort()
    {
        TestGuest guest = Start(new RegisterCode().Literal(2, Device).Add(Operation.Load, 1, 2, 4));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(Plenty));
        Assert.Contains(_events.Events, e => e.Kind == EventKind.VcpuFault);
    }

    [Fact]
    public void An_access_that_waits_for_its_end_ends_with_the_vcpu()
    {
        TestGuest guest = Start(
            new RegisterCode().Literal(2, Device).Add(Operation.Load, 1, 2, 4).Add(Operation.WaitForInterrupt), proxied: true);
        Assert.Equal(VcpuRunState.VmmioRead, Run(guest).Result.State);
        TestMachine.Ok(_machine.Root.VcpuKill(guest.Cap));
        Assert.Equal(new(VcpuRunState.PoweredOff, 1, 0, 0), Run(guest, 7).Result);
        Assert.Equal(0UL, guest.Port.Registers.X[1]);
    }

    [Fact]
    public void An_interrupt_ends_a_wait_and_the_code_takes_it()
    {
        var code = new RegisterCode()
            .WriteLiteral(SystemRegister.IccPmr, 0xF8).WriteLiteral(SystemRegister.IccIgrpen1, 1)
            .Add(Operation.WaitForInterrupt)
            .Read(5, SystemRegister.IccIar1)
            .Write(SystemRegister.IccEoir1, from: 5)
            .Add(Operation.WaitForInterrupt);
        TestGuest guest = Start(code);
        CapId bell = _machine.Active(ObjectType.Doorbell);
        TestMachine.Ok(_machine.Root.DoorbellBind(bell, guest.Vic, 40));
        guest.Port.Interrupts.EnableDistributor(false, true);
        guest.Port.Interrupts.SetGroup(40, true);
        guest.Port.Interrupts.SetTrigger(40, InterruptTrigger.EdgeRising);
        guest.Port.Interrupts.SetEnabled(40, true);
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(Plenty));
        _machine.Platform.TakeRunnable(guest.Vcpu.Thread);
        TestMachine.Ok(_machine.Root.DoorbellSend(bell, 1, out _));
        Assert.Equal(1, _machine.Platform.TakeRunnable(guest.Vcpu.Thread));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(Plenty));
        Assert.Equal(40UL, guest.Port.Registers.X[5]);
    }

    [Fact]
    public void A_call_that_stops_the_vcpu_does_not_come_back_to_the_code()
    {
        TestGuest guest = NewGuest();
        Put(new RegisterCode().Call(VcpuCalls.PowerOff, guest.Cap.Value, 1).Literal(7, 1));
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(Plenty));
        Assert.Equal((0UL, guest.Cap.Value), (guest.Port.Registers.X[7], guest.Port.Registers.X[0]));
    }

    [Fact]
    public void A_suspend_ends_the_turn_and_a_wake_up_starts_anywhere()
    {
        CapId group = _machine.Active(ObjectType.VpmGroup);
        TestGuest guest = NewGuest(group: group);
        ulong resume = TestGuest.Entry + 0x200;
        Put(new RegisterCode().Trap(0, 0xC400_0001, 1UL << 30, resume, 42).Literal(7, 1));
        Put(new byte[] { (byte)Operation.WaitForInterrupt, 0, 0, 0 }, resume);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        OpenAndRing(guest, out CapId bell);
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(Plenty));
        TestMachine.Ok(_machine.Root.DoorbellSend(bell, 1, out _));
        guest.Vcpu.Thread.Run(Plenty);
        Assert.Equal((resume + 4, 42UL, 0UL), (guest.Port.Registers.Pc, guest.Port.Registers.X[0], guest.Port.Registers.X[7]));
    }

    [Fact]
    public void Code_that_is_none_faults_its_vcpu()
    {
        TestGuest guest = Start(new RegisterCode().Add(Operation.Undefined));
        Assert.Equal(VcpuTurn.Off, guest.Vcpu.Thread.Run(Plenty));
        Assert.Contains(_events.Events, e => e is { Kind: EventKind.VcpuFault, Text: "undefined instruction at 0x1004" });
    }

    [Fact]
    public void The_first_image_decides_for_the_whole_VM()
    {
        TestGuest guest = Start(new RegisterCode().Add(Operation.WaitForInterrupt));
        Assert.Equal(VcpuTurn.Blocked, guest.Vcpu.Thread.Run(Plenty));

        // A second vCPU begins in the middle of nowhere, and even a C# image is code to this VM.
        Put(new RegisterCode().Literal(1, 5).Add(Operation.WaitForInterrupt).ToArray()[4..], TestGuest.Entry + 0x300);
        Vcpu second = Second(guest, TestGuest.Entry + 0x300);
        Assert.Equal(VcpuTurn.Blocked, second.Thread.Run(Plenty));
        Assert.Equal(5UL, second.Port.Registers.X[1]);
        Put(GuestImage.Create("guest"), TestGuest.Entry + 0x400);
        Vcpu third = Second(guest, TestGuest.Entry + 0x400);
        Assert.Equal(VcpuTurn.Off, third.Thread.Run(Plenty));
        Assert.Equal(0, guest.Turns);
    }

    [Fact]
    public void In_a_VM_in_CSharp_a_vcpu_that_starts_at_no_image_runs_the_first_program()
    {
        TestGuest guest = NewGuest();
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        guest.Vcpu.Thread.Run(1);
        Vcpu second = Second(guest, TestGuest.Entry + 0x300);
        Assert.Equal(VcpuTurn.Runnable, second.Thread.Run(1));
        Assert.Equal((2, TestGuest.Entry + 0x300), (guest.Turns, second.Port.Registers.Pc));
    }

    /// <summary>Where the memory of a guest with VMID 10 is.</summary>
    private static ulong Physical(ulong address) => TestMachine.RamBase + TestMachine.RootSize + (10UL << 16) + address;

    private TestGuest NewGuest(VcpuOptions options = VcpuOptions.None, CapId? group = null) =>
        new(_machine, "guest", static (_, _) => VcpuStep.Yield, options, group: group);

    private TestGuest Start(RegisterCode code, bool proxied = false)
    {
        TestGuest guest = NewGuest(proxied ? VcpuOptions.VcpuRunScheduled : VcpuOptions.None);
        Put(code);
        TestMachine.Ok(_machine.Root.VcpuPoweron(guest.Cap, TestGuest.Entry, 0));
        return guest;
    }

    private void Put(RegisterCode code) => Put(code.ToArray(), TestGuest.Entry);

    private void Put(byte[] code, ulong address) =>
        Assert.True(_machine.Hypervisor.PhysicalMemory.TryWrite(Physical(address), code));

    private Vcpu Second(TestGuest guest, ulong entry)
    {
        CapId cap = _machine.NewVcpu(_machine.Vic(), 0, guest.Space);
        Vcpu vcpu = _machine.ActiveVcpu(cap);
        TestMachine.Ok(_machine.Root.VcpuPoweron(cap, entry, 0));
        return vcpu;
    }

    private void OpenAndRing(TestGuest guest, out CapId bell)
    {
        bell = _machine.Active(ObjectType.Doorbell);
        TestMachine.Ok(_machine.Root.DoorbellBind(bell, guest.Vic, 40));
        IInterruptController interrupts = guest.Port.Interrupts;
        interrupts.EnableDistributor(false, true);
        interrupts.EnableCpuInterface(false, true);
        interrupts.SetPriorityMask(0xF8);
        interrupts.SetGroup(40, true);
        interrupts.SetTrigger(40, InterruptTrigger.EdgeRising);
        interrupts.SetEnabled(40, true);
    }

    private (GunyahError Error, VcpuRunResult Result) Run(TestGuest guest, ulong resume = 0)
    {
        GunyahError error = _machine.Root.VcpuRun(guest.Cap, new(resume), out VcpuRunResult result);
        return (error, result);
    }

    private (GunyahError Error, VcpuRunResult Result) Check(TestGuest guest)
    {
        GunyahError error = _machine.Root.VcpuRunCheck(guest.Cap, out VcpuRunResult result);
        return (error, result);
    }
}
