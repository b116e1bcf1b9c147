using CsCheck;
using Gunyah.Abi;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Stress;

/// <summary>
/// Random accesses of two vCPUs to their interrupt controller against a model of one record an interrupt, and accesses of both at
/// the same moment.
/// </summary>
public class GicModelTests
{
    private const uint Interrupts = 1020;

    /// <summary>Registers of one bit an interrupt.</summary>
    private static readonly ulong[] _bits = [0x080, 0x100, 0x180, 0x200, 0x280, 0x300, 0x380];

    [Fact]
    public void The_frames_do_what_their_model_does() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 3], Gen.Int[0, 255], Gen.UInt, Gen.Bool).Array[1, 150]
            .Sample(
                operations =>
                {
                    var machine = new TestMachine();
                    GicCore[] cores = TwoCores(machine);
                    var model = new Model();
                    foreach ((int kind, int place, int word, uint value, bool second) in operations)
                        Step(cores, model, kind, place, word, value, second ? 1 : 0);
                    Compare(cores, model);
                },
                iter: 300);

    [Fact]
    public void Bits_that_two_vcpus_set_at_once_are_all_set()
    {
        GicCore[] cores = TwoCores(new TestMachine());
        ulong lost = 0;
        AlignedRounds.Run(
            20_000,
            () => SetBits(cores[0], 0x5555_5555),
            () => SetBits(cores[1], 0xAAAA_AAAA),
            _ =>
            {
                foreach (ulong register in (ulong[])[0x100, 0x200, 0x300])
                {
                    lost |= ~cores[0].Read(GicCore.Distributor + register + 8) & 0xFFFF_FFFF;
                    cores[0].Write(GicCore.Distributor + register + 0x88, 0xFFFF_FFFF);
                }

                return true;
            });
        Assert.Equal(0UL, lost);

        static void SetBits(GicCore core, ulong bits)
        {
            foreach (ulong register in (ulong[])[0x100, 0x200, 0x300])
                core.Write(GicCore.Distributor + register + 8, bits);
        }
    }

    [Fact]
    public void Of_two_vcpus_that_acknowledge_while_the_route_changes_one_has_the_interrupt()
    {
        const ulong Router = GicCore.Distributor + 0x6100 + (8 * 8);
        GicCore[] cores = TwoCores(new TestMachine());
        cores[0].Open();
        cores[1].Open();
        cores[0].EnableShared(40, 0x80);
        cores[0].Pend(40);
        ulong left = InterruptIds.Spurious;
        ulong right = InterruptIds.Spurious;
        int wrong = 0;
        AlignedRounds.Run(
            20_000,
            () =>
            {
                cores[0].Write(Router, 1);
                left = cores[0].Mrs(SystemRegister.IccIar1);
            },
            () => right = cores[1].Line == InterruptLine.Irq ? cores[1].Mrs(SystemRegister.IccIar1) : InterruptIds.Spurious,
            _ =>
            {
                if (right == InterruptIds.Spurious && left == InterruptIds.Spurious)
                    right = cores[1].Mrs(SystemRegister.IccIar1);
                wrong += left == 40 != (right == 40) ? 0 : 1;
                cores[0].Msr(SystemRegister.IccEoir1, left);
                cores[1].Msr(SystemRegister.IccEoir1, right);
                cores[0].Write(Router, 0);
                cores[0].Pend(40);
                left = right = InterruptIds.Spurious;
                return true;
            });
        Assert.Equal(0, wrong);
    }

    private static GicCore[] TwoCores(TestMachine machine)
    {
        CapId vic = machine.Vic(2, shared: 988);
        return
        [
            new(machine.ActiveVcpu(machine.NewVcpu(vic, 0, vmid: 10)).Port),
            new(machine.ActiveVcpu(machine.NewVcpu(vic, 1, vmid: 11)).Port),
        ];
    }

    private static void Step(GicCore[] cores, Model model, int kind, int place, int word, uint value, int caller)
    {
        // Place 0 and 1 are the redistributors of the two; above, the distributor.
        bool isPrivate = place < 2;
        ulong start = isPrivate ? GicCore.Private(place) : GicCore.Distributor;
        int owner = isPrivate ? place : caller;
        uint lowest = isPrivate ? 0u : 32;
        switch (kind)
        {
            case < 7:
                uint first = isPrivate ? 0 : (uint)word % 32 * 32;
                cores[caller].Write(start + _bits[kind] + (first / 8), value);
                for (uint i = 0; i < 32; i++)
                    model.WriteBit(owner, first + i, lowest, kind, (value & 1u << (int)i) != 0);
                break;
            case 7:
                uint one = isPrivate ? (uint)word % 32 : (uint)word * 4 % Interrupts;
                cores[caller].Write(start + 0x400 + one, value & 0xFF, 1);
                model.WritePriority(owner, one, lowest, (byte)value);
                break;
            case 8:
                uint four = isPrivate ? (uint)word % 8 * 4 : (uint)word * 4 % Interrupts;
                cores[caller].Write(start + 0x400 + four, value);
                for (uint i = 0; i < 4; i++)
                    model.WritePriority(owner, four + i, lowest, (byte)(value >> (int)(8 * i)));
                break;
            default:
                uint sixteen = isPrivate ? (uint)word % 2 * 16 : (uint)word % 64 * 16;
                cores[caller].Write(start + 0xC00 + (sixteen / 4), value);
                for (uint i = 0; i < 16; i++)
                    model.WriteConfiguration(owner, sixteen + i, lowest, (value & 2u << (int)(2 * i)) != 0);
                break;
        }
    }

    private static void Compare(GicCore[] cores, Model model)
    {
        for (int owner = 0; owner < 2; owner++)
        {
            for (uint first = 0; first < 1024; first += 32)
            {
                for (int kind = 0; kind < _bits.Length; kind++)
                {
                    ulong at = _bits[kind] + (first / 8);
                    uint expected = model.Bits(owner, first, kind);
                    Assert.Equal((owner, at, expected), (owner, at, (uint)cores[owner].Read(GicCore.Distributor + at)));
                    if (first == 0)
                        Assert.Equal(expected, cores[1 - owner].Read(GicCore.Private(owner) + at));
                }
            }

            for (uint intid = 0; intid < Interrupts; intid++)
                Assert.Equal(model.Priority(owner, intid), cores[owner].Read(GicCore.Distributor + 0x400 + intid, 1));
            for (uint first = 0; first < 1024; first += 16)
            {
                Assert.Equal(model.Configuration(owner, first),
                    (uint)cores[owner].Read(GicCore.Distributor + 0xC00 + (first / 4)));
            }
        }
    }

    /// <summary>One record an interrupt and nothing else: sources, acknowledges and routes play no part.</summary>
    private sealed class Model
    {
        private readonly Record[][] _private = [New(32), New(32)];
        private readonly Record[] _shared = New(1024);

        public void WriteBit(int owner, uint intid, uint lowest, int kind, bool one)
        {
            if (intid < lowest || intid >= Interrupts || (kind != 0 && !one))
                return;
            Record record = Find(owner, intid);
            switch (kind)
            {
                case 0:
                    record.Group1 = one;
                    break;
                case 1 or 2:
                    record.Enabled = kind == 1;
                    break;
                case 3 when record.IsEdge:
                    record.Latch = true;
                    break;
                case 3:
                    record.Level = true;
                    break;
                case 4:
                    record.Latch = record.Level = false;
                    break;
                default:
                    record.Active = kind == 5;
                    break;
            }
        }

        public void WritePriority(int owner, uint intid, uint lowest, byte value)
        {
            if (intid >= lowest && intid < Interrupts)
                Find(owner, intid).Priority = (byte)(value & 0xF8);
        }

        public void WriteConfiguration(int owner, uint intid, uint lowest, bool edge)
        {
            if (intid < Math.Max(lowest, 16) || intid >= Interrupts)
                return;
            Record record = Find(owner, intid);
            if (record.IsEdge && !edge)
                record.Level = false;
            record.IsEdge = edge;
        }

        public uint Bits(int owner, uint first, int kind)
        {
            uint bits = 0;
            for (uint i = 0; i < 32 && first + i < Interrupts; i++)
            {
                Record record = Find(owner, first + i);
                bool one = kind switch
                {
                    0 => record.Group1,
                    1 or 2 => record.Enabled,
                    3 or 4 => record.IsEdge ? record.Latch : record.Level,
                    _ => record.Active,
                };
                bits |= one ? 1u << (int)i : 0;
            }

            return bits;
        }

        public byte Priority(int owner, uint intid) => Find(owner, intid).Priority;

        public uint Configuration(int owner, uint first)
        {
            uint word = 0;
            for (uint i = 0; i < 16 && first + i < Interrupts; i++)
                word |= Find(owner, first + i).IsEdge ? 2u << (int)(2 * i) : 0;
            return word;
        }

        private static Record[] New(int count) =>
            [.. Enumerable.Range(0, count).Select(static i => new Record { IsEdge = i < 16 })];

        private Record Find(int owner, uint intid) => intid < 32 ? _private[owner][intid] : _shared[intid];

        private sealed class Record
        {
            public bool Enabled { get; set; }

            public bool Group1 { get; set; }

            public bool Active { get; set; }

            public bool Level { get; set; }

            public bool Latch { get; set; }

            public bool IsEdge { get; set; }

            public byte Priority { get; set; }
        }
    }
}
