using System.Numerics;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>
/// The register frames: what a read answers and a write does, by the rows of <see cref="GicFrames"/> (gunyah-abi.md 4.5.5).
/// </summary>
internal sealed partial class Vic
{
    private const uint ReservedRead = 1;
    private const uint ReservedWrite = 2;
    private const uint WriteOnlyRead = 4;
    private const uint ReadOnlyWrite = 8;
    private const uint KnownStatus = 0xF;

    /// <summary>GICD_CTLR: affinity routing and one security state, both for good.</summary>
    private const uint FixedDistributorControl = 0x50;
    private const uint ProcessorSleep = 2;
    private const uint ChildrenAsleep = 4;
    private const uint MessageIntid = 0x3FF;
    private const int InterruptsOfBits = 32;
    private const int InterruptsOfConfiguration = 16;
    private const int RouterSize = 8;

    /// <summary>GICD_STATUSR.</summary>
    private uint _status;

    /// <summary>A load from the distributor.</summary>
    /// <param name="caller">Whose load it is: its private interrupts are what it sees there.</param>
    /// <param name="offset">Where in the frame.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="value">What it reads.</param>
    /// <returns>False if it faults.</returns>
    public bool TryReadDistributor(VcpuInterface caller, uint offset, int size, out ulong value)
    {
        value = 0;
        GicRegisterRow row = GicFrames.Distributor.Find(offset);
        if (!row.Allows(offset, size))
            return false;
        lock (_gate)
        {
            if (row.Read == GicRead.Value)
                value = ReadRegister(caller, row, offset - row.Offset, size, _status);
            else
                _status |= row.Read == GicRead.WriteOnly ? WriteOnlyRead : ReservedRead;
        }

        return true;
    }

    /// <summary>A store to the distributor, whose registers of private interrupts ignore it.</summary>
    /// <inheritdoc cref="TryReadDistributor"/>
    public bool TryWriteDistributor(VcpuInterface caller, uint offset, int size, ulong value)
    {
        GicRegisterRow row = GicFrames.Distributor.Find(offset);
        if (!row.Allows(offset, size))
            return false;
        if (row.Write == GicWrite.Ignored)
            return true;
        int woken = 0;
        lock (_gate)
        {
            if (row.Write != GicWrite.Value)
                _status |= row.Write == GicWrite.ReadOnly ? ReadOnlyWrite : ReservedWrite;
            else if (row.Register == GicRegister.Status)
                _status &= ~(uint)value;
            else if (row.Register != GicRegister.DistributorControl)
                woken = WriteRegister(caller, row.Register, InterruptIds.FirstSpi, offset - row.Offset, size, value);
        }

        if (row.Register == GicRegister.DistributorControl)
            EnableGroups((value & 1) != 0, (value & 2) != 0);
        Wake(woken);
        return row.Write != GicWrite.Reserved;
    }

    /// <summary>A load from a redistributor, whichever vCPU's load it is.</summary>
    /// <param name="owner">The vCPU that the redistributor is of.</param>
    /// <param name="offset">Where in its two frames.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="value">What it reads.</param>
    /// <returns>False if it faults.</returns>
    public bool TryReadRedistributor(VcpuInterface owner, uint offset, int size, out ulong value)
    {
        value = 0;
        GicRegisterRow row = RedistributorRow(ref offset);
        if (!row.Allows(offset, size))
            return false;
        lock (_gate)
        {
            if (row.Read == GicRead.Value)
                value = ReadRegister(owner, row, offset - row.Offset, size, owner.Status);
            else
                owner.Status |= row.Read == GicRead.WriteOnly ? WriteOnlyRead : ReservedRead;
        }

        return true;
    }

    /// <summary>A store to a redistributor.</summary>
    /// <inheritdoc cref="TryReadRedistributor"/>
    public bool TryWriteRedistributor(VcpuInterface owner, uint offset, int size, ulong value)
    {
        GicRegisterRow row = RedistributorRow(ref offset);
        if (!row.Allows(offset, size))
            return false;
        if (row.Write == GicWrite.Ignored)
            return true;
        int woken = 0;
        lock (_gate)
        {
            if (row.Write != GicWrite.Value)
                owner.Status |= row.Write == GicWrite.ReadOnly ? ReadOnlyWrite : ReservedWrite;
            else if (row.Register == GicRegister.Status)
                owner.Status &= ~(uint)value;
            else if (row.Register == GicRegister.Waker)
                owner.IsAsleep = (value & ProcessorSleep) != 0;
            else
                woken = WriteRegister(owner, row.Register, 0, offset - row.Offset, size, value);
        }

        Wake(woken);
        return row.Write != GicWrite.Reserved;
    }

    private static GicRegisterRow RedistributorRow(ref uint offset)
    {
        if (offset < GicFrame.Size)
            return GicFrames.Redistributor.Find(offset);
        offset -= GicFrame.Size;
        return GicFrames.PrivateInterrupts.Find(offset);
    }

    /// <summary>Answers a register. Call with the lock held.</summary>
    /// <param name="local">Whose private interrupts.</param>
    /// <param name="row">The register.</param>
    /// <param name="at">Where in the row.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="status">The status register of this frame.</param>
    private ulong ReadRegister(VcpuInterface local, GicRegisterRow row, uint at, int size, uint status)
    {
        switch (row.Register)
        {
            case GicRegister.Plain:
                return row.Constant;
            case GicRegister.DistributorControl:
                return FixedDistributorControl | (_group0 ? 1UL : 0) | (_group1 ? 2UL : 0);
            case GicRegister.Status:
                return status;
            case GicRegister.Waker:
                return local.IsAsleep ? ProcessorSleep | ChildrenAsleep : 0;
            case GicRegister.RedistributorType:
                ulong type = TypeOf(local) >> ((int)at * 8);
                return size == sizeof(ulong) ? type : (uint)type;
            case GicRegister.Priority:
                return ReadPriorities(local, at, size);
            case GicRegister.Configuration:
                return ReadConfiguration(local, at / sizeof(uint) * InterruptsOfConfiguration);
            default:
                return ReadBits(local, row.Register, at / sizeof(uint) * InterruptsOfBits);
        }
    }

    /// <summary>GICR_TYPER: affinity, number, and whether no other redistributor follows.</summary>
    private ulong TypeOf(VcpuInterface local)
    {
        bool isLast = local.IsLast ?? (local.Index + 1 >= _maxVcpus || _vcpus[local.Index + 1] is null);
        return (ulong)Affinities.Of(local.Index) << 32 | (ulong)local.Index << 8 | (isLast ? 1UL << 4 : 0);
    }

    private ulong ReadPriorities(VcpuInterface local, uint first, int count)
    {
        ulong value = 0;
        for (int i = count - 1; i >= 0; i--)
            value = value << 8 | (IsNumber(first + (uint)i) ? Find(local, first + (uint)i).Priority : 0u);
        return value;
    }

    private ulong ReadConfiguration(VcpuInterface local, uint first)
    {
        uint value = 0;
        for (uint i = 0; i < InterruptsOfConfiguration && IsNumber(first + i); i++)
            value |= Find(local, first + i).IsEdge ? 2u << (int)(2 * i) : 0;
        return value;
    }

    private ulong ReadBits(VcpuInterface local, GicRegister register, uint first)
    {
        uint value = 0;
        for (uint i = 0; i < InterruptsOfBits && IsNumber(first + i); i++)
        {
            ref readonly VirqState state = ref Find(local, first + i);
            bool bit = register switch
            {
                GicRegister.Group => state.Group1,
                GicRegister.SetEnable or GicRegister.ClearEnable => state.Enabled,
                GicRegister.SetPending or GicRegister.ClearPending => state.IsPending,
                _ => state.Active,
            };
            value |= bit ? 1u << (int)i : 0;
        }

        return value;
    }

    /// <summary>Writes a register of single interrupts. Call with the lock held.</summary>
    /// <param name="local">Whose private interrupts.</param>
    /// <param name="register">The register.</param>
    /// <param name="lowest">Interrupts below this number are not changed.</param>
    /// <param name="at">Where in the row.</param>
    /// <param name="size">How many bytes.</param>
    /// <param name="value">What is written.</param>
    /// <returns>Whom that wakes.</returns>
    private int WriteRegister(VcpuInterface local, GicRegister register, uint lowest, uint at, int size, ulong value)
    {
        uint bits = at / sizeof(uint) * InterruptsOfBits;
        var word = (uint)value;
        return register switch
        {
            GicRegister.SetMessage => WriteMessage(local, word, 1),
            GicRegister.ClearMessage => WriteMessage(local, word, 0),
            GicRegister.Group => WriteFields(local, Group, lowest, bits, InterruptsOfBits, 1, word),
            GicRegister.SetEnable => WriteOnes(local, Enable, 1, lowest, bits, word),
            GicRegister.ClearEnable => WriteOnes(local, Enable, 0, lowest, bits, word),
            GicRegister.SetPending => WriteOnes(local, Pend, 1, lowest, bits, word),
            GicRegister.ClearPending => WriteOnes(local, Pend, 0, lowest, bits, word),
            GicRegister.SetActive => WriteOnes(local, Activate, 1, lowest, bits, word),
            GicRegister.ClearActive => WriteOnes(local, Activate, 0, lowest, bits, word),
            GicRegister.Priority => WriteFields(local, Prioritize, lowest, at, size, 8, word),
            GicRegister.Configuration => WriteFields(local, Configure, Math.Max(lowest, InterruptIds.FirstPpi),
                at / sizeof(uint) * InterruptsOfConfiguration, InterruptsOfConfiguration, 2, word >> 1 & 0x5555_5555),
            _ => WriteRoute(local, at, size, value),
        };
    }

    private int WriteMessage(VcpuInterface local, uint value, int pending)
    {
        uint intid = value & MessageIntid;
        return intid < InterruptIds.FirstSpi ? 0 : ChangeHeld(local, intid, Message, pending);
    }

    /// <summary>A register in which ones do something and zeros nothing.</summary>
    private int WriteOnes(VcpuInterface local, StateChange change, int value, uint lowest, uint first, uint ones)
    {
        int woken = 0;
        for (; ones != 0 && first >= lowest; ones &= ones - 1)
            woken |= ChangeHeld(local, first + (uint)BitOperations.TrailingZeroCount(ones), change, value);
        return woken;
    }

    /// <summary>A register that holds a field of some bits for each interrupt.</summary>
    private int WriteFields(VcpuInterface local, StateChange change, uint lowest, uint first, int count, int width, uint value)
    {
        int woken = 0;
        for (uint i = 0; i < count; i++)
        {
            if (first + i >= lowest)
                woken |= ChangeHeld(local, first + i, change, (int)(value >> ((int)i * width) & ((1u << width) - 1)));
        }

        return woken;
    }

    /// <summary>
    /// A write of GICD_IROUTER. Its upper word has Aff3 alone: a separate write of that leaves a route as it is, unless it leads
    /// away from every vCPU.
    /// </summary>
    private int WriteRoute(VcpuInterface local, uint at, int size, ulong value)
    {
        uint intid = InterruptIds.FirstSpi + (at / RouterSize);
        bool isUpper = size < RouterSize && at % RouterSize != 0;
        ulong route = isUpper ? value << 32 : value;
        if (isUpper && (byte)value == 0)
            return 0;
        int index = Affinities.IndexOf((uint)(route >> 32) << 24 | ((uint)route & 0xFF_FFFF));
        return ChangeHeld(local, intid, Route, index < _maxVcpus ? index : VirqState.NoRoute);
    }
}
