using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// Calls by the SMC calling convention: HVC or SMC with immediate 0 (gunyah-abi.md 1.7 and 1.8). The hypercalls have a class of
/// functions; the others are those of <see cref="CallBook.Services"/>.
/// </summary>
internal sealed class SmcccRoute(HypercallDispatcher dispatcher)
{
    private const uint MustBeZero = 0x00FE_0000;
    private const uint SveHint = 0x0001_0000;
    private const uint HypercallClass = HypercallRow.SmcccBase;
    private const uint HypercallNumber = 0x3FFF;

    public void Call(ICaller caller, ref GuestRegisters registers)
    {
        // A vCPU that was stopped is not heard any more.
        if (caller.IsHalted)
            return;

        ref GeneralRegisters x = ref registers.X;
        uint function = (uint)x[0];
        if ((function & MustBeZero) != 0)
        {
            x[0] = SmcccFunctions.NotSupported;
            return;
        }

        function &= ~SveHint;
        if ((function & ~HypercallNumber) == HypercallClass)
            CallHypercall(caller, (int)(function & HypercallNumber), ref x);
        else if (!TryServe(caller, function, ref x))
            x[0] = SmcccFunctions.NotSupported;
    }

    /// <summary>
    /// Writes X0 to X3 as a 32-bit call outside the vendor services does: what is not a result becomes its low half.
    /// </summary>
    public static void Answer32(ref GeneralRegisters x, uint x0, uint? x1 = null, uint? x2 = null, uint? x3 = null)
    {
        x[0] = x0;
        x[1] = x1 ?? (uint)x[1];
        x[2] = x2 ?? (uint)x[2];
        x[3] = x3 ?? (uint)x[3];
    }

    /// <summary>The native inputs are in X1 to X7; reserved ones are not checked. Only results are written.</summary>
    private void CallHypercall(ICaller caller, int number, ref GeneralRegisters x)
    {
        CallWords words = default;
        ((ReadOnlySpan<ulong>)x)[1..CallWords.Count].CopyTo(words);
        CallWords answer = default;
        if (!dispatcher.TryCall(caller, number, in words, checkReserved: false, ref answer))
        {
            x[0] = SmcccFunctions.NotSupported;
            return;
        }

        if (caller.IsHalted)
            return;
        HypercallRow row = dispatcher.Calls.Find(number)!.Row;
        ((ReadOnlySpan<ulong>)answer)[..row.Outputs.Length].CopyTo(x);
        if (row.AnswersError)
            x[0] = (ulong)(int)answer[0];
    }

    private bool TryServe(ICaller caller, uint function, ref GeneralRegisters x)
    {
        foreach (ISmcccService service in dispatcher.Calls.Services)
        {
            if (service.TryCall(caller, function, ref x))
                return true;
        }

        return false;
    }
}
