using System.Runtime.CompilerServices;
using Gunyah.Abi;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// A native call after the checks that its row declares: who calls, of each word what the call receives, and where results go.
/// The words lie where they came from, and nobody changes them before the call is over. The dispatcher holds a reference on each
/// object of the call that needs one until then.
/// </summary>
internal readonly ref struct CallFrame
{
    private readonly ref readonly CallWords _words;
    private readonly ref readonly CallWords _kept;
    private readonly ref CallWords _answer;

    public CallFrame(ICaller caller, CallShape shape, ref readonly CallWords words, ref CallWords answer)
    {
        Caller = caller;
        _words = ref words;
        _kept = ref shape.Kept;
        _answer = ref answer;
    }

    /// <summary>Whose call it is.</summary>
    public ICaller Caller { get; }

    public ulong X0 => _words[0] & _kept[0];

    public ulong X1 => _words[1] & _kept[1];

    public ulong X2 => _words[2] & _kept[2];

    public ulong X3 => _words[3] & _kept[3];

    public ulong X4 => _words[4] & _kept[4];

    public ulong X5 => _words[5] & _kept[5];

    public ulong X6 => _words[6] & _kept[6];

    /// <summary>Sets the results of a call that succeeded, from X1 on.</summary>
    public GunyahError Answer(ulong x1, ulong x2 = 0, ulong x3 = 0, ulong x4 = 0) => Answer(GunyahError.Ok, x1, x2, x3, x4);

    /// <summary>Sets the results of a call that answers some whatever its error is, from X1 on.</summary>
    public GunyahError Answer(GunyahError error, ulong x1, ulong x2 = 0, ulong x3 = 0, ulong x4 = 0)
    {
        (_answer[1], _answer[2], _answer[3], _answer[4]) = (x1, x2, x3, x4);
        return error;
    }

    /// <summary>Sets the results of a call whose row names no error.</summary>
    public GunyahError AnswerWithoutError(ulong x0, ulong x1)
    {
        (_answer[0], _answer[1]) = (x0, x1);
        return GunyahError.Ok;
    }
}

/// <summary>The objects of a call, in the order of the registers that name them. A call has eight registers.</summary>
[InlineArray(CallWords.Count)]
internal struct CallObjects
{
    private HypervisorObject? _first;
}

/// <summary>Carries out a call that looks up no capability, or does it itself.</summary>
internal delegate GunyahError CallHandler(in CallFrame call);

/// <summary>Carries out a call on one object.</summary>
internal delegate GunyahError CallHandler<in T>(in CallFrame call, T first);

/// <summary>Carries out a call on two objects.</summary>
internal delegate GunyahError CallHandler<in T1, in T2>(in CallFrame call, T1 first, T2 second);

/// <summary>Carries out a call on three objects.</summary>
internal delegate GunyahError CallHandler<in T1, in T2, in T3>(in CallFrame call, T1 first, T2 second, T3 third);
