using Gunyah.Abi.Hypercalls;

namespace Gunyah.Abi.Tests.Hypercalls;

public class HypercallTableTests
{
    public static TheoryData<int> Calls => [.. HypercallTable.Rows.Select(row => row.Number)];

    [Fact]
    public void Every_row_that_a_type_of_object_declares_is_in_the_table()
    {
        IEnumerable<HypercallRow> declared = typeof(HypercallTable).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(HypercallTable).Namespace && type.IsAbstract && type.IsSealed)
            .SelectMany(type => type.GetProperties())
            .Where(property => property.PropertyType == typeof(HypercallRow))
            .Select(property => (HypercallRow)property.GetValue(null)!);
        Assert.Equal(declared.OrderBy(row => row.Number), HypercallTable.Rows);
    }

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal(HypercallTable.Rows.Length, HypercallTable.Rows.Select(row => row.Name).Distinct().Count());

    [Theory, MemberData(nameof(Calls))]
    public void A_row_fits_the_register_file(int number)
    {
        HypercallRow row = HypercallTable.Find(number)!;
        Assert.InRange(row.Inputs.Length, 0, 8);
        Assert.InRange(row.Outputs.Length, 1, 5);
    }

    [Theory, MemberData(nameof(Calls))]
    public void The_look_ups_of_a_row_are_numbered_from_zero_without_gaps(int number)
    {
        HypercallRow row = HypercallTable.Find(number)!;
        int[] orders = [.. row.Inputs.Where(input => input.Kind == HypercallInputKind.Capability).Select(input => input.Order)
            .Order()];
        Assert.Equal(Enumerable.Range(0, orders.Length), orders);
    }

    [Theory, MemberData(nameof(Calls))]
    public void A_generic_look_up_needs_the_activate_right_and_nothing_else(int number)
    {
        HypercallRow row = HypercallTable.Find(number)!;
        foreach (HypercallInput input in row.Inputs.Where(
            input => input is { Kind: HypercallInputKind.Capability, Lookup: CapabilityLookup.Generic }))
            Assert.Equal(ObjectRights.Activate(input.Needs.Type), input.Needs);
    }

    [Theory, MemberData(nameof(Calls))]
    public void The_rights_of_a_row_exist_for_its_object_type(int number)
    {
        HypercallRow row = HypercallTable.Find(number)!;
        foreach (HypercallInput input in row.Inputs.Where(
            input => input.Kind == HypercallInputKind.Capability && input.Needs.Type != ObjectType.Any))
            Assert.Equal(0u, input.Needs.Bits & ~ObjectRights.All(input.Needs.Type).Bits);
    }

    /// <summary>Fixed points of gunyah-abi.md 1.1, 1.7 and 3.4.</summary>
    [Fact]
    public void Numbers_that_guests_are_compiled_with_do_not_move()
    {
        HypercallRow send = HypercallTable.Find(0x1B)!;
        Assert.Equal("msgqueue_send", send.Name);
        Assert.Equal(0x601B, send.Immediate);
        Assert.Equal(0xC600801BU, send.SmcccFunction);
        Assert.Equal(0x8000000FU, ObjectRights.All(ObjectType.MessageQueue).Bits);
        Assert.Equal(0x800003FFU, ObjectRights.All(ObjectType.Thread).Bits);
        Assert.Equal(0x8000001FU, ObjectRights.All(ObjectType.CapabilitySpace).Bits);
    }

    [Fact]
    public void Numbers_outside_the_table_have_no_row()
    {
        Assert.Null(HypercallTable.Find(-1));
        Assert.Null(HypercallTable.Find(0x08));
        Assert.Null(HypercallTable.Find(HypercallTable.Size));
        Assert.Null(HypercallTable.Find(int.MaxValue));
    }
}
