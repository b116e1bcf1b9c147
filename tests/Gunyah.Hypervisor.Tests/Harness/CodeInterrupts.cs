using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Engines;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>An interrupt controller as machine code sees it: frames and system registers, every access an instruction.</summary>
internal sealed class CodeInterrupts(CodePort port) : IInterruptController
{
    private const uint Group = 0x080;
    private const uint SetEnable = 0x100;
    private const uint ClearEnable = 0x180;
    private const uint SetPend = 0x200;
    private const uint ClearPend = 0x280;
    private const uint Priorities = 0x400;
    private const uint Configuration = 0xC00;
    private const uint Routes = 0x6000;
    private const int IntidShift = 24;

    /// <summary>Numbers from here on have no registers, so machine code cannot name them.</summary>
    private const uint Numbers = 1024;

    /// <summary>An affinity that no vCPU has.</summary>
    private const ulong Nobody = 0xFF;

    public void EnableDistributor(bool group0, bool group1) =>
        Store(GicCore.Distributor, (group0 ? 1UL : 0) | (group1 ? 2UL : 0));

    public void EnableCpuInterface(bool group0, bool group1)
    {
        Msr(SystemRegister.IccIgrpen0, group0 ? 1UL : 0);
        Msr(SystemRegister.IccIgrpen1, group1 ? 1UL : 0);
    }

    public void SetPriorityMask(byte mask) => Msr(SystemRegister.IccPmr, mask);

    public void SetEnabled(uint intid, bool enabled) => StoreBit(intid, enabled ? SetEnable : ClearEnable);

    public void SetTrigger(uint intid, InterruptTrigger trigger)
    {
        if (intid >= Numbers)
            return;
        ulong address = Frame(intid) + Configuration + (intid / 16 * 4);
        ulong bit = 2UL << (int)(intid % 16 * 2);
        ulong others = Load(address) & ~bit;
        Store(address, trigger == InterruptTrigger.EdgeRising ? others | bit : others);
    }

    public void SetGroup(uint intid, bool group1)
    {
        if (intid >= Numbers)
            return;
        ulong address = Word(intid, Group);
        ulong others = Load(address) & ~Bit(intid);
        Store(address, group1 ? others | Bit(intid) : others);
    }

    public void SetPriority(uint intid, byte priority)
    {
        if (intid < Numbers)
            Store(Frame(intid) + Priorities + intid, priority, 1);
    }

    public void SetRoute(uint intid, int vcpuIndex)
    {
        if (intid is >= InterruptIds.FirstSpi and < Numbers)
            Store(GicCore.Distributor + Routes + (intid * 8), vcpuIndex < 0 ? Nobody : (ulong)vcpuIndex, 8);
    }

    public void SetPending(uint intid, bool pending) => StoreBit(intid, pending ? SetPend : ClearPend);

    public void SendSoftwareInterrupt(uint intid, int vcpuIndex)
    {
        // Of the two only that of the interrupt's group does something.
        ulong request = ((ulong)intid << IntidShift) | (1UL << vcpuIndex);
        Msr(SystemRegister.IccSgi0r, request);
        Msr(SystemRegister.IccSgi1r, request);
    }

    public uint Acknowledge()
    {
        var intid = (uint)Mrs(SystemRegister.IccIar1);
        return intid == InterruptIds.Spurious ? (uint)Mrs(SystemRegister.IccIar0) : intid;
    }

    public void EndOfInterrupt(uint intid)
    {
        bool group1 = (Load(Word(intid, Group)) & Bit(intid)) != 0;
        Msr(group1 ? SystemRegister.IccEoir1 : SystemRegister.IccEoir0, intid);
    }

    private static ulong Frame(uint intid) => intid < InterruptIds.FirstSpi ? GicCore.Private(0) : GicCore.Distributor;

    private static ulong Word(uint intid, uint register) => Frame(intid) + register + (intid / 32 * 4);

    private static ulong Bit(uint intid) => 1UL << (int)(intid % 32);

    private void StoreBit(uint intid, uint register)
    {
        if (intid < Numbers)
            Store(Word(intid, register), Bit(intid));
    }

    private ulong Load(ulong address) =>
        port.Do(new RegisterCode().Literal(2, address).Add(Operation.Load, 1, 2, 4).Add(Operation.Move, 1, 1)).X[1];

    private void Store(ulong address, ulong value, int size = 4) =>
        port.Do(new RegisterCode().Literal(1, value).Literal(2, address)
            .Add(Operation.Store, 1, 2, size).Add(Operation.Move, 1, 1));

    private ulong Mrs(SystemRegister register) => port.Do(new RegisterCode().Read(1, register)).X[1];

    private void Msr(SystemRegister register, ulong value) => port.Do(new RegisterCode().WriteLiteral(register, value));
}
