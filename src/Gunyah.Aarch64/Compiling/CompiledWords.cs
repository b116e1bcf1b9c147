using System.Diagnostics.CodeAnalysis;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>
/// Which words become code of their own. All others are run by the interpreter's handlers, so nothing is ever missing.
/// </summary>
internal static class CompiledWords
{
    /// <summary>What the writer finds by name in types that are chosen.</summary>
    public const DynamicallyAccessedMemberTypes Methods =
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.NonPublicMethods;

    private const int DaifSet = 6;

    /// <summary>True for a word that is compiled.</summary>
    /// <param name="operation">What it does.</param>
    /// <param name="word">The word.</param>
    public static bool Knows(Operation operation, Word word)
    {
        switch (operation)
        {
            case >= Operation.Adr and <= Operation.TwoSource:
            case Operation.ThreeSource:
            case >= Operation.Branch and <= Operation.StorePairPreIndex:
                return true;
            case Operation.OneSource:
                return IsReverse(word) || IsLeadingZeros(word);
            case Operation.Hint:
            case Operation.DataMemoryBarrier:
                return true;
            case Operation.MoveFromSystem:
                return SystemTranslation.ReadingOf(word) != Reading.Other;
            case Operation.MoveToPstate:
                return word.Bits(16, 3) == 3 && word.Bits(5, 3) == DaifSet;
            default:
                return false;
        }
    }

    /// <summary>True for a branch that never goes on behind it.</summary>
    public static bool IsAlways(Operation operation, Word word) => operation switch
    {
        Operation.CompareBranch or Operation.TestBranch => false,
        Operation.BranchConditional => word.Bits(0, 4) >= 14,
        _ => true,
    };

    /// <summary>True for REV of the whole register.</summary>
    public static bool IsReverse(Word word) => word.Bits(10, 6) == (word.Sf ? 3 : 2);

    /// <summary>True for CLZ.</summary>
    public static bool IsLeadingZeros(Word word) => word.Bits(10, 6) == 4;

    /// <summary>The computation of an instruction of two sources, as the interpreter has it.</summary>
    [return: DynamicallyAccessedMembers(Methods)]
    public static Type TwoSource(Word word) => (word.Bits(10, 6), word.Sf) switch
    {
        (0b000010, true) => typeof(Udiv64),
        (0b000010, false) => typeof(Udiv32),
        (0b000011, true) => typeof(Sdiv64),
        (0b000011, false) => typeof(Sdiv32),
        (0b001000, true) => typeof(Lsl64),
        (0b001000, false) => typeof(Lsl32),
        (0b001001, true) => typeof(Lsr64),
        (0b001001, false) => typeof(Lsr32),
        (0b001010, true) => typeof(Asr64),
        (0b001010, false) => typeof(Asr32),
        (0b001011, true) => typeof(Ror64),
        (0b001011, false) => typeof(Ror32),
        (0b010000, _) => typeof(Crc32B),
        (0b010001, _) => typeof(Crc32H),
        (0b010010, _) => typeof(Crc32W),
        (0b010011, _) => typeof(Crc32X),
        (0b010100, _) => typeof(Crc32CB),
        (0b010101, _) => typeof(Crc32CH),
        (0b010110, _) => typeof(Crc32CW),
        _ => typeof(Crc32CX),
    };
}
