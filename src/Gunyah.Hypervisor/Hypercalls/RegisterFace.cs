using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// What an HVC or SMC instruction does to the registers of the vCPU that executes it (gunyah-abi.md 1.1 to 1.7).
/// </summary>
internal sealed class RegisterFace(HypercallDispatcher dispatcher)
{
    private const ulong UnknownCall = ulong.MaxValue;
    private const int ReturnAddressRegister = 9;
    private const int FirstTemporary = 10;
    private const int FirstPreserved = 18;

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
        CallWords answer = default;
        if (!dispatcher.TryCall(caller, number, in CallWords.At(in x), checkReserved: true, ref answer))
            answer[0] = UnknownCall;

        // A vCPU that the call stopped never sees a result.
        if (caller.IsHalted)
            return;
        // Word by word: a wider load of what was just stored in parts waits for the parts.
        (x[0], x[1], x[2], x[3]) = (answer[0], answer[1], answer[2], answer[3]);
        (x[4], x[5], x[6], x[7]) = (answer[4], answer[5], answer[6], answer[7]);
        x[ReturnAddressRegister] = registers.Pc;
        ((Span<ulong>)x)[FirstTemporary..FirstPreserved].Clear();
    }
}
