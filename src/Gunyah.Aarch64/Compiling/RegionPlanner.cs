using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;

namespace Gunyah.Aarch64.Compiling;

/// <summary>
/// Chooses what is compiled together: from a hot block along direct branches, and behind calls, to blocks of the same page that
/// have run too. It takes copies of all that is needed of the arena, which may be forgotten while another thread compiles.
/// </summary>
internal sealed unsafe class RegionPlanner(CodeCache code, CodePage page, int leastRuns)
{
    private const int MostBlocks = 24;
    private const int MostWords = 160;
    private const int MostEntries = 12;

    private readonly SortedSet<int> _leaders = [];
    private readonly HashSet<int> _behindCalls = [];
    private readonly Queue<int> _open = new();
    private int _words;

    /// <summary>Plans the region of a hot block.</summary>
    /// <param name="start">The block's place in the page, in words.</param>
    public RegionPlan Plan(int start)
    {
        Consider(start, isForced: true);
        while (_open.TryDequeue(out int leader))
            FollowBranches(leader);
        List<PlannedBlock> blocks = [];
        foreach (int leader in _leaders)
            AddBlocks(leader, blocks);
        var plan = new RegionPlan(page, page.Generation, start, blocks);
        Connect(plan);
        return plan;
    }

    private static bool IsBranch(Operation operation) => operation is >= Operation.Branch and <= Operation.TestBranch;

    /// <summary>Where a word branches to, in words of the page; null for none, or outside.</summary>
    private static int? TargetOf(int index, Word word, Operation operation)
    {
        int? distance = operation switch
        {
            Operation.Branch or Operation.BranchWithLink => word.Signed(0, 26),
            Operation.BranchConditional or Operation.CompareBranch => word.Signed(5, 19),
            Operation.TestBranch => word.Signed(5, 14),
            _ => null,
        };
        return index + distance;
    }

    private static bool IsInPage(int index) => index is >= 0 and < CodePage.Count;

    private void Consider(int index, bool isForced = false)
    {
        if (!IsInPage(index) || page.Heads[index] == 0 || _leaders.Contains(index))
            return;
        Instruction* head = code.At(page.Heads[index]);
        if (!isForced && (_leaders.Count >= MostBlocks || _words >= MostWords || code.RunsOf(head) < leastRuns))
            return;
        _leaders.Add(index);
        _words += head->Extra;
        _open.Enqueue(index);
    }

    private void FollowBranches(int leader)
    {
        Instruction* i = code.At(page.Heads[leader]);
        int count = i->Extra;
        for (int k = 0; k < count; k++)
        {
            i = FirstOf(i, k);
            var word = new Word(i->Word);
            Operation operation = OperationOf(word);
            if (!IsBranch(operation))
                continue;
            if (TargetOf(leader + k, word, operation) is { } target)
                Consider(target);
            if (operation is Operation.BranchWithLink or Operation.BranchLinkRegister)
            {
                Consider(leader + k + 1);
                _behindCalls.Add(leader + k + 1);
            }
        }

        // A block that ends because it is long goes on behind it.
        Consider(leader + count);
    }

    private static Operation OperationOf(Word word) => Decoder.All.Find(word.Value)?.Operation ?? Operation.Undefined;

    /// <summary>The first instruction of a word of a block, from an earlier one on.</summary>
    private static Instruction* FirstOf(Instruction* i, int word)
    {
        if (word == 0)
            return i + 1;
        while (i->Offset < word * 4)
            i++;
        return i;
    }

    /// <summary>Adds what a decoded block has before the next one that is in the region.</summary>
    private void AddBlocks(int leader, List<PlannedBlock> blocks)
    {
        Instruction* i = code.At(page.Heads[leader]);
        var owner = new DecodedBlock(leader, i->Extra);
        PlannedBlock? block = null;
        for (int k = 0; k < owner.Count; k++)
        {
            int index = leader + k;
            i = FirstOf(i, k);
            if (k > 0 && _leaders.Contains(index))
            {
                if (block is not null)
                    block.FallsThrough = true;
                return;
            }

            if (block is null)
                blocks.Add(block = new());
            var word = new Word(i->Word);
            Operation operation = OperationOf(word);
            bool isLast = k == owner.Count - 1;
            WordWay way = CompiledWords.Knows(operation, word) ? WordWay.Compiled : isLast ? WordWay.Left : WordWay.Called;
            block.Words.Add(new(
                index, word, operation, way, (nint)i, way == WordWay.Called ? Copy(i, k) : [], owner));
            if (way == WordWay.Left)
                return;
            if (!IsBranch(operation))
            {
                block.FallsThrough = isLast;
                continue;
            }

            block.Target = TargetOf(index, word, operation);
            block.FallsThrough = !CompiledWords.IsAlways(operation, word);
            block = null;
        }
    }

    private static Instruction[] Copy(Instruction* first, int word)
    {
        int count = 1;
        while (first[count].Offset == word * 4)
            count++;
        return new ReadOnlySpan<Instruction>(first, count).ToArray();
    }

    private void Connect(RegionPlan plan)
    {
        var starts = plan.Blocks.ToDictionary(static block => block.Start);
        foreach (PlannedBlock block in plan.Blocks)
        {
            if (block.Target is { } target)
                block.Taken = starts.GetValueOrDefault(target);
            if (block.FallsThrough)
                block.Next = starts.GetValueOrDefault(block.End);
            if (block.Taken is { } taken)
                taken.Predecessors++;
            if (block.Next is { } next)
                next.Predecessors++;
            if (block.Taken is { } back && back.Start <= block.Start)
            {
                back.IsCheckpoint = true;
                foreach (PlannedBlock inner in plan.Blocks)
                    inner.IsInLoop |= inner.Start >= back.Start && inner.Start <= block.Start;
            }
        }

        AddEntry(plan, starts[plan.Base]);
        foreach (PlannedBlock block in plan.Blocks)
        {
            if (_behindCalls.Contains(block.Start) || (block.Predecessors > 1 && _leaders.Contains(block.Start)))
                AddEntry(plan, block);
        }

        for (int i = plan.Blocks.Count - 1; i >= 0; i--)
        {
            PlannedBlock block = plan.Blocks[i];
            block.Need = block.Count + Math.Max(NeedOf(block.Taken, block), NeedOf(block.Next, block));
        }
    }

    private static void AddEntry(RegionPlan plan, PlannedBlock block)
    {
        if (block.Entry >= 0 || plan.Entries.Count >= MostEntries)
            return;
        block.Entry = plan.Entries.Count;
        block.IsCheckpoint = true;
        plan.Entries.Add(block);
    }

    /// <summary>All ways back lead to checkpoints, so what is behind is known before.</summary>
    private static int NeedOf(PlannedBlock? successor, PlannedBlock from) =>
        successor is null || successor.IsCheckpoint || successor.Start <= from.Start ? 0 : successor.Need;
}
