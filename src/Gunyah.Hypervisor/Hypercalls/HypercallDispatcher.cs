using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// From a call number and registers to the call: reserved inputs, unknown bits, capabilities in the order of the row, then
/// the handler. This order is part of the ABI (gunyah-abi.md 1.4, 2.2 and 4.1.4).
/// </summary>
internal sealed class HypercallDispatcher(HypervisorContext context, CallBook calls)
{
    private readonly EventStream _events = context.Events;

    /// <summary>What is bound.</summary>
    public CallBook Calls { get; } = calls;

    /// <summary>Carries out a call.</summary>
    /// <param name="caller">Whose call it is.</param>
    /// <param name="number">Any number.</param>
    /// <param name="words">X0 to X7 of the native route.</param>
    /// <param name="checkReserved">True on the native route; SMCCC calls are not checked (gunyah-abi.md Q1).</param>
    /// <param name="result">What the call answers.</param>
    /// <returns>False where there is no such call.</returns>
    public bool TryCall(
        ICaller caller, int number, ref readonly CallWords words, bool checkReserved, out HypercallResult result)
    {
        if (Calls.Find(number) is not { } call)
        {
            result = default;
            return false;
        }

        // The call that stopped a vCPU does not come back on a real core; what its program still asks for is not heard.
        result = caller.IsHalted ? GunyahError.Unimplemented : Carry(caller, call, in words, checkReserved);
        if (_events.Wants(EventKind.Hypercall))
            Trace(caller, call.Row, words[0], result);
        return true;
    }

    /// <summary>Reports a call. Call only after the stream said that it is wanted.</summary>
    public void Trace(ICaller caller, HypercallRow row, ulong x0, in HypercallResult result) =>
        context.Emit(caller, EventKind.Hypercall,
            new((ulong)row.Number, x0, row.AnswersError ? (uint)result.X0 : 0, result.X1));

    private static HypercallResult Carry(ICaller caller, BoundCall call, ref readonly CallWords words, bool checkReserved)
    {
        CallShape shape = call.Shape;
        if (checkReserved && !shape.KeepsReserved(in words))
            return GunyahError.ArgumentInvalid;
        GunyahError error = shape.Cut(in words, out CallWords cut);
        if (error != GunyahError.Ok)
            return Refuse(call.Row, error);

        CallObjects objects = default;
        try
        {
            foreach (ref readonly CallLookup lookup in shape.Lookups)
            {
                error = caller.Capabilities.Resolve(
                    new(cut[lookup.Register]), lookup.Type, lookup.Rights, lookup.Lookup, out objects[lookup.Position]);
                if (error != GunyahError.Ok)
                    return Refuse(call.Row, error);
            }

            return call.Invoke(new(caller, in cut), in objects);
        }
        finally
        {
            for (int i = 0; i < shape.Lookups.Length; i++)
                objects[i]?.Release();
        }
    }

    private static HypercallResult Refuse(HypercallRow row, GunyahError error) =>
        new((uint)error, row.CreatesCapability ? CapId.Invalid.Value : 0);
}
