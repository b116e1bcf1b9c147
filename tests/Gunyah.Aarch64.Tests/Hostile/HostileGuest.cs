using System.Buffers.Binary;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Tests.Harness;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Tests.Hostile;

/// <summary>
/// A guest of random instructions at EL1 and EL0 with the MMU on: pages with any attributes, tables that point to themselves and
/// to nowhere, vectors of random code, code that is written over. The same seed is the same guest. Tests and the fuzzer have it.
/// </summary>
internal sealed class HostileGuest : IDisposable
{
    private const ulong Base = BareCore.RamBase;
    private const ulong Vectors = Base + 0x1000;
    private const ulong Code = Base + 0x2000;
    private const ulong Level1 = Base + 0x2_0000;
    private const ulong Level2 = Base + 0x2_1000;
    private const ulong Level3 = Base + 0x2_2000;
    private const int MostCode = (int)(Level1 - Code);
    private const int Entries = 512;
    private const int Pages = (int)(BareCore.RamSize >> 12);
    private const int Budget = 16;
    private const uint Hvc = 0xD400_0002;

    /// <summary>So many runs, and what beside the memory must not be written is looked at.</summary>
    private const int RunsBetweenLooks = 64;

    private static readonly EncodingRow[] _systemRows =
    [
        .. Encodings.All.Where(static row =>
            row.Mnemonic is "MSR (register)" or "MRS" or "SYS" or "ERET" or "ISB" or "DSB" or "SVC" or "WFI" or "WFE"),
    ];

    private readonly Random _random;
    private readonly BareVcpu _vcpu = new();
    private readonly Aarch64Engine _engine = new(new());

    /// <summary>Makes the guest of a seed.</summary>
    /// <param name="seed">Where everything comes from.</param>
    /// <param name="code">Instructions to have in the place of random ones; as many as there is room for count.</param>
    public HostileGuest(int seed, ReadOnlySpan<byte> code = default)
    {
        _random = new(seed);
        _random.NextBytes(_vcpu.Ram.At(Base)[..(int)BareCore.RamSize]);
        for (ulong at = Vectors; at < Level1; at += sizeof(uint))
        {
            uint word = Word();
            // A third of the accesses go near: ADRP of the base stands before them.
            if (IsAccess(word) && at > Vectors && _random.Next(3) == 0)
            {
                uint pages = (uint)_random.Next(4) << 29 | (uint)_random.Next(128) << 5;
                Put(at - sizeof(uint), 0x9000_0000 | pages | (word >> 5 & 31));
            }

            Put(at, word);
        }

        code[..Math.Min(code.Length, MostCode)].CopyTo(_vcpu.Ram.At(Code));
        MakeTables();
        MakeEntry();
        for (int i = 1; i < 31; i++)
            _vcpu.Registers.X[i] = Value();
        _vcpu.Registers.Pc = Base;
        _vcpu.Registers.SpEl0 = Base + 0x8_0000;
        _vcpu.Registers.SpEl1 = Base + 0x9_0000;
    }

    /// <summary>How often it asked for each kind of thing.</summary>
    public SortedDictionary<VcpuExitKind, int> Exits { get; } = [];

    /// <summary>A guest's program: words that are instructions.</summary>
    public static byte[] AnyCode(int seed)
    {
        using var guest = new HostileGuest(seed);
        return guest._vcpu.Ram.At(Code)[..MostCode].ToArray();
    }

    /// <summary>Runs so many instructions, and answers whatever it asks for with anything.</summary>
    /// <exception cref="InvalidOperationException">It did what no guest may.</exception>
    public void Run(long instructions)
    {
        int runs = 0;
        for (long done = 0; done < instructions;)
        {
            VcpuExit exit = _engine.Run(_vcpu, Budget);
            if (exit.Steps is < 0 or > Budget)
                throw new InvalidOperationException($"{exit.Steps} steps of a budget of {Budget}");
            Exits[exit.Kind] = Exits.GetValueOrDefault(exit.Kind) + 1;
            // One that only faults by now goes somewhere else, and finds its tables and code as they may be by then.
            if (exit.Kind == VcpuExitKind.BudgetUsed && _random.Next(4) == 0)
                Revive();
            // What stops it may have been one instruction.
            done += Math.Max(exit.Steps * 64, 1);
            switch (exit.Kind)
            {
                case VcpuExitKind.DeviceAccess:
                    _engine.Complete((DeviceAnswer)_random.Next(3), (ulong)_random.NextInt64());
                    break;
                case VcpuExitKind.Hypercall:
                    _vcpu.Registers.X[0] = Value();
                    break;
                default:
                    _vcpu.Line = (InterruptLine)_random.Next(3);
                    break;
            }

            if (++runs % RunsBetweenLooks == 0)
                CheckFence();
        }

        CheckFence();
    }

    private void CheckFence()
    {
        if (!_vcpu.Ram.IsFenceIntact)
            throw new InvalidOperationException("memory beside the guest's was written");
    }

    private void Revive()
    {
        switch (_random.Next(3))
        {
            case 0:
                MakeEntry();
                _vcpu.Registers.Pc = Base;
                break;
            case 1:
                MakeTables();
                _vcpu.Registers.Pc = Code + (ulong)_random.Next(MostCode / 4) * 4;
                break;
            default:
                _vcpu.Registers.Pc = Value();
                break;
        }

        for (int i = 1; i < 31; i += _random.Next(1, 8))
            _vcpu.Registers.X[i] = Value();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _engine.Dispose();
        _vcpu.Dispose();
    }

    /// <summary>Sets up translation, and goes to the code at EL1 or EL0.</summary>
    private void MakeEntry()
    {
        var words = new List<uint>();
        // TCR: 39 bits each half; SCTLR: M, C, I, and whatever else.
        Set(words, "VBAR_EL1", Vectors);
        Set(words, "TTBR0_EL1", Level1 | (ulong)_random.Next(4) << 48);
        Set(words, "TTBR1_EL1", Level1);
        Set(words, "TCR_EL1", 25 | 25 << 16 | 1ul << 32 | 1ul << 36 | (ulong)_random.Next(2) << 22);
        Set(words, "MAIR_EL1", 0xFF);
        Set(words, "CPACR_EL1", (ulong)_random.Next(4) << 20);
        Set(words, "SCTLR_EL1", 0x30D0_1985 | (ulong)_random.NextInt64() & 0x070D_C01A);
        Set(words, "ELR_EL1", Code + (ulong)_random.Next(0x1000) * 4);
        Set(words, "SPSR_EL1", _random.Next(3) switch { 0 => 0ul, 1 => 5, _ => 0x3C5 });
        words.Add(A64.Isb);
        words.Add(A64.Eret);
        for (int i = 0; i < words.Count; i++)
            Put(Base + (ulong)(i * sizeof(uint)), words[i]);
    }

    private static void Set(List<uint> words, string register, ulong value)
    {
        for (int part = 0; part < 4; part++)
            words.Add((part == 0 ? 0xD280_0000 : 0xF280_0000) | (uint)part << 21 | (uint)(value >> part * 16 & 0xFFFF) << 5);
        words.Add(A64.Msr(register, 0));
    }

    private void MakeTables()
    {
        for (int i = 0; i < Entries; i++)
        {
            Entry(Level1, i, AnyEntry());
            Entry(Level2, i, AnyEntry());
            // RAM is mostly where it is.
            Entry(Level3, i, i < Pages && _random.Next(8) != 0 ? Base + (ulong)i * 4096 | Attributes() : AnyEntry());
        }

        Entry(Level1, 1, Level2 | 3);
        Entry(Level2, 0, Level3 | 3);
        // The vectors, the code and the entry are there at first, for both levels.
        for (int i = 0; i < 0x20; i++)
            Entry(Level3, i, Base + (ulong)i * 4096 | (_random.Next(4) == 0 ? 0x743ul : 0x783 | (ulong)_random.Next(2) << 6));
        Entry(Level3, 0, Base | 0x703);
    }

    /// <summary>A table or page in RAM (itself among them), a block, something beyond, or nothing that makes sense.</summary>
    private ulong AnyEntry() => _random.Next(6) switch
    {
        0 => Level1 + (ulong)_random.Next(3) * 0x1000 | 3,
        1 => Base | 0x701 | Attributes() & ~3ul,
        2 => Base + (ulong)_random.Next(Pages * 2) * 4096 | Attributes(),
        3 => (ulong)_random.NextInt64(1L << 36) & ~0xFFFul | Attributes(),
        4 => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        _ => 0,
    };

    private ulong Attributes() =>
        0x703 | (ulong)_random.Next(4) << 6 | (_random.Next(6) == 0 ? (ulong)_random.Next(4) << 53 : 0)
        | (_random.Next(8) == 0 ? 1ul << 11 : 0);

    private void Entry(ulong table, int index, ulong value) =>
        BinaryPrimitives.WriteUInt64LittleEndian(_vcpu.Ram.At(table + (ulong)index * 8), value);

    /// <summary>A word of some row, of the system rows, or any.</summary>
    private uint Word()
    {
        int choice = _random.Next(64);
        if (choice < 3)
            return (uint)_random.NextInt64(1L << 32);
        if (choice == 3)
            return Hvc;
        EncodingRow row = choice < 16 ? _systemRows[_random.Next(_systemRows.Length)]
            : Encodings.All[_random.Next(Encodings.All.Count)];
        uint word = (uint)_random.NextInt64(1L << 32) & ~row.Mask | row.Value;
        // Branches stay near, and registers and instructions are mostly such that there are.
        return row.Operation switch
        {
            Operation.Branch or Operation.BranchWithLink => word & 0xFC00_0000 | (uint)_random.Next(-64, 64) & 0x3FF_FFFF,
            Operation.MoveToSystem or Operation.MoveFromSystem when _random.Next(8) != 0 => word & ~(0xFFFFu << 5)
                | (uint)SystemRegisterTable.Rows[_random.Next(SystemRegisterTable.Rows.Length)].Number << 5,
            Operation.SystemInstruction when _random.Next(8) != 0 => word & ~(0xFFFFu << 5)
                | (uint)SystemInstructionTable.Rows[_random.Next(SystemInstructionTable.Rows.Length)].Number << 5,
            _ => word,
        };
    }

    /// <summary>The group of loads and stores (Arm ARM DDI 0487, C4.1): bit 27 set and bit 25 clear.</summary>
    private static bool IsAccess(uint word) => (word & 0x0A00_0000) == 0x0800_0000;

    /// <summary>An address in RAM or beside it, a small number, or anything.</summary>
    private ulong Value() => _random.Next(5) switch
    {
        0 => (ulong)_random.Next(64),
        1 => (ulong)_random.NextInt64(long.MinValue, long.MaxValue),
        2 => Level1 + (ulong)_random.Next(0x3000),
        3 => Code + (ulong)_random.Next(0x1_0000),
        _ => Base + (ulong)_random.NextInt64((long)BareCore.RamSize + 0x1000),
    };

    private void Put(ulong at, uint word) => BinaryPrimitives.WriteUInt32LittleEndian(_vcpu.Ram.At(at), word);
}
