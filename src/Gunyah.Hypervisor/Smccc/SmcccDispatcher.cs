using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Smccc;

/// <summary>Calls by the SMC calling convention: HVC or SMC with immediate 0 (gunyah-abi.md 1.7 and 1.8).</summary>
internal static class SmcccDispatcher
{
    private const uint SmcccVersion = 0x0001_0003;
    private const uint NotSupported32 = uint.MaxValue;
    private const uint MustBeZero = 0x00FE_0000;
    private const uint SveHint = 0x0001_0000;
    private const uint HypercallClass = HypercallRow.SmcccBase;
    private const uint HypercallNumber = 0x3FFF;
    private const ulong StandardHypRevision = 1;

    public static void Call(Vcpu caller, ref GuestRegisters registers)
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
        else if (!TryIdentify(caller, function, ref x) && !Psci.TryCall(caller, function, ref x))
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
    private static void CallHypercall(Vcpu caller, int number, ref GeneralRegisters x)
    {
        var arguments = new HypercallArguments(x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
        if (HypercallDispatcher.Call(caller, number, arguments, checkReserved: false) is not { } result)
        {
            x[0] = SmcccFunctions.NotSupported;
            return;
        }

        if (caller.IsHalted)
            return;
        HypercallRow row = HypercallTable.Find(number)!;
        for (int i = 0; i < row.Outputs.Length; i++)
            x[i] = RegisterFace.Word(result, i);
        if (row.AnswersError)
            x[0] = (ulong)(int)result.X0;
    }

    private static bool TryIdentify(Vcpu caller, uint function, ref GeneralRegisters x)
    {
        ReadOnlySpan<uint> uid = GunyahUid.Words;
        switch (function)
        {
            case SmcccFunctions.Version:
                Answer32(ref x, SmcccVersion);
                return true;
            case SmcccFunctions.ArchFeatures:
                Answer32(ref x, HasFeature((uint)x[1]) ? 0 : NotSupported32);
                return true;
            case SmcccFunctions.StandardHypUid:
                Answer32(ref x, uid[0], uid[1], uid[2], uid[3]);
                return true;
            case SmcccFunctions.StandardHypRevision:
                Answer32(ref x, (uint)StandardHypRevision, 0);
                return true;
            case SmcccFunctions.VendorHypUid:
                for (int i = 0; i < uid.Length; i++)
                    x[i] = uid[i];
                return true;
            case SmcccFunctions.VendorHypRevision:
                x[0] = HypercallDispatcher.Call(caller, IdentificationCalls.Identify.Number, default, checkReserved: false)?.X0
                    ?? 0;
                return true;
            default:
                return false;
        }
    }

    private static bool HasFeature(uint function) => function is SmcccFunctions.Version or SmcccFunctions.ArchFeatures
        or SmcccFunctions.StandardHypUid or SmcccFunctions.StandardHypRevision;
}
