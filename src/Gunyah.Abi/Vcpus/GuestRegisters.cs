using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Gunyah.Abi.Vcpus;

/// <summary>X0 to X30 of a vCPU, by index.</summary>
[InlineArray(Count)]
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types",
    Justification = "Register files are changed in place, not compared.")]
public struct GeneralRegisters
{
    /// <summary>The number of general registers of an AArch64 core.</summary>
    public const int Count = 31;

    private ulong _x0;
}

/// <summary>
/// What a hypercall or a power-on sees of a vCPU's registers. Vector registers, PSTATE and system registers are never part
/// of a call (gunyah-abi.md 1.2).
/// </summary>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types",
    Justification = "Register files are changed in place, not compared.")]
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields",
    Justification = "Callers change single registers in place.")]
public struct GuestRegisters
{
    /// <summary>X0 to X30.</summary>
    public GeneralRegisters X;

    /// <summary>
    /// The program counter. During a hypercall: the address of the instruction after the HVC or SMC, which the native route
    /// leaves in X9.
    /// </summary>
    public ulong Pc;

    /// <summary>SP_EL0.</summary>
    public ulong SpEl0;

    /// <summary>SP_EL1.</summary>
    public ulong SpEl1;
}
