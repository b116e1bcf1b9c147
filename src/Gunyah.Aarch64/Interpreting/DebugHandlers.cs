using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Where a debugger may want to stop.</summary>
internal static unsafe class DebugHandlers
{
    /// <summary>Before an instruction that may be a breakpoint; one that the core stands at runs when it goes on.</summary>
    public static Instruction* Check(CoreState* state, Instruction* i)
    {
        Core core = Core.Of(state);
        ulong address = i->Address(state);
        return core.PassesStopAt == address || !core.Cluster.Debugger!.Stops.StopsAt(address)
            ? i + 1
            : Stop(state, i, DebugReason.Breakpoint, address);
    }

    /// <summary>True if an access hits what is watched; the core stands before it then.</summary>
    public static bool StopsAccess(CoreState* state, Instruction* i, ulong address, int size, bool isWrite)
    {
        Core core = Core.Of(state);
        if (core.Cluster.Debugger is not { } debugger || core.PassesStopAt == i->Address(state))
            return false;
        if (debugger.Stops.Hit(address, size, isWrite) is not { } hit)
            return false;
        Stop(state, i, DebugReason.Watchpoint, hit.Address);
        return true;
    }

    private static Instruction* Stop(CoreState* state, Instruction* i, DebugReason reason, ulong address)
    {
        Core core = Core.Of(state);
        core.StoppedFor = (reason, address);
        BlockHandlers.GiveBackRest(state, i);
        state->Left++;
        return BlockHandlers.Leave(state, i->Address(state), StopReason.Debug);
    }
}
