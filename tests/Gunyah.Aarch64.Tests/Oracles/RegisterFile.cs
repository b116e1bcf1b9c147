using System.Runtime.InteropServices;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>Everything that an instruction at one exception level can see and change, memory apart.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RegisterFile
{
    /// <summary>X0 to X30, and SP behind them.</summary>
    public fixed ulong X[32];

    /// <summary>V0 to V31, two words each.</summary>
    public fixed ulong V[64];

    public ulong Pc;

    /// <summary>NZCV where PSTATE has it.</summary>
    public uint Nzcv;

    public uint Fpcr;

    public uint Fpsr;

    /// <summary>What differs, a line each: this, and the other.</summary>
    public readonly IEnumerable<string> Differences(RegisterFile other)
    {
        var found = new List<string>();
        for (int i = 0; i < 32; i++)
        {
            if (X[i] != other.X[i])
                found.Add($"X{i}: {X[i]:x16}, {other.X[i]:x16}");
            if (V[i * 2] != other.V[i * 2] || V[i * 2 + 1] != other.V[i * 2 + 1])
                found.Add($"V{i}: {Text(V[i * 2 + 1], V[i * 2])}, {Text(other.V[i * 2 + 1], other.V[i * 2])}");
        }

        if (Pc != other.Pc)
            found.Add($"PC: {Pc:x16}, {other.Pc:x16}");
        if (Nzcv != other.Nzcv)
            found.Add($"NZCV: {Nzcv:x8}, {other.Nzcv:x8}");
        if (Fpsr != other.Fpsr)
            found.Add($"FPSR: {Fpsr:x8}, {other.Fpsr:x8}");
        return found;
    }

    private static string Text(ulong high, ulong low) => $"{high:x16}_{low:x16}";
}
