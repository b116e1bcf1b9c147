namespace Gunyah.Guest.Kernel;

/// <summary>How a wait ended.</summary>
public enum WaitResult
{
    /// <summary>What was waited for has come.</summary>
    Done,

    /// <summary>The deadline came first.</summary>
    TimedOut,

    /// <summary>The caller's token was cancelled first.</summary>
    Cancelled,
}
