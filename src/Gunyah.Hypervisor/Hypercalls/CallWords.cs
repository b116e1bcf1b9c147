using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>X0 to X7 of a native call.</summary>
[InlineArray(Count)]
internal struct CallWords
{
    public const int Count = 8;
    private ulong _x0;

    /// <summary>The registers of a native call, where they are.</summary>
    public static ref readonly CallWords At(ref readonly GeneralRegisters x) =>
        ref MemoryMarshal.AsRef<CallWords>(MemoryMarshal.AsBytes(x[..Count]));

    /// <summary>The arguments of a typed call, where they are: eight words in the order of their names.</summary>
    public static ref readonly CallWords At(ref readonly HypercallArguments arguments) =>
        ref Unsafe.As<HypercallArguments, CallWords>(ref Unsafe.AsRef(in arguments));
}
