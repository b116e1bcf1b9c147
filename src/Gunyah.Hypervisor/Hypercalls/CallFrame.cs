using System.Runtime.CompilerServices;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// A native call after the checks that its row declares: who calls, and the words cut to their widths. The dispatcher holds a
/// reference on each object of the call until it is over.
/// </summary>
internal readonly ref struct CallFrame
{
    private readonly ref readonly CallWords _words;

    public CallFrame(ICaller caller, ref readonly CallWords words)
    {
        Caller = caller;
        _words = ref words;
    }

    /// <summary>Whose call it is.</summary>
    public ICaller Caller { get; }

    public ulong X0 => _words[0];

    public ulong X1 => _words[1];

    public ulong X2 => _words[2];

    public ulong X3 => _words[3];

    public ulong X4 => _words[4];

    public ulong X5 => _words[5];

    public ulong X6 => _words[6];
}

/// <summary>The objects of a call, in the order of the registers that name them. A call has eight registers.</summary>
[InlineArray(CallWords.Count)]
internal struct CallObjects
{
    private HypervisorObject? _first;
}

/// <summary>Carries out a call that looks up no capability, or does it itself.</summary>
internal delegate HypercallResult CallHandler(in CallFrame call);

/// <summary>Carries out a call on one object.</summary>
internal delegate HypercallResult CallHandler<in T>(in CallFrame call, T first);

/// <summary>Carries out a call on two objects.</summary>
internal delegate HypercallResult CallHandler<in T1, in T2>(in CallFrame call, T1 first, T2 second);

/// <summary>Carries out a call on three objects.</summary>
internal delegate HypercallResult CallHandler<in T1, in T2, in T3>(in CallFrame call, T1 first, T2 second, T3 third);
