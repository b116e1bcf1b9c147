namespace Gunyah.Aarch64.Interpreting;

/// <summary>Why a core stands before a debugger.</summary>
internal enum DebugReason
{
    /// <summary>Asked to.</summary>
    Interrupted,

    /// <summary>At a breakpoint, which has not run.</summary>
    Breakpoint,

    /// <summary>Before an access to what is watched.</summary>
    Watchpoint,

    /// <summary>After a single step.</summary>
    Stepped,
}

/// <summary>How a core goes on that stood before a debugger.</summary>
internal enum Onward
{
    /// <summary>It runs.</summary>
    Run,

    /// <summary>It runs one instruction and stands again.</summary>
    Step,

    /// <summary>The machine ends: it does not run any more.</summary>
    End,
}

/// <summary>Whoever stops the cores of a VM to look at them.</summary>
internal interface IDebugger
{
    /// <summary>Where it wants them to stop.</summary>
    DebugStops Stops { get; }

    /// <summary>True if a core that comes to a safe point must stand.</summary>
    bool WantsStop { get; }

    /// <summary>A core is about to run.</summary>
    void Enter(Core core);

    /// <summary>A core does not run.</summary>
    void Leave(Core core);

    /// <summary>
    /// A core stands, in no slice of guest memory, until it may go on. The thread waits here, which is what stops the machine.
    /// </summary>
    Onward Stand(Core core, DebugReason reason, ulong address);
}
