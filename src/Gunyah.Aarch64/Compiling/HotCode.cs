using System.Diagnostics.CodeAnalysis;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>Compiles blocks that run often: by a thread in the background, or at once.</summary>
[RequiresDynamicCode("Host code is made while the program runs.")]
internal sealed class HotCode : ICodeCompiler
{
    private const int MostWaiting = 512;

    /// <summary>A block belongs to a region if it has run at least once in so many times that the hot one has.</summary>
    private const int Share = 32;

    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(200);

    private readonly bool _isAtOnce;
    private readonly Func<RegionPlan, CompiledRegion> _compile;
    private readonly Queue<(CodeCache Code, RegionPlan Plan)> _waiting = new();
    private bool _isRunning;

    /// <summary>Makes a compiler.</summary>
    /// <param name="threshold">After how many executions a block is compiled.</param>
    /// <param name="isAtOnce">True for no thread: what runs is compiled before it goes on.</param>
    /// <param name="compile">Makes the code of a plan; null for <see cref="RegionCompiler"/>.</param>
    public HotCode(int threshold, bool isAtOnce, Func<RegionPlan, CompiledRegion>? compile = null) =>
        (Threshold, _isAtOnce, _compile) = (threshold, isAtOnce, compile ?? RegionCompiler.Compile);

    /// <inheritdoc/>
    public int Threshold { get; }

    /// <inheritdoc/>
    public bool TryTake(CodeCache code, CodePage page, int start)
    {
        lock (_waiting)
        {
            if (_waiting.Count >= MostWaiting)
                return false;
        }

        RegionPlan plan = new RegionPlanner(code, page, Threshold / Share).Plan(start);
        foreach (PlannedBlock entry in plan.Entries)
            code.StopCounting(page, entry.Start);
        if (_isAtOnce)
        {
            code.Install(_compile(plan));
            return true;
        }

        lock (_waiting)
        {
            _waiting.Enqueue((code, plan));
            if (_isRunning)
            {
                Monitor.Pulse(_waiting);
                return true;
            }

            _isRunning = true;
        }

        new Thread(CompileAll) { IsBackground = true, Name = "gunyah compiler" }.Start();
        return true;
    }

    /// <summary>One thread at a time; it ends when nothing has come for a while.</summary>
    private void CompileAll()
    {
        while (true)
        {
            (CodeCache Code, RegionPlan Plan) next;
            lock (_waiting)
            {
                while (!_waiting.TryDequeue(out next))
                {
                    if (Monitor.Wait(_waiting, _patience) || _waiting.Count > 0)
                        continue;
                    _isRunning = false;
                    return;
                }
            }

            if (TryCompile(next.Plan) is { } region)
                next.Code.Finish(region);
        }
    }

    /// <summary>
    /// Whatever is wrong with a plan, or with the runtime's way to code, costs speed only: its blocks stay with the
    /// interpreter. On this thread an exception would end the process, and a guest chooses the plans.
    /// </summary>
    private CompiledRegion? TryCompile(RegionPlan plan)
    {
        try
        {
            return _compile(plan);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
