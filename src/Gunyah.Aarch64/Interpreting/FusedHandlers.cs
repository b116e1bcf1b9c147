using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Two instructions by one handler: a computation that sets the flags, and the conditional branch behind it. The branch stands
/// behind it as ever, for its operands and its link.
/// </summary>
internal static unsafe class FusedHandlers
{
    /// <summary>Computes and branches.</summary>
    public static Instruction* ComputeAndBranch<TCondition, TComputation, TOperand>(CoreState* state, Instruction* i)
        where TCondition : struct, ICondition
        where TComputation : struct, IComputation
        where TOperand : struct, IOperand
    {
        state->X[i->Rd] = TComputation.Of(state, state->X[i->Rn], TOperand.Of(state, i));
        return TCondition.Holds(state) ? BranchHandlers.Taken(state, i + 1) : i + 2;
    }

    /// <summary>The handler of a pair; null where the computation sets no flags.</summary>
    /// <param name="computation">The computation.</param>
    /// <param name="condition">The branch's field cond.</param>
    public static Handler Choose<TOperand>(Computation computation, int condition)
        where TOperand : struct, IOperand => computation switch
        {
            Computation.Adds32 => Conditions.Choose<ComputeAndBranchHandlers<Adds32, TOperand>>(condition),
            Computation.Adds64 => Conditions.Choose<ComputeAndBranchHandlers<Adds64, TOperand>>(condition),
            Computation.Subs32 => Conditions.Choose<ComputeAndBranchHandlers<Subs32, TOperand>>(condition),
            Computation.Subs64 => Conditions.Choose<ComputeAndBranchHandlers<Subs64, TOperand>>(condition),
            Computation.Ands32 => Conditions.Choose<ComputeAndBranchHandlers<Ands32, TOperand>>(condition),
            Computation.Ands64 => Conditions.Choose<ComputeAndBranchHandlers<Ands64, TOperand>>(condition),
            _ => null,
        };
}

/// <summary>The handlers of <see cref="FusedHandlers.ComputeAndBranch"/> by condition.</summary>
internal unsafe struct ComputeAndBranchHandlers<TComputation, TOperand> : IConditionalHandlers
    where TComputation : struct, IComputation
    where TOperand : struct, IOperand
{
    public static Handler With<TCondition>()
        where TCondition : struct, ICondition => &FusedHandlers.ComputeAndBranch<TCondition, TComputation, TOperand>;
}
