using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Decoding;

/// <summary>What the table of encodings declares, the engine has.</summary>
public sealed unsafe class CoverageTests
{
    private const int WordsPerRow = 64;

    /// <summary>Declared so that a word finds a row, and UNDEFINED all the same: halting debug is not implemented.</summary>
    private static readonly Operation[] _undefined = [Operation.Undefined, Operation.HaltDebug];

    /// <summary>Rows of which only some words are anything: tables of their own say which.</summary>
    private static readonly Operation[] _partial = [Operation.MoveToPstate, Operation.SystemInstruction];

    public static TheoryData<int> Rows => new(Enumerable.Range(0, Encodings.All.Count));

    [Theory, MemberData(nameof(Rows))]
    public void Every_word_of_a_row_has_a_translation(int index)
    {
        EncodingRow row = Encodings.All[index];
        var random = new Random(index);
        int translated = 0;
        int words = 0;
        using var core = new BareCore();
        while (words < WordsPerRow)
        {
            uint word = (uint)random.NextInt64(1L << 32) & ~row.Mask | row.Value;
            if (Decoder.All.Find(word) != row)
                continue;
            words++;
            translated += IsTranslated(core, word) ? 1 : 0;
        }

        if (_undefined.Contains(row.Operation))
            Assert.Equal(0, translated);
        else if (!_partial.Contains(row.Operation))
            Assert.Equal(words, translated);
    }

    private static bool IsTranslated(BareCore core, uint word)
    {
        nint undefined = HandlersOf(core, 0)[0];
        return !HandlersOf(core, word).Contains(undefined);
    }

    private static List<nint> HandlersOf(BareCore core, uint word)
    {
        core.Core.Cluster.Generations.InvalidateAll();
        core.Load(word);
        CodePage page = core.Core.Code.PageAt(BareCore.RamBase);
        var builder = new BlockBuilder(core.Core);
        fixed (byte* host = core.Pages.At(BareCore.RamBase))
            builder.Build(ref page, (nint)host, 0);
        var handlers = new List<nint>();
        // What is behind the block in the arena was never written, and looks like the word 0.
        Instruction* end = core.Core.Code.Reserve(0, out _);
        for (var i = (Instruction*)core.State->Code + page.Heads[0] + 1; i < end && i->Offset == 0 && i->Word == word; i++)
            handlers.Add((nint)i->Handler);
        return handlers;
    }
}
