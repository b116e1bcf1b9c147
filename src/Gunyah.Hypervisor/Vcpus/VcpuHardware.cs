using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>The hardware around the core of one vCPU, for the engine that runs on it.</summary>
internal sealed class VcpuHardware(VcpuPort port, VcpuRoom room, Vic vic, VcpuInterface local, VcpuTimers timers)
    : IVcpuHardware
{
    /// <summary>ICC_SRE_EL1: system registers always, no bypass.</summary>
    private const ulong SystemRegistersOnly = 7;

    /// <summary>INTIDs have 24 bits in the registers that take one.</summary>
    private const uint IntidBits = 0xFF_FFFF;

    /// <inheritdoc/>
    public InterruptLine Line => vic.Line(local);

    /// <inheritdoc/>
    public bool TryRead(SystemRegister register, out ulong value)
    {
        value = 0;
        if ((SystemRegisters.AccessTo(register) & SystemRegisterAccess.Read) == 0)
            return false;
        value = register switch
        {
            SystemRegister.Mpidr => vic.Affinities.MpidrOf(local.Index),
            SystemRegister.IccPmr => vic.PriorityMask(local),
            SystemRegister.IccIar0 => vic.Acknowledge(local, group1: false),
            SystemRegister.IccIar1 => vic.Acknowledge(local, group1: true),
            SystemRegister.IccHppir0 => vic.HighestPending(local, group1: false),
            SystemRegister.IccHppir1 => vic.HighestPending(local, group1: true),
            SystemRegister.IccBpr0 => vic.BinaryPoint(local, group1: false),
            SystemRegister.IccBpr1 => vic.BinaryPoint(local, group1: true),
            SystemRegister.IccAp0r0 => vic.ActivePriorities(local, group1: false),
            SystemRegister.IccAp1r0 => vic.ActivePriorities(local, group1: true),
            SystemRegister.IccRpr => vic.RunningPriority(local),
            SystemRegister.IccCtlr => vic.Control(local),
            SystemRegister.IccSre => SystemRegistersOnly,
            SystemRegister.IccIgrpen0 => vic.GroupEnable(local, group1: false),
            SystemRegister.IccIgrpen1 => vic.GroupEnable(local, group1: true),
            SystemRegister.CntFrq => timers.Frequency,
            SystemRegister.CntPct or SystemRegister.CntVct => timers.Count,
            SystemRegister.CntpTval => timers.Left(timers.Physical),
            SystemRegister.CntpCtl => timers.Control(timers.Physical),
            SystemRegister.CntpCval => timers.Compare(timers.Physical),
            SystemRegister.CntvTval => timers.Left(timers.Virtual),
            SystemRegister.CntvCtl => timers.Control(timers.Virtual),
            SystemRegister.CntvCval => timers.Compare(timers.Virtual),
            _ => throw new InvalidOperationException($"{register} is declared but nothing answers it"),
        };
        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(SystemRegister register, ulong value)
    {
        if ((SystemRegisters.AccessTo(register) & SystemRegisterAccess.Write) == 0)
            return false;
        switch (register)
        {
            case SystemRegister.IccPmr:
                vic.SetPriorityMask(local, (byte)value);
                break;
            case SystemRegister.IccEoir0 or SystemRegister.IccEoir1:
                vic.EndOfInterrupt(local, (uint)value & IntidBits, group1: register == SystemRegister.IccEoir1);
                break;
            case SystemRegister.IccDir:
                vic.DeactivateInterrupt(local, (uint)value & IntidBits);
                break;
            case SystemRegister.IccBpr0 or SystemRegister.IccBpr1:
                vic.SetBinaryPoint(local, group1: register == SystemRegister.IccBpr1, value);
                break;
            case SystemRegister.IccAp0r0 or SystemRegister.IccAp1r0:
                vic.SetActivePriorities(local, group1: register == SystemRegister.IccAp1r0, value);
                break;
            case SystemRegister.IccSgi0r or SystemRegister.IccAsgi1r or SystemRegister.IccSgi1r:
                vic.SendSoftwareInterrupts(local, value, group1: register == SystemRegister.IccSgi1r);
                break;
            case SystemRegister.IccCtlr:
                vic.SetControl(local, value);
                break;
            case SystemRegister.IccIgrpen0 or SystemRegister.IccIgrpen1:
                vic.EnableGroup(local, group1: register == SystemRegister.IccIgrpen1, value);
                break;
            case SystemRegister.CntpTval or SystemRegister.CntvTval:
                timers.SetLeft(register == SystemRegister.CntpTval ? timers.Physical : timers.Virtual, value);
                break;
            case SystemRegister.CntpCtl or SystemRegister.CntvCtl:
                timers.SetControl(register == SystemRegister.CntpCtl ? timers.Physical : timers.Virtual, value);
                break;
            case SystemRegister.CntpCval or SystemRegister.CntvCval:
                timers.SetCompare(register == SystemRegister.CntpCval ? timers.Physical : timers.Virtual, value);
                break;
            case SystemRegister.IccSre:
                break; // Nothing of it can be changed.
            default:
                throw new InvalidOperationException($"{register} is declared but nothing takes it");
        }

        return true;
    }

    /// <inheritdoc/>
    public void Advance(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        room.Platform.Advance(steps);
    }

    /// <inheritdoc/>
    public DeviceAnswer Access(in DeviceAccess access, out ulong value)
    {
        DeviceAnswer answer = vic.Access(local, port.AttachedAddressSpace!.Devices, access, out value);
        return answer == DeviceAnswer.NotThere ? room.Devices.Access(port.Vmid, access, out value) : answer;
    }
}
