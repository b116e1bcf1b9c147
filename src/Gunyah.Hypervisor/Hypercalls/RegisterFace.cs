using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Smccc;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// What an HVC or SMC instruction does to the registers of the vCPU that executes it (gunyah-abi.md 1.1 to 1.7).
/// </summary>
internal static class RegisterFace
{
    private const ulong UnknownCall = ulong.MaxValue;
    private const int ResultRegisters = 8;
    private const int ReturnAddressRegister = 9;
    private const int LastTemporary = 17;

    public static void Trap(Vcpu caller, ushort immediate, ref GuestRegisters registers)
    {
        int number = immediate - HypercallRow.NativeBase;
        if (number is >= 0 and < HypercallTable.Size)
            CallNative(caller, number, ref registers);
        else if (immediate == 0)
            SmcccDispatcher.Call(caller, ref registers);
        else
            registers.X[0] = UnknownCall;
    }

    /// <summary>The words of a result, X0 first.</summary>
    public static ulong Word(in HypercallResult result, int index) => index switch
    {
        0 => result.X0,
        1 => result.X1,
        2 => result.X2,
        3 => result.X3,
        4 => result.X4,
        _ => 0,
    };

    private static void CallNative(Vcpu caller, int number, ref GuestRegisters registers)
    {
        ref GeneralRegisters x = ref registers.X;
        var arguments = new HypercallArguments(x[0], x[1], x[2], x[3], x[4], x[5], x[6], x[7]);
        HypercallResult? answer = HypercallDispatcher.Call(caller, number, arguments, checkReserved: true);

        // A vCPU that the call stopped never sees a result.
        if (caller.IsHalted)
            return;
        HypercallResult result = answer ?? new HypercallResult(UnknownCall);
        for (int i = 0; i < ResultRegisters; i++)
            x[i] = Word(result, i);
        x[ReturnAddressRegister] = registers.Pc;
        for (int i = ReturnAddressRegister + 1; i <= LastTemporary; i++)
            x[i] = 0;
    }
}
