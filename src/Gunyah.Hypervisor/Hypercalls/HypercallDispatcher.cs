using System.Runtime.CompilerServices;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// From a call number and registers to the call: reserved inputs, unknown bits, capabilities in the order of the row, then
/// the handler. This order is part of the ABI (gunyah-abi.md 1.4, 2.2 and 4.1.4).
/// </summary>
internal static class HypercallDispatcher
{
    /// <summary>Carries out a call.</summary>
    /// <param name="caller">Whose call it is.</param>
    /// <param name="number">Any number.</param>
    /// <param name="arguments">X0 to X7 of the native route.</param>
    /// <param name="checkReserved">True on the native route; SMCCC calls are not checked (gunyah-abi.md Q1).</param>
    /// <returns>Null where there is no such call.</returns>
    public static HypercallResult? Call(Vcpu caller, int number, in HypercallArguments arguments, bool checkReserved)
    {
        if (HypercallTable.Find(number) is not { } row)
            return null;

        // The call that stopped a vCPU does not come back on a real core; what its program still asks for is not heard.
        HypercallResult result = caller.IsHalted ? GunyahError.Unimplemented : Call(caller, row, arguments, checkReserved);
        EventStream events = caller.Context.Events;
        if (events.Wants(EventKind.Hypercall))
        {
            uint error = row.AnswersError ? (uint)result.X0 : 0;
            caller.Context.Emit(caller, EventKind.Hypercall, new((ulong)number, arguments.X0, error, result.X1));
        }

        return result;
    }

    private static HypercallResult Call(Vcpu caller, HypercallRow row, in HypercallArguments arguments, bool checkReserved)
    {
        Words words = default;
        Load(ref words, arguments);
        if (checkReserved && !ReservedInputsMatch(row, words))
            return GunyahError.ArgumentInvalid;

        HypervisorObject? first = null;
        HypervisorObject? second = null;
        try
        {
            GunyahError error = CutToWidth(caller, row, ref words);
            if (error == GunyahError.Ok)
                error = Resolve(caller, row, words, out first, out second);
            if (error != GunyahError.Ok)
                return new((uint)error, row.CreatesCapability ? CapId.Invalid.Value : 0);
            return HypercallHandlers.Find(row)(new(caller, ToArguments(words), first, second));
        }
        finally
        {
            first?.Release();
            second?.Release();
        }
    }

    private static bool ReservedInputsMatch(HypercallRow row, in Words words)
    {
        for (int i = 0; i < row.Inputs.Length; i++)
        {
            bool matches = row.Inputs[i].Kind switch
            {
                HypercallInputKind.ReservedZero => words[i] == 0,
                HypercallInputKind.ReservedOnes => words[i] == ulong.MaxValue,
                _ => true,
            };
            if (!matches)
                return false;
        }

        return true;
    }

    private static GunyahError CutToWidth(Vcpu caller, HypercallRow row, ref Words words)
    {
        for (int i = 0; i < row.Inputs.Length; i++)
        {
            HypercallInput input = row.Inputs[i];
            switch (input.Kind)
            {
                case HypercallInputKind.Word:
                    words[i] &= input.Mask;
                    break;
                case HypercallInputKind.Bits:
                    words[i] &= input.Width;
                    GunyahError refused = UnknownBits(caller, input);
                    if ((words[i] & ~input.Mask) != 0 && refused != GunyahError.Ok)
                        return refused;
                    words[i] &= input.Mask;
                    break;
            }
        }

        for (int i = row.Inputs.Length; i < Words.Count; i++)
            words[i] = 0;
        return GunyahError.Ok;
    }

    private static GunyahError UnknownBits(Vcpu caller, in HypercallInput input) =>
        caller.Context.Options.Profile == Profile.Documented
        ? input.DocumentedUnknownBits ?? input.UnknownBits : input.UnknownBits;

    /// <summary>The look-ups in their declared order; the first that fails decides, later ones are not made.</summary>
    private static GunyahError Resolve(
        Vcpu caller, HypercallRow row, in Words words, out HypervisorObject? first, out HypervisorObject? second)
    {
        first = second = null;
        for (int order = 0; order < 2; order++)
        {
            int position = 0;
            for (int i = 0; i < row.Inputs.Length; i++)
            {
                HypercallInput input = row.Inputs[i];
                if (input.Kind != HypercallInputKind.Capability)
                    continue;
                if (input.Order == order)
                {
                    ref HypervisorObject? place = ref position == 0 ? ref first : ref second;
                    GunyahError error = caller.Space.Resolve(new(words[i]), input.Type, input.Rights, input.Lookup, out place);
                    if (error != GunyahError.Ok)
                        return error;
                }

                position++;
            }
        }

        return GunyahError.Ok;
    }

    private static void Load(ref Words words, in HypercallArguments a)
    {
        words[0] = a.X0;
        words[1] = a.X1;
        words[2] = a.X2;
        words[3] = a.X3;
        words[4] = a.X4;
        words[5] = a.X5;
        words[6] = a.X6;
        words[7] = a.X7;
    }

    private static HypercallArguments ToArguments(in Words w) => new(w[0], w[1], w[2], w[3], w[4], w[5], w[6], w[7]);

    [InlineArray(Count)]
    private struct Words
    {
        public const int Count = 8;
        private ulong _x0;
    }
}
