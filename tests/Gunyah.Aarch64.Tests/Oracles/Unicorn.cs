using System.Runtime.InteropServices;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>Unicorn 2, a peer that runs instructions: QEMU's translator as a library.</summary>
internal sealed unsafe partial class Unicorn : IDisposable
{
    private const string Library = "libunicorn.so.2";
    private const int Arm64 = 2;
    private const int ModelMax = 3;
    private const int SetCpuModel = 0x4400_0007;
    private const int RemoveCache = 0x4800_0009;
    private const uint All = 7;

    // The library's numbers of registers (unicorn/arm64.h).
    private const int X29 = 1;
    private const int X30 = 2;
    private const int Nzcv = 3;
    private const int Sp = 4;
    private const int X0 = 199;
    private const int V0 = 228;
    private const int Pc = 260;
    private const int Cpacr = 261;
    private const int Fpcr = 291;
    private const int Fpsr = 292;

    private readonly nint _engine;

    /// <summary>Makes a CPU with memory of the caller's.</summary>
    public Unicorn(ulong start, Span<byte> memory)
    {
        Check(Open(Arm64, 0, out _engine));
        Check(Control(_engine, SetCpuModel, ModelMax, 0));
        fixed (byte* host = memory)
            Check(MapPointer(_engine, start, (nuint)memory.Length, All, host));
        ulong enabled = 3ul << 20;
        Check(WriteRegister(_engine, Cpacr, &enabled));
    }

    /// <summary>True where the library is installed.</summary>
    public static bool IsInstalled => NativeLibrary.TryLoad(Library, out _);

    /// <summary>Runs so many instructions from the program counter on.</summary>
    /// <returns>False where one of them faulted.</returns>
    public bool Run(ref RegisterFile registers, int count)
    {
        Transfer(ref registers, isWrite: true);
        ulong end = registers.Pc + (ulong)(count * 4);
        Check(Control(_engine, RemoveCache, (nint)registers.Pc, (nint)end));
        int error = Start(_engine, registers.Pc, end, 0, (nuint)count);
        Transfer(ref registers, isWrite: false);
        return error == 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Close(_engine);

    private void Transfer(ref RegisterFile registers, bool isWrite)
    {
        const int Count = 31 + 32 + 5;
        int* numbers = stackalloc int[Count];
        void** values = stackalloc void*[Count];
        int next = 0;
        ulong nzcv = registers.Nzcv;
        ulong fpcr = registers.Fpcr;
        ulong fpsr = registers.Fpsr;
        fixed (RegisterFile* file = &registers)
        {
            for (int i = 0; i < 31; i++)
            {
                numbers[next] = i switch { 29 => X29, 30 => X30, _ => X0 + i };
                values[next++] = file->X + i;
            }

            for (int i = 0; i < 32; i++)
            {
                numbers[next] = V0 + i;
                values[next++] = file->V + i * 2;
            }

            numbers[next] = Sp;
            values[next++] = file->X + 31;
            numbers[next] = Pc;
            values[next++] = &file->Pc;
            numbers[next] = Nzcv;
            values[next++] = &nzcv;
            numbers[next] = Fpcr;
            values[next++] = &fpcr;
            numbers[next] = Fpsr;
            values[next++] = &fpsr;
            Check(isWrite ? WriteRegisters(_engine, numbers, values, Count) : ReadRegisters(_engine, numbers, values, Count));
        }

        registers.Nzcv = (uint)nzcv;
        registers.Fpcr = (uint)fpcr;
        registers.Fpsr = (uint)fpsr;
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new InvalidOperationException($"Unicorn answers {error}");
    }

    [LibraryImport(Library, EntryPoint = "uc_open")]
    private static partial int Open(int architecture, int mode, out nint engine);

    [LibraryImport(Library, EntryPoint = "uc_close")]
    private static partial int Close(nint engine);

    // Variadic in C; integers go the same way.
    [LibraryImport(Library, EntryPoint = "uc_ctl")]
    private static partial int Control(nint engine, int control, nint first, nint second);

    [LibraryImport(Library, EntryPoint = "uc_mem_map_ptr")]
    private static partial int MapPointer(nint engine, ulong address, nuint size, uint rights, void* host);

    [LibraryImport(Library, EntryPoint = "uc_reg_write")]
    private static partial int WriteRegister(nint engine, int register, void* value);

    [LibraryImport(Library, EntryPoint = "uc_reg_write_batch")]
    private static partial int WriteRegisters(nint engine, int* registers, void** values, int count);

    [LibraryImport(Library, EntryPoint = "uc_reg_read_batch")]
    private static partial int ReadRegisters(nint engine, int* registers, void** values, int count);

    [LibraryImport(Library, EntryPoint = "uc_emu_start")]
    private static partial int Start(nint engine, ulong begin, ulong until, ulong timeout, nuint count);
}
