using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>How a word of a region is run.</summary>
internal enum WordWay
{
    /// <summary>As code of its own.</summary>
    Compiled,

    /// <summary>By the interpreter's handlers, called in place.</summary>
    Called,

    /// <summary>By the interpreter, which the region is left to.</summary>
    Left,
}

/// <summary>A word of a region, with the interpreter's instructions of it.</summary>
/// <param name="Index">Its place in the page, in words.</param>
/// <param name="Word">The word.</param>
/// <param name="Operation">What it does.</param>
/// <param name="Way">How it is run.</param>
/// <param name="Slot">The first of its instructions in the arena.</param>
/// <param name="Slots">They, for <see cref="WordWay.Called"/>.</param>
/// <param name="Owner">The decoded block they are of.</param>
internal readonly record struct PlannedWord(
    int Index, Word Word, Operation Operation, WordWay Way, nint Slot, Instruction[] Slots, DecodedBlock Owner);

/// <summary>A block as the interpreter has it.</summary>
/// <param name="Start">Its first word's place in the page.</param>
/// <param name="Count">How many words it has.</param>
internal readonly record struct DecodedBlock(int Start, int Count);

/// <summary>
/// Words that run one after the other: nothing comes in but at the first, and nothing goes on but from the last.
/// </summary>
internal sealed class PlannedBlock
{
    /// <summary>Its words; at least one.</summary>
    public List<PlannedWord> Words { get; } = [];

    /// <summary>Its first word's place in the page.</summary>
    public int Start => Words[0].Index;

    /// <summary>The place of the word behind it.</summary>
    public int End => Words[^1].Index + 1;

    /// <summary>How many of its words the region runs.</summary>
    public int Count => Words[^1].Way == WordWay.Left ? Words.Count - 1 : Words.Count;

    /// <summary>Where its last word may branch to, in words of the page; null where it is no direct branch.</summary>
    public int? Target { get; set; }

    /// <summary>True if the word behind it may be next.</summary>
    public bool FallsThrough { get; set; }

    /// <summary>The number of the entry here; -1 for none.</summary>
    public int Entry { get; set; } = -1;

    /// <summary>True if what is left of the budget is compared here with <see cref="Need"/>.</summary>
    public bool IsCheckpoint { get; set; }

    /// <summary>How many instructions may run from here before the next checkpoint, at most.</summary>
    public int Need { get; set; }

    /// <summary>The blocks of the region that may be next: behind its branch, and behind it.</summary>
    public PlannedBlock? Taken { get; set; }

    /// <summary>See <see cref="Taken"/>.</summary>
    public PlannedBlock? Next { get; set; }

    /// <summary>How many ways lead here within the region.</summary>
    public int Predecessors { get; set; }

    /// <summary>True if the flags that hold at its start may be looked at.</summary>
    public bool NeedsFlags { get; set; }

    /// <summary>True if it lies in a loop.</summary>
    public bool IsInLoop { get; set; }
}

/// <summary>What is compiled as one: blocks of one page, in the order of their addresses.</summary>
/// <param name="Page">The page.</param>
/// <param name="Generation">The generation of its code.</param>
/// <param name="Base">The word that addresses are counted from: the first one of the block that was hot.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record RegionPlan(CodePage Page, uint Generation, int Base, List<PlannedBlock> Blocks)
{
    /// <summary>Where it may be entered, by the number of the entry.</summary>
    public List<PlannedBlock> Entries { get; } = [];
}
