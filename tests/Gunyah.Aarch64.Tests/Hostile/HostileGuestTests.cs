using Gunyah.Aarch64.State;
using Gunyah.Aarch64.Tests.Concurrency;
using Gunyah.Aarch64.Tests.Harness;
using Gunyah.Aarch64.Tests.Oracles;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Aarch64.Tests.Hostile;

/// <summary>Whatever a guest does, the host throws nothing, grows not, and no memory but the guest's is touched.</summary>
public sealed unsafe class HostileGuestTests
{
    private const string HowMany = "GUNYAH_HOSTILE_GUESTS";
    private const string HowManyMaps = "GUNYAH_REMAPS";
    private const int FewGuests = 60;
    private const int FewMaps = 10_000;
    private const int InstructionsOfGuest = 20_000;
    private const long MostMemory = 1L << 30;

    [Fact]
    public void Random_guests_harm_nobody()
    {
        int guests = int.TryParse(Environment.GetEnvironmentVariable(HowMany), out int many) ? many : FewGuests;
        int seed = Peers.Seed();
        var exits = new SortedDictionary<VcpuExitKind, int>();
        for (int i = 0; i < guests; i++)
        {
            try
            {
                using var guest = new HostileGuest(seed + i);
                guest.Run(InstructionsOfGuest);
                foreach ((VcpuExitKind kind, int count) in guest.Exits)
                    exits[kind] = exits.GetValueOrDefault(kind) + count;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed + i}: {e}");
            }
        }

        Assert.InRange(Environment.WorkingSet, 0, MostMemory);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{guests} guests from seed {seed}, {Environment.WorkingSet >> 20} MiB in use; {string.Join(", ", exits)}");
    }

    /// <summary>
    /// A page is mapped to one and the other place in turns, and each time what was before is invalidated: what is read then is
    /// of the new place. Another VM counts beside it, and loses nothing.
    /// </summary>
    [Theory]
    [InlineData("TLBI VMALLE1IS")]
    [InlineData("TLBI VMALLE1")]
    [InlineData("TLBI VAE1IS")]
    [InlineData("TLBI VAAE1")]
    [InlineData("TLBI VALE1IS")]
    [InlineData("TLBI ASIDE1IS")]
    public void A_page_that_is_mapped_elsewhere_is_read_there(string invalidation)
    {
        const ulong Table1 = BareCore.RamBase + 0x1_0000;
        const ulong Table2 = Table1 + 0x1000;
        const ulong LowTable2 = Table1 + 0x2000;
        const ulong Table3 = Table1 + 0x3000;
        const ulong First = BareCore.RamBase + 0x4_0000;
        const ulong Second = BareCore.RamBase + 0x5_0000;
        const ulong Window = 0x40_0000;
        const ulong Page = 0x703;
        ulong rounds = uint.TryParse(Environment.GetEnvironmentVariable(HowManyMaps), out uint many) ? many : FewMaps;
        using var core = new BareCore();
        void Put(ulong address, ulong value) => *(ulong*)Host(core, address) = value;
        Put(Table1 + 8, Table2 | 3);
        Put(Table2, BareCore.RamBase | 0x701);
        Put(Table1, LowTable2 | 3);
        Put(LowTable2 + 16, Table3 | 3);
        Put(First, 1);
        Put(Second, 2);
        CoreState* state = core.State;
        CoreState.Sys(state, Register.Ttbr0) = Table1;
        CoreState.Sys(state, Register.Tcr) = 25 | 25 << 16 | 1ul << 32 | 1ul << 36;
        CoreState.Sys(state, Register.Mair) = 0xFF;
        CoreState.Sys(state, Register.Sctlr) |= 1;
        core.Core.Mmu.InvalidateAll();
        (core.X(0), core.X(1), core.X(2), core.X(3)) = (Table3, First | Page, Second | Page, rounds);
        (core.X(4), core.X(5), core.X(6), core.X(7), core.X(8)) = (Window, 0, Window >> 12, 1, 2);
        core.Load(
            0xF900_0001, // again: str x1, [x0]
            0xD503_3A9F, // dsb ishst
            A64.Sys(invalidation, 6),
            A64.DsbIsh,
            A64.Isb,
            0xF940_0089, // ldr x9, [x4]
            0xEB07_013F, // cmp x9, x7
            0x9A85_04A5, // csinc x5, x5, x5, eq
            0xAA01_03EA, 0xAA02_03E1, 0xAA0A_03E2, // x1 and x2 change places
            0xAA07_03EA, 0xAA08_03E7, 0xAA0A_03E8, // x7 and x8 change places
            0xF100_0463, // subs x3, x3, #1
            0x54FF_FE21, // b.ne again
            A64.Hvc(0));

        using var other = new SharedMachine(0x2_0000);
        var beside = new Thread(() => other.Run(
            new Body([0xF826_0008], (int)rounds, SharedMachine.Data), new Body([0xF826_0008], (int)rounds, SharedMachine.Data)));
        beside.Start();
        while (core.Run(1_000_000) != StopReason.Hypercall)
            Assert.True(core.X(5) == 0, "the old place was read");
        beside.Join();
        Assert.Equal((0ul, 0ul), (core.X(5), core.X(3)));
        Assert.Equal(2 * rounds, BitConverter.ToUInt64(other.At(SharedMachine.Data)));
    }

    private static byte* Host(BareCore core, ulong address)
    {
        fixed (byte* host = core.Pages.At(address))
            return host;
    }
}
