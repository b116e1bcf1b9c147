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
    /// <param name="answer">Takes what the call answers; all zeros before.</param>
    /// <returns>False where there is no such call.</returns>
    public bool TryCall(
        ICaller caller, int number, ref readonly CallWords words, bool checkReserved, ref CallWords answer)
    {
        if (Calls.Find(number) is not { } call)
            return false;

        // The call that stopped a vCPU does not come back on a real core; what its program still asks for is not heard.
        GunyahError error = caller.IsHalted
            ? GunyahError.Unimplemented
            : Carry(caller, call, in words, checkReserved, ref answer);
        if (call.AnswersError)
            answer[0] = (uint)error;
        if (_events.Wants(EventKind.Hypercall))
            Trace(caller, call.Row, words[0], error, answer[1]);
        return true;
    }

    private static GunyahError Carry(
        ICaller caller, BoundCall call, ref readonly CallWords words, bool checkReserved, ref CallWords answer)
    {
        CallShape shape = call.Shape;
        GunyahError error = shape.Check(in words, out bool keepsReserved);
        if (checkReserved && !keepsReserved)
            return GunyahError.ArgumentInvalid;
        if (error != GunyahError.Ok)
            return Refuse(call.Row, error, ref answer);
        var frame = new CallFrame(caller, shape, in words, ref answer);
        return shape.Lookups.Length == 1
            ? CarryOnOne(call, in frame, in words, ref answer)
            : CarryOnMany(call, in frame, in words, ref answer);
    }

    /// <summary>Most calls look up one capability, and need no list of objects.</summary>
    private static GunyahError CarryOnOne(
        BoundCall call, in CallFrame frame, ref readonly CallWords words, ref CallWords answer)
    {
        ref readonly CallLookup lookup = ref call.Shape.Lookups[0];
        HypervisorObject? found;
        if (call.Peeks)
        {
            GunyahError unseen = frame.Caller.Capabilities.Peek(
                new(words[lookup.Register]), lookup.Needs, lookup.Lookup, out found);
            return unseen == GunyahError.Ok
                ? call.Invoke(in frame, new ReadOnlySpan<HypervisorObject?>(in found))
                : Refuse(call.Row, unseen, ref answer);
        }

        GunyahError error = Resolve(frame.Caller, in lookup, in words, out found);
        if (error != GunyahError.Ok)
            return Refuse(call.Row, error, ref answer);
        try
        {
            return call.Invoke(in frame, new ReadOnlySpan<HypervisorObject?>(in found));
        }
        finally
        {
            found!.Release();
        }
    }

    private static GunyahError CarryOnMany(
        BoundCall call, in CallFrame frame, ref readonly CallWords words, ref CallWords answer)
    {
        CallObjects objects = default;
        ReadOnlySpan<CallLookup> lookups = call.Shape.Lookups;
        try
        {
            foreach (ref readonly CallLookup lookup in lookups)
            {
                GunyahError error = Resolve(frame.Caller, in lookup, in words, out objects[lookup.Position]);
                if (error != GunyahError.Ok)
                    return Refuse(call.Row, error, ref answer);
            }

            return call.Invoke(in frame, objects);
        }
        finally
        {
            for (int i = 0; i < lookups.Length; i++)
                objects[i]?.Release();
        }
    }

    private static GunyahError Resolve(
        ICaller caller, ref readonly CallLookup lookup, ref readonly CallWords words, out HypervisorObject? found) =>
        caller.Capabilities.Resolve(
            new(words[lookup.Register]), lookup.Needs, lookup.Lookup, out found);

    private static GunyahError Refuse(HypercallRow row, GunyahError error, ref CallWords answer)
    {
        if (row.CreatesCapability)
            answer[1] = CapId.Invalid.Value;
        return error;
    }

    private void Trace(ICaller caller, HypercallRow row, ulong x0, GunyahError error, ulong x1) =>
        context.Emit(caller, EventKind.Hypercall, new((ulong)row.Number, x0, row.AnswersError ? (uint)error : 0, x1));
}
