using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Branches.</summary>
internal static unsafe class BranchTranslation
{
    private static readonly delegate*<CoreState*, Instruction*, Instruction*>[] _conditional =
    [
        &BranchHandlers.Equal, &BranchHandlers.NotEqual, &BranchHandlers.CarrySet, &BranchHandlers.CarryClear,
        &BranchHandlers.Minus, &BranchHandlers.Plus, &BranchHandlers.Overflow, &BranchHandlers.NoOverflow,
        &BranchHandlers.Higher, &BranchHandlers.LowerOrSame, &BranchHandlers.GreaterOrEqual, &BranchHandlers.Less,
        &BranchHandlers.Greater, &BranchHandlers.LessOrEqual,
    ];

    /// <summary>Translates a branch.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        switch (operation)
        {
            case Operation.Branch:
                Always(block, &BranchHandlers.Branch).Extra = word.Signed(0, 26) * 4;
                return true;
            case Operation.BranchWithLink:
                Always(block, &BranchHandlers.BranchWithLink).Extra = word.Signed(0, 26) * 4;
                return true;
            case Operation.BranchConditional:
                // The conditions AL and NV are both "always".
                if (word.Bits(0, 4) >= _conditional.Length)
                {
                    Always(block, &BranchHandlers.Branch).Extra = word.Signed(5, 19) * 4;
                    return true;
                }

                block.FuseWithBranch(word.Bits(0, 4));
                block.Emit(_conditional[word.Bits(0, 4)]).Extra = word.Signed(5, 19) * 4;
                return true;
            case Operation.CompareBranch:
                CompareBranch(block, word);
                return true;
            case Operation.TestBranch:
                ref Instruction test = ref block.Emit(word.Bit(24) ? &BranchHandlers.BitSet : &BranchHandlers.BitClear);
                test.Rn = Slot.Source(word.Rt);
                test.Ra = (byte)(word.Bits(19, 5) | (word.Bit(31) ? 32 : 0));
                test.Extra = word.Signed(5, 14) * 4;
                return true;
            case Operation.BranchRegister or Operation.Return:
                Always(block, &BranchHandlers.Register).Rn = Slot.Source(word.Rn);
                return true;
            case Operation.BranchLinkRegister:
                Always(block, &BranchHandlers.RegisterWithLink).Rn = Slot.Source(word.Rn);
                return true;
            default:
                return false;
        }
    }

    private static void CompareBranch(BlockBuilder block, Word word)
    {
        delegate*<CoreState*, Instruction*, Instruction*> handler = (word.Sf, word.Bit(24)) switch
        {
            (true, false) => &BranchHandlers.Zero64,
            (true, true) => &BranchHandlers.NotZero64,
            (false, false) => &BranchHandlers.Zero32,
            _ => &BranchHandlers.NotZero32,
        };
        ref Instruction i = ref block.Emit(handler);
        i.Rn = Slot.Source(word.Rt);
        i.Extra = word.Signed(5, 19) * 4;
    }

    private static ref Instruction Always(BlockBuilder block, delegate*<CoreState*, Instruction*, Instruction*> handler)
    {
        block.Ends = true;
        return ref block.Emit(handler);
    }
}
