using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Tests.Harness;

/// <summary>Instruction words that tests need, assembled.</summary>
internal static class A64
{
    public const uint Nop = 0xD503201F;
    public const uint Isb = 0xD5033FDF;
    public const uint DsbIsh = 0xD5033B9F;
    public const uint Eret = 0xD69F03E0;
    public const uint Wfi = 0xD503207F;
    public const uint Wfe = 0xD503205F;
    public const uint Sev = 0xD503209F;
    public const uint Udf = 0;
    public const uint TlbiAll = 0xD508871F;

    /// <summary>SVC.</summary>
    public static uint Svc(ushort immediate) => 0xD4000001 | (uint)immediate << 5;

    /// <summary>HVC.</summary>
    public static uint Hvc(ushort immediate) => 0xD4000002 | (uint)immediate << 5;

    /// <summary>ADD Xd, Xn, #imm; 31 is SP.</summary>
    public static uint Add(int d, int n, uint immediate) => 0x91000000 | immediate << 10 | (uint)n << 5 | (uint)d;

    /// <summary>LDR Xt, [Xn].</summary>
    public static uint Ldr(int t, int n) => 0xF9400000 | (uint)n << 5 | (uint)t;

    /// <summary>LDR Wt, [Xn].</summary>
    public static uint LdrW(int t, int n) => 0xB9400000 | (uint)n << 5 | (uint)t;

    /// <summary>STR Xt, [Xn].</summary>
    public static uint Str(int t, int n) => 0xF9000000 | (uint)n << 5 | (uint)t;

    /// <summary>BR Xn.</summary>
    public static uint Br(int n) => 0xD61F0000 | (uint)n << 5;

    /// <summary>B to itself.</summary>
    public static uint Stay => 0x14000000;

    /// <summary>MRS Xt of a register by its name.</summary>
    public static uint Mrs(int t, string register) => 0xD5300000 | Number(register) << 5 | (uint)t;

    /// <summary>MSR of a register by its name.</summary>
    public static uint Msr(string register, int t) => 0xD5100000 | Number(register) << 5 | (uint)t;

    /// <summary>A system instruction by its name.</summary>
    public static uint Sys(string name, int t) =>
        0xD5080000 & 0xFFE0_0000 | SystemInstructionTable.Rows.Single(row => row.Name == name).Number * 32u | (uint)t;

    private static uint Number(string register) =>
        (uint)SystemRegisterTable.Rows.Single(row => row.Name == register).Number & 0x7FFF;
}
