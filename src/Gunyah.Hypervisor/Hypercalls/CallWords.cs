using System.Runtime.CompilerServices;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>X0 to X7 of a native call, as they come in or go out.</summary>
[InlineArray(Count)]
internal struct CallWords
{
    public const int Count = 8;
    private ulong _x0;

    /// <summary>The registers of a native call, where they are.</summary>
    public static ref readonly CallWords At(ref readonly GeneralRegisters x) =>
        ref Unsafe.As<GeneralRegisters, CallWords>(ref Unsafe.AsRef(in x));

    /// <summary>The arguments of a typed call, where they are: eight words in the order of their names.</summary>
    public static ref readonly CallWords At(ref readonly HypercallArguments arguments) =>
        ref Unsafe.As<HypercallArguments, CallWords>(ref Unsafe.AsRef(in arguments));

    /// <summary>The words that a call answers.</summary>
    public readonly HypercallResult ToResult() => new(this[0], this[1], this[2], this[3], this[4]);
}
