using System.Buffers.Binary;
using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// A program of random integer instructions, which ends where it ends whatever they compute: every access goes to the data
/// around X28, which nothing changes, and every branch goes forward. What a row needs for that stands before it.
/// </summary>
/// <param name="random">Where it comes from.</param>
/// <param name="forUnicorn">True to leave out what Unicorn 2.0 does wrong.</param>
internal sealed unsafe class RandomProgram(Random random, bool forUnicorn)
{
    /// <summary>The register that has the address of the data's middle.</summary>
    public const int DataRegister = 28;

    private const uint ClearExclusive = 0xD503_3F5F;
    private const uint StayHere = 0x1400_0000;

    private static readonly EncodingRow[] _fillers =
    [
        .. Encodings.All.Where(static row => KindOf(row.Operation) == Kind.Computing
            && row.Operation is not (Operation.Adr or Operation.Adrp)),
    ];

    private readonly List<uint> _words = [];
    private readonly List<(int End, EncodingRow Row)> _steps = [];

    /// <summary>What must be known of an operation to have it in a program.</summary>
    private enum Kind
    {
        Other,
        Computing,
        Literal,
        Access,
        Indexed,
        Aligned,
        StoreExclusive,
        Branch,
        BranchRegister,
    }

    /// <summary>The rows that programs are made of.</summary>
    public static EncodingRow[] Rows { get; } = [.. Encodings.All.Where(static row => KindOf(row.Operation) != Kind.Other)];

    /// <summary>True for a row that skips a word where it branches.</summary>
    public static bool IsBranch(EncodingRow row) => KindOf(row.Operation) is Kind.Branch or Kind.BranchRegister;

    /// <summary>The words, with a branch to itself behind them.</summary>
    public IReadOnlyList<uint> Words => _words;

    /// <summary>Makes a new program.</summary>
    public void Make(int rows)
    {
        _words.Clear();
        _steps.Clear();
        _words.Add(ClearExclusive);
        for (int i = 0; i < rows; i++)
        {
            EncodingRow row = Rows[random.Next(Rows.Length)];
            Add(row);
            _steps.Add((_words.Count, row));
        }
    }

    /// <summary>The rows with the place behind the last word of each.</summary>
    public IReadOnlyList<(int End, EncodingRow Row)> Steps => _steps;

    /// <summary>Registers to run it with.</summary>
    /// <param name="dataMiddle">The address of the data.</param>
    public RegisterFile Registers(ulong dataMiddle)
    {
        var registers = default(RegisterFile);
        for (int i = 0; i < 32; i++)
        {
            var any = (ulong)random.NextInt64(long.MinValue, long.MaxValue);
            registers.X[i] = random.Next(6) switch
            {
                0 => any >> random.Next(64),
                1 => (ulong)((long)any >> random.Next(64)),
                2 => 1ul << random.Next(64),
                3 => ulong.MaxValue << random.Next(64),
                _ => any,
            };
        }

        registers.X[DataRegister] = dataMiddle;
        registers.X[31] &= ~15ul;
        registers.Nzcv = (uint)random.Next(16) << 28;
        return registers;
    }

    /// <summary>Writes so many of the words, and the end.</summary>
    public void Write(Span<byte> to, int count)
    {
        for (int i = 0; i < count; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(to[(i * 4)..], _words[i]);
        BinaryPrimitives.WriteUInt32LittleEndian(to[(count * 4)..], StayHere);
    }

    private void Add(EncodingRow row)
    {
        Kind kind = KindOf(row.Operation);
        uint word = RandomWord(row, kind);
        var fields = new Word(word);
        switch (kind)
        {
            case Kind.Access or Kind.Indexed:
                Aim(fields.Rn, random.Next(4) == 0 ? random.Next(-0x400, 0x400) : random.Next(-0x40, 0x40) * 16);
                if (kind == Kind.Indexed && fields.Rm != 31)
                    SetIndex(fields.Rm, fields.Bits(13, 3));
                break;
            case Kind.Aligned:
                Aim(fields.Rn, random.Next(-0x20, 0x20) * 16);
                break;
            case Kind.StoreExclusive:
                Aim(fields.Rn, random.Next(-0x20, 0x20) * 16);
                AddLoadBefore(fields);
                break;
            case Kind.BranchRegister:
                // ADR Rn, to behind the word that is skipped.
                _words.Add(0x1000_0000 | 3 << 5 | (uint)fields.Rn);
                break;
            default:
                break;
        }

        _words.Add(word);
        if (kind is Kind.Branch or Kind.BranchRegister)
            _words.Add(RandomWord(_fillers[random.Next(_fillers.Length)], Kind.Computing));
    }

    /// <summary>ADD or SUB of X28: the address of an access. SP is aligned.</summary>
    private void Aim(int register, int distance)
    {
        if (register == 31)
            distance &= ~15;
        uint opcode = distance < 0 ? 0xD100_0000 : 0x9100_0000;
        _words.Add(opcode | (uint)Math.Abs(distance) << 10 | DataRegister << 5 | (uint)register);
    }

    /// <summary>A small index of either sign, and anything in the upper half where only the lower one counts.</summary>
    private void SetIndex(int register, int option)
    {
        var immediate = (uint)random.Next(0x400);
        // UXTW of a negative index would be far away.
        bool isNegative = option != 2 && random.Next(2) == 0;
        _words.Add((isNegative ? 0x9280_0000 : 0xD280_0000) | immediate << 5 | (uint)register);
        if (option is 2 or 6)
            _words.Add(0xF2E0_0000 | (uint)random.Next(0x10000) << 5 | (uint)register);
    }

    /// <summary>Half of the exclusive stores follow their load.</summary>
    private void AddLoadBefore(Word store)
    {
        if (random.Next(2) == 0)
        {
            _words.Add(ClearExclusive);
            return;
        }

        // The same size and base, the load bit set, into registers that the store does not need.
        uint load = store.Value & ~(0x1Fu << 16) | 1u << 22 | 0x1Fu << 16;
        int first = Other(store.Rn, store.Rn);
        int second = Other(store.Rn, first);
        load = load & ~0x7FFFu & ~0x1Fu | (store.Value & 0x8000) | (uint)second << 10 | store.Value & 0x3E0 | (uint)first;
        _words.Add(load);
    }

    private int Other(int not, int nor)
    {
        while (true)
        {
            int register = random.Next(27);
            if (register != not && register != nor)
                return register;
        }
    }

    private uint RandomWord(EncodingRow row, Kind kind)
    {
        while (true)
        {
            uint word = (uint)random.NextInt64(1L << 32);
            if (kind == Kind.Branch)
                word = Forward(row.Operation, word);
            else if (kind == Kind.Literal)
                word = word & 0xFF00_001F | (uint)random.Next(-32, 32) << 5 & 0x00FF_FFE0;
            word = word & ~row.Mask | row.Value;
            if (Decoder.All.Find(word) == row && Allows(row, new(word), kind))
                return word;
        }
    }

    /// <summary>A branch over one word.</summary>
    private static uint Forward(Operation operation, uint word) => operation switch
    {
        Operation.Branch or Operation.BranchWithLink => 2,
        Operation.TestBranch => word & ~(0x3FFFu << 5) | 2 << 5,
        _ => word & ~(0x7FFFFu << 5) | 2 << 5,
    };

    /// <summary>
    /// True where the program goes on as it must: X28 stays what it is, bases are no indexes. And true only where QEMU and the
    /// architecture agree.
    /// </summary>
    private bool Allows(EncodingRow row, Word word, Kind kind)
    {
        foreach (EncodedField field in row.Fields)
        {
            if (field.Name is "Rd" or "Rt" or "Rt2" or "Rs" or "Rn" && word.Bits(field.Position, field.Width) == DataRegister)
                return false;
        }

        return kind switch
        {
            Kind.Indexed => word.Rm != DataRegister && word.Rm != word.Rn,
            Kind.BranchRegister => word.Rn != 31,
            // LDSMAX and its like of less than 64 bits: Unicorn 2.0 compares all of the register with what is in memory.
            Kind.Aligned => !forUnicorn || row.Operation != Operation.Atomic || !word.Bit(14) || word.Bits(30, 2) == 3,
            _ => true,
        };
    }

    private static Kind KindOf(Operation operation) => operation switch
    {
        Operation.Adr or Operation.Adrp or Operation.AddImmediate or Operation.LogicalImmediate or Operation.MoveWide
            or Operation.Bitfield or Operation.Extract or Operation.LogicalShifted or Operation.AddShifted
            or Operation.AddExtended or Operation.AddCarry or Operation.ConditionalCompare or Operation.ConditionalSelect
            or Operation.TwoSource or Operation.OneSource or Operation.ThreeSource or Operation.Prefetch => Kind.Computing,
        Operation.LoadLiteral => Kind.Literal,
        Operation.LoadUnsignedOffset or Operation.LoadPostIndex or Operation.LoadPreIndex or Operation.LoadUnscaled
            or Operation.LoadUnprivileged or Operation.StoreUnsignedOffset or Operation.StorePostIndex or Operation.StorePreIndex
            or Operation.StoreUnscaled or Operation.StoreUnprivileged or Operation.LoadPairOffset or Operation.LoadPairPostIndex
            or Operation.LoadPairPreIndex or Operation.StorePairOffset or Operation.StorePairPostIndex
            or Operation.StorePairPreIndex => Kind.Access,
        Operation.LoadRegisterOffset or Operation.StoreRegisterOffset => Kind.Indexed,
        Operation.LoadAcquire or Operation.StoreRelease or Operation.LoadExclusive or Operation.LoadExclusivePair
            or Operation.CompareAndSwap or Operation.CompareAndSwapPair or Operation.Atomic or Operation.Swap => Kind.Aligned,
        Operation.StoreExclusive or Operation.StoreExclusivePair => Kind.StoreExclusive,
        Operation.Branch or Operation.BranchWithLink or Operation.BranchConditional or Operation.CompareBranch
            or Operation.TestBranch => Kind.Branch,
        Operation.BranchRegister or Operation.BranchLinkRegister or Operation.Return => Kind.BranchRegister,
        _ => Kind.Other,
    };
}
