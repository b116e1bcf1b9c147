using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Hypercalls;

/// <summary>
/// Calls every row of the table wrongly in every way the row makes possible, one and two faults at a time. A new row is
/// covered as soon as it is declared.
/// </summary>
public class EveryHypercallTests
{
    private const ulong Smccc = 0xC600_8000;

    public static TheoryData<int, Profile> Calls
    {
        get
        {
            var data = new TheoryData<int, Profile>();
            foreach (HypercallRow row in HypercallTable.Rows.Where(row => row.AnswersError))
            {
                data.Add(row.Number, Profile.Documented);
                data.Add(row.Number, Profile.Reference);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public void A_call_with_one_fault_says_which_and_changes_nothing(int number, Profile profile)
    {
        var machine = new TestMachine(profile);
        var faults = new CallFaults(machine, HypercallTable.Find(number)!);
        foreach (CallFault fault in faults.Faults)
        {
            Counts before = Counts.Of(machine);
            GuestRegisters r = TestMachine.Trap(machine.Root, faults.Row, faults.With(fault));
            Assert.True((uint)fault.Error == r.X[0], $"{fault.Name}: expected {fault.Error}, was {(GunyahError)(int)r.X[0]}");
            AssertNoResults(faults.Row, fault, r);
            Assert.Equal(before, Counts.Of(machine));
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public void Of_two_faults_the_one_that_is_looked_at_first_is_answered(int number, Profile profile)
    {
        var machine = new TestMachine(profile);
        var faults = new CallFaults(machine, HypercallTable.Find(number)!);
        foreach (CallFault a in faults.Faults)
        {
            foreach (CallFault b in faults.Faults.Where(b => b.Register > a.Register && b.Stage != a.Stage))
            {
                CallFault first = a.Stage < b.Stage ? a : b;
                GuestRegisters r = TestMachine.Trap(machine.Root, faults.Row, faults.With(a, b));
                Assert.True((uint)first.Error == r.X[0],
                    $"{a.Name} and {b.Name}: expected {first.Error}, was {(GunyahError)(int)r.X[0]}");
            }
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public void The_SMCCC_route_sees_the_same_faults_but_no_reserved_registers(int number, Profile profile)
    {
        var machine = new TestMachine(profile);
        var faults = new CallFaults(machine, HypercallTable.Find(number)!);
        CallFault[] reserved = [.. faults.Faults.Where(fault => fault.Stage == 0)];
        foreach (CallFault fault in faults.Faults.Where(fault => fault.Stage > 0))
        {
            GuestRegisters r = TestMachine.TrapAt(machine.Root, 0, [Smccc + (ulong)number, .. faults.With([fault, .. reserved])]);
            Assert.True((ulong)(int)fault.Error == r.X[0], $"{fault.Name}: expected {fault.Error}, was 0x{r.X[0]:x}");
        }
    }

    [Theory, MemberData(nameof(Calls))]
    public void Whatever_the_words_say_the_answer_is_one_that_the_row_declares(int number, Profile profile)
    {
        // Words of every size: unmapped addresses, sizes that wrap, numbers out of range.
        ulong[] words = [0, 1, 2, 3, 4, 16, 40, 255, 0x1000, TestMachine.Unmapped, TestMachine.Buffer, 0x8000_0001,
            uint.MaxValue, 1UL << 40, ulong.MaxValue - 0xFFF, ulong.MaxValue];
        var random = new Random(number);
        HypercallRow row = HypercallTable.Find(number)!;
        for (int round = 0; round < 40; round++)
        {
            var machine = new TestMachine(profile);
            var faults = new CallFaults(machine, row);
            ulong[] x = [.. faults.Good];
            for (int i = 0; i < x.Length; i++)
            {
                if (row.Inputs[i].Kind is HypercallInputKind.Word or HypercallInputKind.Size or HypercallInputKind.Address
                    or HypercallInputKind.CapabilityByCall)
                    x[i] = words[random.Next(words.Length)];
            }

            GuestRegisters r = TestMachine.Trap(machine.Root, faults.Row, x);
            var error = (GunyahError)(int)r.X[0];
            GunyahError[] declared = [GunyahError.Ok, .. row.Errors, .. ByCall(row)];
            Assert.True(declared.Contains(error), $"{error} for {string.Join(' ', x.Select(word => $"0x{word:x}"))}");
        }
    }

    /// <summary>What the look-ups that a call makes itself can add.</summary>
    private static GunyahError[] ByCall(HypercallRow row) =>
        row.Inputs.Any(input => input.Kind == HypercallInputKind.CapabilityByCall)
        ? [GunyahError.ArgumentInvalid, GunyahError.CapNull, GunyahError.CapRevoked, GunyahError.WrongObjectType,
            GunyahError.InsufficientRights, GunyahError.ObjectState]
        : [];

    private static void AssertNoResults(HypercallRow row, CallFault fault, in GuestRegisters r)
    {
        ulong x1 = row.CreatesCapability && fault.Stage > 0 ? ulong.MaxValue : 0;
        Assert.Equal(x1, r.X[1]);
        for (int i = 2; i < 8; i++)
            Assert.Equal(0UL, r.X[i]);
    }
}
