using System.Buffers.Binary;
using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// A program of random instructions of every kind that EL0 has, which ends where it ends whatever they compute: every access
/// goes to the data around X28, which nothing changes, and every branch goes forward. What a row needs for that stands before it.
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
        .. Encodings.All.Where(static row => KindOf(row) == RowKind.Computing
            && row.Feature == Feature.Base && row.Operation is not (Operation.Adr or Operation.Adrp)),
    ];

    private readonly List<uint> _words = [];
    private readonly List<(int End, EncodingRow Row)> _steps = [];

    /// <summary>The rows that programs are made of.</summary>
    public static EncodingRow[] Rows { get; } = [.. Encodings.All.Where(static row => KindOf(row) != RowKind.Other)];

    /// <summary>True for a row that skips a word where it branches.</summary>
    public static bool IsBranch(EncodingRow row) => KindOf(row) is RowKind.Branch or RowKind.BranchRegister;

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
        RandomOperands.FillVectors(ref registers, random);
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
        RowKind kind = KindOf(row);
        uint word = RandomWord(row, kind);
        var fields = new Word(word);
        switch (kind)
        {
            case RowKind.Access or RowKind.Indexed:
                Aim(fields.Rn, random.Next(4) == 0 ? random.Next(-0x400, 0x400) : random.Next(-0x40, 0x40) * 16);
                if (kind == RowKind.Indexed && fields.Rm != 31)
                    SetIndex(fields.Rm, fields.Bits(13, 3));
                break;
            case RowKind.Aligned:
                Aim(fields.Rn, random.Next(-0x20, 0x20) * 16);
                break;
            case RowKind.StoreExclusive:
                Aim(fields.Rn, random.Next(-0x20, 0x20) * 16);
                AddLoadBefore(fields);
                break;
            case RowKind.BranchRegister:
                // ADR Rn, to behind the word that is skipped.
                _words.Add(0x1000_0000 | 3 << 5 | (uint)fields.Rn);
                break;
            default:
                break;
        }

        _words.Add(word);
        if (kind is RowKind.Branch or RowKind.BranchRegister)
            _words.Add(RandomWord(_fillers[random.Next(_fillers.Length)], RowKind.Computing));
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

    private uint RandomWord(EncodingRow row, RowKind kind)
    {
        while (true)
        {
            uint word = (uint)random.NextInt64(1L << 32);
            if (kind == RowKind.Branch)
                word = Forward(row.Operation, word);
            else if (kind == RowKind.System)
                word = RowKinds.WithUsersRegister(row.Operation, word);
            else if (kind == RowKind.Literal)
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
    private bool Allows(EncodingRow row, Word word, RowKind kind)
    {
        foreach (EncodedField field in row.Fields)
        {
            if (RowKinds.IsGeneral(row, field.Name) && word.Bits(field.Position, field.Width) == DataRegister)
                return false;
        }

        return kind switch
        {
            RowKind.Indexed => word.Rm != DataRegister && word.Rm != word.Rn,
            RowKind.BranchRegister => word.Rn != 31,
            // What the architecture leaves open: two loads into one register.
            RowKind.Access when RowKinds.LoadsVectorPair(row) => word.Rt != word.Rt2,
            // What the peers have of pointer authentication.
            RowKind.System when row.Operation == Operation.Hint => word.Bits(5, 7) is < 7 or (> 15 and < 24) or > 31,
            // LDSMAX and its like of less than 64 bits: Unicorn 2.0 compares all of the register with what is in memory.
            RowKind.Aligned => !forUnicorn || row.Operation != Operation.Atomic || !word.Bit(14) || word.Bits(30, 2) == 3,
            _ => true,
        };
    }

    private static RowKind KindOf(EncodingRow row) => RowKinds.Of(row);
}
