using Gunyah.Abi.Programs;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Instructions as steps of time. What a step is, is said here and nowhere else: so many instructions, however they are run.
/// </summary>
internal sealed class InstructionClock
{
    /// <summary>
    /// Instructions a step. A step of a machine with a seed is 100 ns, so a core has 640 million instructions a second there.
    /// </summary>
    public const int InstructionsPerStep = 64;

    private long _toldSteps;
    private long _lastSteps;

    /// <summary>How many instructions may run in a budget, from a count on.</summary>
    public static long InstructionsIn(int budget, long executed) =>
        budget * (long)InstructionsPerStep - executed % InstructionsPerStep;

    /// <summary>Tells the machine the time of a count of instructions.</summary>
    public void BringUp(IVcpu vcpu, long executed)
    {
        long steps = executed / InstructionsPerStep;
        if (steps == _toldSteps)
            return;
        vcpu.Hardware.Advance((int)(steps - _toldSteps));
        _toldSteps = steps;
    }

    /// <summary>The steps of a run that ends at a count.</summary>
    public int EndRun(long executed)
    {
        long steps = executed / InstructionsPerStep;
        var taken = (int)(steps - _lastSteps);
        _lastSteps = _toldSteps = steps;
        return taken;
    }
}
