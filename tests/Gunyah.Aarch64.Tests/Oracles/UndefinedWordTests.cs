using System.Globalization;
using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>
/// What is undefined here raises SIGILL in <c>qemu-aarch64 -cpu max</c>, or belongs to an extension that the ID registers deny.
/// </summary>
public sealed unsafe class UndefinedWordTests
{
    private const string HowMany = "GUNYAH_A64_WORDS";
    private const long FewWords = 200_000;
    private const int WordsOfDenied = 300;
    private const uint SystemSpace = 0xD500_0000;
    private const int SystemNumbers = 1 << 17;
    private const int ExceptionClassShift = 26;

    // HLT of this number is a call of the debugger's in QEMU.
    private const uint Semihosting = 0xD45E_0000;

    /// <summary>SCTLR_EL1 of a kernel that lets EL0 do what can be let: UCI, nTWE, nTWI, UCT, DZE, UMA.</summary>
    private const ulong LetsUser = 1ul << 26 | 1ul << 18 | 1ul << 16 | 1ul << 15 | 1ul << 14;

    /// <summary>What the row alone does not tell.</summary>
    private static readonly Operation[] _partial =
    [
        Operation.MoveToPstate, Operation.SystemInstruction, Operation.MoveToSystem, Operation.MoveFromSystem,
        Operation.HypervisorCall, Operation.SecureMonitorCall, Operation.ExceptionReturn,
    ];

    [Fact]
    public void What_the_table_calls_undefined_is_illegal_in_QEMU_or_of_an_extension_that_is_denied()
    {
        Peers.Require(QemuUser.IsInstalled, "qemu-user");
        long total = long.TryParse(Environment.GetEnvironmentVariable(HowMany), out long many) ? many : FewWords;
        int seed = Peers.Seed();
        var random = new Random(seed);
        using var core = new BareCore();
        var counts = new SortedDictionary<string, int>();
        long asked = 0;
        var words = new List<uint>();
        for (long done = 0; done < total; done++)
        {
            var word = (uint)random.NextInt64(1L << 32);
            if (IsUndefined(core, word))
                asked += Ask(words, word, counts) ? 1 : 0;
            if (words.Count == PeerSignals.Most || done == total - 1)
                AssertIllegal(words, seed);
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{asked} of {total} words are illegal, seed {seed}; denied: "
            + string.Join("; ", counts.Select(static each => $"{each.Key}: {each.Value}")));
        Assert.NotEqual(0, asked);
    }

    [Fact]
    public void Every_number_of_a_system_register_or_instruction_that_EL0_does_not_have_is_illegal_in_QEMU()
    {
        Peers.Require(QemuUser.IsInstalled, "qemu-user");
        int seed = Peers.Seed();
        var random = new Random(seed);
        using var core = new BareCore();
        var words = new List<uint>();
        var counts = new SortedDictionary<string, int>();
        for (uint number = 0; number < SystemNumbers; number++)
        {
            // Hints, barriers and PSTATE have no register.
            bool hasRegister = (number >> 14 & 3) != 0;
            uint word = SystemSpace | number << 5 | (hasRegister ? (uint)random.Next(31) : 31);
            if (IsUndefined(core, word))
                Ask(words, word, counts);
            if (words.Count == PeerSignals.Most || number == SystemNumbers - 1)
                AssertIllegal(words, seed);
        }
    }

    public static TheoryData<int> DeniedRows => new(Enumerable.Range(0, DeniedExtensions.All.Count));

    /// <summary>Nothing is listed that is not there: some word of it runs in QEMU, and none does here.</summary>
    [Theory, MemberData(nameof(DeniedRows))]
    public void What_is_listed_as_denied_runs_in_QEMU_and_not_here(int index)
    {
        EncodingRow row = DeniedExtensions.All[index];
        // Branches would leave the words that are asked about.
        bool leaves = DeniedExtensions.IsUnasked(row)
            || (row.Mnemonic.StartsWith('B') && row.Mnemonic.Contains("AA", StringComparison.Ordinal))
            || row.Mnemonic.StartsWith("RETA", StringComparison.Ordinal);
        using var core = new BareCore();
        var random = new Random(index);
        var words = new List<uint>();
        for (int i = 0; i < WordsOfDenied; i++)
        {
            uint word = (uint)random.NextInt64(1L << 32) & ~row.Mask | row.Value;
            if (row.Matches(word) && IsUndefined(core, word))
                words.Add(word);
        }

        Assert.NotEmpty(words);
        if (leaves)
            return;
        Peers.Require(QemuUser.IsInstalled, "qemu-user");
        Assert.True(
            PeerSignals.Of(words).ContainsAnyExcept(PeerSignals.IllegalInstruction), $"{row}: nothing of it runs in QEMU");
    }

    /// <summary>Notes a word to ask about, or under what is denied.</summary>
    private static bool Ask(List<uint> words, uint word, SortedDictionary<string, int> counts)
    {
        if (DeniedExtensions.All.FirstOrDefault(row => row.Matches(word)) is not { } denied)
        {
            words.Add(word);
            return true;
        }

        counts[denied.Mnemonic] = counts.GetValueOrDefault(denied.Mnemonic) + 1;
        return false;
    }

    private static void AssertIllegal(List<uint> words, int seed)
    {
        ReadOnlySpan<byte> signals = PeerSignals.Of(words);
        var found = new SortedSet<string>();
        for (int i = 0; i < words.Count && found.Count < 400; i++)
        {
            if (signals[i] != PeerSignals.IllegalInstruction)
                found.Add(words[i].ToString("x8", CultureInfo.InvariantCulture));
        }

        words.Clear();
        Assert.True(found.Count == 0, $"not illegal there, seed {seed}: {string.Join(" ", found)}");
    }

    private static bool IsUndefined(BareCore core, uint word)
    {
        if ((word & ~0x1Fu) == Semihosting)
            return false;
        EncodingRow? row = Decoder.All.Find(word);
        return row is null or { Operation: Operation.Undefined or Operation.HaltDebug }
            || (_partial.Contains(row.Operation) && IsUndefinedForUser(core, word));
    }

    /// <summary>Runs a word at EL0, and looks for the exception.</summary>
    private static bool IsUndefinedForUser(BareCore core, uint word)
    {
        CoreState* state = core.State;
        state->Pc = BareCore.RamBase;
        state->El = 0;
        CoreState.Sys(state, Register.Sctlr) = LetsUser;
        CoreState.Sys(state, Register.Cpacr) = 3ul << 20;
        CoreState.Sys(state, Register.Esr) = ulong.MaxValue;
        state->TrapsFloatingPoint = false;
        for (int i = 0; i < 31; i++)
            core.X(i) = BareCore.RamBase;
        core.Core.Cluster.Generations.Invalidate(BareCore.RamBase);
        core.Core.SynchronizeCode();
        core.Load(word);
        core.Run(1);
        return CoreState.Sys(state, Register.Esr) >> ExceptionClassShift == 0;
    }
}
