using System.Buffers.Binary;

namespace Gunyah.Aarch64.Tests.Concurrency;

/// <summary>
/// The small programs that tell memory models apart, on cores of one VM: what the architecture forbids (Arm ARM DDI 0487, B2.3)
/// is never seen. On a host whose own order is strong (x64) this finds what the engine or the host's store buffer reorders, and
/// no more; on an arm64 host it finds what is missing of barriers.
/// </summary>
public sealed class LitmusTests
{
    private const string HowOften = "GUNYAH_LITMUS_REPEATS";
    private const int FewRepeats = 12;

    // x, y and what was read of them, for each instance in places of its own.
    private const int Instances = 2_000;
    private const int Distance = 128;
    private const ulong Second = 64;
    private const ulong Variables = (ulong)Instances * Distance;
    private const int Results = 8;

    private const uint One = 0x5280_0028; // mov w8, #1
    private const uint DmbIsh = 0xD503_3BBF;
    private const uint DmbIshst = 0xD503_3ABF;
    private const uint DmbIshld = 0xD503_39BF;
    private const uint DsbIsh = 0xD503_3B9F;

    private static ulong X => SharedMachine.Data;

    private static ulong Y => SharedMachine.Data + Second;

    private static int Repeats =>
        int.TryParse(Environment.GetEnvironmentVariable(HowOften), out int many) ? many : FewRepeats;

    /// <summary>How accesses are kept in order.</summary>
    public enum Order
    {
        /// <summary>They are not.</summary>
        None,

        /// <summary>DMB ISH.</summary>
        Full,

        /// <summary>DMB ISHST between stores, DMB ISHLD behind loads.</summary>
        Half,

        /// <summary>DSB ISH.</summary>
        Completion,

        /// <summary>LDAR and STLR.</summary>
        AcquireRelease,
    }

    /// <summary>MP: who sees the flag sees the message.</summary>
    [Theory]
    [InlineData(Order.None)]
    [InlineData(Order.Full)]
    [InlineData(Order.Half)]
    [InlineData(Order.Completion)]
    [InlineData(Order.AcquireRelease)]
    public void A_message_is_there_when_its_flag_is(Order order) => Check(
        order, (flag, message, _, _) => flag == 1 && message == 0,
        [Store(order, 0), .. Between(order, DmbIshst), Store(order, 1)],
        [Load(order, 8, 1), .. Between(order, DmbIshld), Load(order, 9, 0), Keep(8, 0), Keep(9, 1)]);

    /// <summary>MP with an address that depends on the flag: that orders the reader without a barrier.</summary>
    [Fact]
    public void A_message_is_there_when_its_address_depends_on_the_flag() => Check(
        Order.Half, (flag, message, _, _) => flag == 1 && message == 0,
        [Store(Order.Half, 0), DmbIshst, Store(Order.Half, 1)],
        // eor w10, w8, w8; ldr w9, [x0, w10, sxtw]
        [Load(Order.None, 8, 1), 0x4A08_010A, 0xB86A_C809, Keep(8, 0), Keep(9, 1)]);

    /// <summary>SB: of two that store and then look, one sees the other's store.</summary>
    [Theory]
    [InlineData(Order.None)]
    [InlineData(Order.Full)]
    [InlineData(Order.Completion)]
    [InlineData(Order.AcquireRelease)]
    public void Of_two_that_store_and_look_one_sees_the_other(Order order) => Check(
        order, (first, second, _, _) => first == 0 && second == 0,
        [Store(order, 0), .. Between(order, DmbIsh), Load(order, 9, 1), Keep(9, 0)],
        [Store(order, 1), .. Between(order, DmbIsh), Load(order, 9, 0), Keep(9, 1)]);

    /// <summary>SB by atomic exchanges that acquire and release.</summary>
    [Fact]
    public void Of_two_that_swap_and_look_one_sees_the_other() => Check(
        Order.Full, (first, second, _, _) => first == 0 && second == 0,
        // swpal w6, w10, [x]
        [Swap(0), DmbIsh, Load(Order.None, 9, 1), Keep(9, 0)],
        [Swap(1), DmbIsh, Load(Order.None, 9, 0), Keep(9, 1)]);

    /// <summary>LB: nobody reads what is stored only because it was read.</summary>
    [Theory]
    [InlineData(Order.None)]
    [InlineData(Order.Full)]
    [InlineData(Order.Half)]
    [InlineData(Order.AcquireRelease)]
    public void Two_that_look_and_store_do_not_both_see_the_others_store(Order order) => Check(
        order, (first, second, _, _) => first == 1 && second == 1,
        [Load(order, 9, 0), .. Between(order, DmbIshld), Store(order, 1), Keep(9, 0)],
        [Load(order, 9, 1), .. Between(order, DmbIshld), Store(order, 0), Keep(9, 1)]);

    /// <summary>IRIW: all see two stores in one order.</summary>
    [Theory]
    [InlineData(Order.None)]
    [InlineData(Order.Full)]
    [InlineData(Order.AcquireRelease)]
    public void Two_readers_see_two_stores_in_the_same_order(Order order) => Check(
        order, (x, laterY, y, laterX) => x == 1 && laterY == 0 && y == 1 && laterX == 0,
        [Store(order, 0)],
        [Store(order, 1)],
        [Load(order, 8, 0), .. Between(order, DmbIsh), Load(order, 9, 1), Keep(8, 0), Keep(9, 1)],
        [Load(order, 8, 1), .. Between(order, DmbIsh), Load(order, 9, 0), Keep(8, 2), Keep(9, 3)]);

    /// <summary>CoRR: of one place, nobody sees the new value and then the old one, barriers or not.</summary>
    [Fact]
    public void A_place_does_not_become_old_again() => Check(
        Order.Full, (first, second, third, fourth) => (first == 1 && second == 0) || (third == 1 && fourth == 0),
        [Store(Order.None, 0)],
        [Load(Order.None, 8, 0), Load(Order.None, 9, 0), Keep(8, 0), Keep(9, 1)],
        [Load(Order.None, 8, 0), Load(Order.None, 9, 0), Keep(8, 2), Keep(9, 3)]);

    /// <summary>Runs one body a core over all instances, again and again, and looks at what each instance read.</summary>
    private static void Check(Order order, Func<uint, uint, uint, uint, bool> isForbidden, params uint[][] bodies)
    {
        const ulong ResultsStart = Variables;
        using var machine = new SharedMachine(0x1_0000 + Variables + Instances * Results * sizeof(uint));
        long seen = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            machine.At(SharedMachine.Data).Clear();
            machine.Run(
            [
                .. bodies.Select(body => new Body(
                    [One, .. body, Advance(0, Distance), Advance(1, Distance), Advance(2, Results * sizeof(uint))],
                    Instances, X, Y, SharedMachine.Data + ResultsStart)),
            ]);
            for (int i = 0; i < Instances; i++)
            {
                Span<byte> results = machine.At(SharedMachine.Data + ResultsStart + (ulong)(i * Results * sizeof(uint)));
                (uint first, uint second, uint third, uint fourth) =
                    (Result(results, 0), Result(results, 1), Result(results, 2), Result(results, 3));
                Assert.True((first | second | third | fourth) <= 1, "a value out of nowhere");
                seen += isForbidden(first, second, third, fourth) ? 1 : 0;
            }
        }

        // Without any order the architecture allows it.
        if (order != Order.None)
            Assert.Equal(0, seen);
        TestContext.Current.TestOutputHelper?.WriteLine($"{order}: {seen} of {(long)Repeats * Instances}");
    }

    private static uint Result(Span<byte> results, int number) =>
        BinaryPrimitives.ReadUInt32LittleEndian(results[(number * sizeof(uint))..]);

    private static uint[] Between(Order order, uint half) => order switch
    {
        Order.Full => [DmbIsh],
        Order.Half => [half],
        Order.Completion => [DsbIsh],
        _ => [],
    };

    /// <summary>STR or STLR of W8, which is 1, to the variable that an X register points at.</summary>
    private static uint Store(Order order, int variable) =>
        (order == Order.AcquireRelease ? 0x889F_FC00 : 0xB900_0000) | (uint)variable << 5 | 8;

    /// <summary>LDR or LDAR.</summary>
    private static uint Load(Order order, int to, int variable) =>
        (order == Order.AcquireRelease ? 0x88DF_FC00 : 0xB940_0000) | (uint)variable << 5 | (uint)to;

    /// <summary>SWPAL of W6, which is 1.</summary>
    private static uint Swap(int variable) => 0xB8E0_8000 | 6 << 16 | (uint)variable << 5 | 10;

    /// <summary>STR to the results.</summary>
    private static uint Keep(int register, int place) => 0xB900_0000 | (uint)place << 10 | 2 << 5 | (uint)register;

    private static uint Advance(int register, int distance) =>
        0x9100_0000 | (uint)distance << 10 | (uint)register << 5 | (uint)register;
}
