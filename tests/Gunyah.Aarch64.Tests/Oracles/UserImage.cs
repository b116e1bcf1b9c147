using System.Buffers.Binary;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// Many random programs in one image of memory, at the same addresses for a process as for a core. Between them stands what
/// loads all registers before each, and writes all of them to the standard output behind it; at the end the data is written.
/// </summary>
internal sealed unsafe class UserImage
{
    /// <summary>Where the data that programs reach has its middle.</summary>
    public const int DataMiddle = 0xD_0000;

    private const int Entry = 0x1000;
    private const int DataStart = 0xC_8000;
    private const int DataSize = 0x1_9000;
    private const int Saved = 0xC_0000;

    // X0 to X30, SP, NZCV, FPSR and, where registers are loaded, FPCR; the vectors behind them.
    private const int Scalars = 35;
    private const int SavedScalars = 34;
    private const int SavedSize = SavedScalars * 8 + Vectors * 16;
    private const int Vectors = 32;
    private const int MostWordsAround = 500;
    private const int Sixty4Kibibytes = 0x10;

    private readonly byte[] _memory = new byte[BareCore.RamSize];
    private readonly List<Part> _parts = [];
    private int _next = Entry;

    /// <summary>Makes an image without programs.</summary>
    public UserImage(Random random)
    {
        random.NextBytes(_memory.AsSpan(DataStart, DataSize));
        // MOVZ X28, the middle of the data.
        Emit(0xD2A0_0000 | (uint)((BareCore.RamBase + DataMiddle) >> 16) << 5 | RandomProgram.DataRegister);
    }

    /// <summary>True while another program fits.</summary>
    public bool HasRoom => _next < Saved - MostWordsAround * 4;

    /// <summary>How many programs there are.</summary>
    public int Count => _parts.Count;

    /// <summary>Adds the first rows of a program.</summary>
    public void Add(RandomProgram program, int rows, in RegisterFile before)
    {
        LoadRegisters(before);
        int count = program.Steps[rows - 1].End;
        _parts.Add(new(_next, count, program.Steps.Take(rows).Count(static step => RandomProgram.IsBranch(step.Row)), before));
        foreach (uint word in program.Words.Take(count))
            Emit(word);
        SaveRegisters();
    }

    /// <summary>Runs everything there and here.</summary>
    /// <param name="ours">Our core.</param>
    /// <returns>The first program that differs, or the number of programs where the data does; null for none.</returns>
    public (int Index, string Difference)? Compare(OurCore ours)
    {
        int end = _next;
        Write(BareCore.RamBase + DataStart, DataSize);
        foreach (uint word in QemuUser.Exit)
            Emit(word);
        (byte[] output, int status) = QemuUser.Run(_memory, Entry);
        _memory.CopyTo(ours.Memory);
        _next = end;
        if (status != 0 || output.Length != _parts.Count * SavedSize + DataSize)
            return (Math.Min(output.Length / SavedSize, _parts.Count - 1), $"the process ends with {status} there");
        for (int i = 0; i < _parts.Count; i++)
        {
            string[] found = [.. RunHere(ours, _parts[i]).Differences(SavedRegisters(output, i, _parts[i]))];
            if (found.Length > 0)
                return (i, string.Join("; ", found));
        }

        int at = ours.Memory.Slice(DataStart, DataSize).CommonPrefixLength(output.AsSpan(_parts.Count * SavedSize));
        return at == DataSize ? null : (_parts.Count, $"memory at {DataStart + at - DataMiddle:x}");
    }

    private static RegisterFile RunHere(OurCore ours, Part part)
    {
        RegisterFile registers = part.Before;
        registers.Pc = BareCore.RamBase + (ulong)part.Start;
        ulong end = registers.Pc + (ulong)(part.Count * 4);
        // A branch skips a word, so at least so many run; then one by one to the end.
        ours.Run(ref registers, part.Count - part.Branches);
        for (int i = 0; registers.Pc != end && i < part.Branches; i++)
            ours.Run(ref registers, 1);
        return registers;
    }

    private static RegisterFile SavedRegisters(byte[] output, int index, Part part)
    {
        RegisterFile registers = part.Before;
        ReadOnlySpan<byte> saved = output.AsSpan(index * SavedSize);
        for (int i = 0; i < 32; i++)
            registers.X[i] = BinaryPrimitives.ReadUInt64LittleEndian(saved[(i * 8)..]);
        registers.Nzcv = (uint)BinaryPrimitives.ReadUInt64LittleEndian(saved[(32 * 8)..]);
        registers.Fpsr = (uint)BinaryPrimitives.ReadUInt64LittleEndian(saved[(33 * 8)..]);
        for (int i = 0; i < Vectors * 2; i++)
            registers.V[i] = BinaryPrimitives.ReadUInt64LittleEndian(saved[((SavedScalars + i) * 8)..]);
        registers.X[RandomProgram.DataRegister] += Sixty4Kibibytes << 12;
        registers.Pc = BareCore.RamBase + (ulong)(part.Start + part.Count * 4);
        return registers;
    }

    /// <summary>From a pool of literals behind the words that load them.</summary>
    private void LoadRegisters(RegisterFile before)
    {
        const int Words = 2 * 4 + 31 + Vectors;
        const int PoolSize = Scalars * 8 + Vectors * 16;
        int pool = _next + (Words + 1) * 4;
        pool = (pool + 7) & ~7;
        LoadLiteral(0, pool + 31 * 8);
        Emit(0x9100_001F); // mov sp, x0
        LoadLiteral(0, pool + 32 * 8);
        Emit(0xD51B_4200); // msr nzcv, x0
        LoadLiteral(0, pool + 33 * 8);
        Emit(0xD51B_4420); // msr fpsr, x0
        LoadLiteral(0, pool + 34 * 8);
        Emit(0xD51B_4400); // msr fpcr, x0
        for (int i = 0; i < Vectors; i++)
            Emit(0x9C00_0000 | (uint)(pool + Scalars * 8 + i * 16 - _next) / 4 << 5 | (uint)i); // ldr q, literal
        for (int i = 0; i < 31; i++)
            LoadLiteral(i, pool + i * 8);
        Emit(0x1400_0000 | (uint)(pool + PoolSize - _next) / 4);
        _next = pool;
        for (int i = 0; i < 32; i++)
            Put(before.X[i]);
        Put(before.Nzcv);
        Put(before.Fpsr);
        Put(before.Fpcr);
        for (int i = 0; i < Vectors * 2; i++)
            Put(before.V[i]);
    }

    private void SaveRegisters()
    {
        Emit(0xD140_0000 | Sixty4Kibibytes << 10 | RandomProgram.DataRegister << 5 | RandomProgram.DataRegister);
        for (int i = 0; i < 31; i++)
            StoreSaved(i, i);
        Emit(0x9100_03E0); // mov x0, sp
        StoreSaved(0, 31);
        Emit(0xD53B_4200); // mrs x0, nzcv
        StoreSaved(0, 32);
        Emit(0xD53B_4420); // mrs x0, fpsr
        StoreSaved(0, 33);
        for (int i = 0; i < Vectors; i++)
            Emit(0x3D80_0000 | (uint)(SavedScalars / 2 + i) << 10 | RandomProgram.DataRegister << 5 | (uint)i); // str q
        Write(BareCore.RamBase + Saved, SavedSize);
    }

    /// <summary>STR of a register, relative to X28.</summary>
    private void StoreSaved(int register, int place) =>
        Emit(0xF900_0000 | (uint)place << 10 | RandomProgram.DataRegister << 5 | (uint)register);

    /// <summary>LDR of a literal.</summary>
    private void LoadLiteral(int register, int from) => Emit(0x5800_0000 | (uint)(from - _next) / 4 << 5 | (uint)register);

    private void Write(ulong address, int count)
    {
        foreach (uint word in QemuUser.Write(address, count))
            Emit(word);
    }

    private void Put(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(_memory.AsSpan(_next), value);
        _next += sizeof(ulong);
    }

    private void Emit(uint word)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_memory.AsSpan(_next), word);
        _next += 4;
    }

    private readonly record struct Part(int Start, int Count, int Branches, RegisterFile Before);
}
