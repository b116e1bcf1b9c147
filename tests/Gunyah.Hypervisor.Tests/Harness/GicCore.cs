using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>The interrupt handling of machine code on a vCPU: loads, stores and system registers.</summary>
internal sealed class GicCore(IVcpu vcpu)
{
    public const ulong Distributor = 0x0800_0000;
    public const ulong Redistributors = 0x080A_0000;
    public const ulong RedistributorSize = 0x2_0000;
    public const ulong PrivateInterrupts = 0x1_0000;

    private readonly IVcpuHardware _hardware = vcpu.Hardware;

    public InterruptLine Line => _hardware.Line;

    public static ulong Redistributor(int index) => Redistributors + ((ulong)index * RedistributorSize);

    /// <summary>The private interrupts of the vCPU of an index.</summary>
    public static ulong Private(int index) => Redistributor(index) + PrivateInterrupts;

    public DeviceAnswer Load(ulong address, int size, out ulong value) =>
        _hardware.Access(new DeviceAccess(address, size, IsWrite: false), out value);

    public DeviceAnswer Store(ulong address, int size, ulong value) =>
        _hardware.Access(new DeviceAccess(address, size, IsWrite: true, value), out _);

    public ulong Read(ulong address, int size = 4)
    {
        if (Load(address, size, out ulong value) != DeviceAnswer.Done)
            Assert.Fail($"a load of {size} bytes at 0x{address:x} is not answered");
        return value;
    }

    public void Write(ulong address, ulong value, int size = 4)
    {
        if (Store(address, size, value) != DeviceAnswer.Done)
            Assert.Fail($"a store of {size} bytes at 0x{address:x} is not taken");
    }

    public ulong Mrs(SystemRegister register)
    {
        if (!_hardware.TryRead(register, out ulong value))
            Assert.Fail($"MRS of {register} is UNDEFINED");
        return value;
    }

    public void Msr(SystemRegister register, ulong value)
    {
        if (!_hardware.TryWrite(register, value))
            Assert.Fail($"MSR of {register} is UNDEFINED");
    }

    public bool CanRead(SystemRegister register) => _hardware.TryRead(register, out _);

    public bool CanWrite(SystemRegister register, ulong value) => _hardware.TryWrite(register, value);

    /// <summary>Opens both groups and the mask, as after a boot.</summary>
    public GicCore Open()
    {
        Write(Distributor, 3);
        Msr(SystemRegister.IccPmr, 0xFF);
        Msr(SystemRegister.IccIgrpen0, 1);
        Msr(SystemRegister.IccIgrpen1, 1);
        return this;
    }

    /// <summary>Makes a shared interrupt an enabled edge with a priority in a group.</summary>
    public void EnableShared(uint intid, byte priority, bool group1 = true)
    {
        ulong word = Distributor + (intid / 32 * 4);
        ulong bit = 1UL << (int)(intid % 32);
        ulong configuration = Distributor + 0xC00 + (intid / 16 * 4);
        Write(configuration, Read(configuration) | (2UL << (int)(intid % 16 * 2)));
        Write(Distributor + 0x400 + intid, priority, 1);
        Write(word + 0x80, group1 ? Read(word + 0x80) | bit : Read(word + 0x80) & ~bit);
        Write(word + 0x100, bit);
    }

    /// <summary>ISPENDR of a shared interrupt.</summary>
    public void Pend(uint intid) => Write(Distributor + 0x200 + (intid / 32 * 4), 1UL << (int)(intid % 32));
}
