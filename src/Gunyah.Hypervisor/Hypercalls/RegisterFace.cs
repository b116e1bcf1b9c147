using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// What an HVC or SMC instruction does to the registers of the vCPU that executes it (gunyah-abi.md 1.1 to 1.7).
/// </summary>
internal sealed class RegisterFace(HypercallDispatcher dispatcher)
{
    private const ulong UnknownCall = ulong.MaxValue;
    private const int ResultRegisters = 8;
    private const int WrittenWords = 5;
    private const int ReturnAddressRegister = 9;
    private const int LastTemporary = 17;

    private readonly SmcccRoute _smccc = new(dispatcher);

    public void Trap(ICaller caller, ushort immediate, ref GuestRegisters registers)
    {
        int number = immediate - HypercallRow.NativeBase;
        if (number is >= 0 and < HypercallTable.Size)
            CallNative(caller, number, ref registers);
        else if (immediate == 0)
            _smccc.Call(caller, ref registers);
        else
            registers.X[0] = UnknownCall;
    }

    private void CallNative(ICaller caller, int number, ref GuestRegisters registers)
    {
        ref GeneralRegisters x = ref registers.X;
        if (!dispatcher.TryCall(caller, number, in CallWords.At(in x), checkReserved: true, out HypercallResult result))
            result = new(UnknownCall);

        // A vCPU that the call stopped never sees a result.
        if (caller.IsHalted)
            return;
        Span<ulong> written = x;
        (written[0], written[1], written[2], written[3], written[4]) = (result.X0, result.X1, result.X2, result.X3, result.X4);
        written[WrittenWords..ResultRegisters].Clear();
        written[ReturnAddressRegister] = registers.Pc;
        written[(ReturnAddressRegister + 1)..(LastTemporary + 1)].Clear();
    }
}
