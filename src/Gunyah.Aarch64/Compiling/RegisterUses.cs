using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Compiling;

/// <summary>Which general registers the words that are compiled use.</summary>
internal static class RegisterUses
{
    /// <summary>The slots of a word; one may come twice.</summary>
    public static IEnumerable<(int Slot, bool IsWritten)> Of(Operation operation, Word word)
    {
        switch (operation)
        {
            case Operation.Adr or Operation.Adrp or Operation.MoveFromSystem or Operation.LoadLiteral:
                yield return (word.Rd, true);
                break;
            case Operation.MoveWide:
                yield return (word.Rd, true);
                break;
            case Operation.AddImmediate or Operation.LogicalImmediate:
                yield return (word.Bit(29) && operation == Operation.AddImmediate ? word.Rd : Slot.OrSp(word.Rd), true);
                yield return (operation == Operation.AddImmediate ? Slot.OrSp(word.Rn) : word.Rn, false);
                break;
            case Operation.AddExtended:
                yield return (Slot.OrSp(word.Rd), true);
                yield return (Slot.OrSp(word.Rn), false);
                yield return (word.Rm, false);
                break;
            case Operation.Bitfield or Operation.OneSource:
                yield return (word.Rd, true);
                yield return (word.Rn, false);
                break;
            case Operation.ConditionalCompare:
                yield return (word.Rn, false);
                if (!word.Bit(11))
                    yield return (word.Rm, false);
                break;
            case >= Operation.Extract and <= Operation.TwoSource:
                yield return (word.Rd, true);
                yield return (word.Rn, false);
                yield return (word.Rm, false);
                break;
            case Operation.ThreeSource:
                yield return (word.Rd, true);
                yield return (word.Rn, false);
                yield return (word.Rm, false);
                yield return (word.Ra, false);
                break;
            case Operation.BranchWithLink:
                yield return (30, true);
                break;
            case Operation.BranchLinkRegister:
                yield return (30, true);
                yield return (word.Rn, false);
                break;
            case Operation.BranchRegister or Operation.Return:
                yield return (word.Rn, false);
                break;
            case Operation.CompareBranch or Operation.TestBranch:
                yield return (word.Rt, false);
                break;
            case >= Operation.LoadUnsignedOffset and <= Operation.StorePairPreIndex:
                bool isPair = operation >= Operation.LoadPairOffset;
                // Bit 22 of a pair, or the field opc: whether it loads.
                bool loads = isPair ? word.Bit(22) : word.Bits(22, 2) != 0;
                yield return (word.Rt, loads);
                if (isPair)
                    yield return (word.Rt2, loads);
                bool writesBack = operation is Operation.LoadPostIndex or Operation.LoadPreIndex or Operation.StorePostIndex
                    or Operation.StorePreIndex or Operation.LoadPairPostIndex or Operation.LoadPairPreIndex
                    or Operation.StorePairPostIndex or Operation.StorePairPreIndex;
                yield return (Slot.OrSp(word.Rn), writesBack);
                if (operation is Operation.LoadRegisterOffset or Operation.StoreRegisterOffset)
                    yield return (word.Rm, false);
                break;
        }
    }
}
