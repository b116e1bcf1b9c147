using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

public class RmMessagesTests
{
    [Fact]
    public void Every_message_id_has_exactly_one_row()
    {
        Assert.Equal(Enum.GetValues<RmMessageId>().Order(), RmMessages.Rows.Select(row => row.Id).Order());
        Assert.Equal(RmMessages.Rows.Length, RmMessages.Rows.Select(row => (uint)row.Id).Distinct().Count());
    }

    [Fact]
    public void Every_message_has_a_name_of_its_own() =>
        Assert.Equal(RmMessages.Rows.Length, RmMessages.Rows.Select(row => row.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Bit_20_of_the_id_is_set_in_notifications_only() =>
        Assert.All(RmMessages.Rows, row => Assert.Equal(row.Kind == RmMessageKind.Notification, ((uint)row.Id & (1 << 20)) != 0));

    [Fact]
    public void Notifications_come_from_the_Resource_Manager_and_requests_do_not() => Assert.All(
        RmMessages.Rows, row => Assert.Equal(row.Kind == RmMessageKind.Notification, row.Sender == RmSender.ResourceManager));

    /// <summary>gunyah-rm.md 2.0 to 2.4 and 3.</summary>
    [Theory]
    [InlineData(0x56000001, "VM_ALLOCATE", RmSender.PrimaryVm, 4)]
    [InlineData(0x56000005, "VM_STOP", RmSender.Owner, 8)]
    [InlineData(0x56000009, "VM_CONFIG_IMAGE", RmSender.PrimaryOwner, 40)]
    [InlineData(0x56000024, "VM_GET_VMID", RmSender.AnyVm, 0)]
    [InlineData(0x56000030, "VM_SET_TIME_BASE", RmSender.Querier, 20)]
    [InlineData(0x56000085, "VM_EXIT", RmSender.Itself, 4)]
    [InlineData(0x51000012, "MEM_LEND", RmSender.AnyVm, null)]
    [InlineData(0x56100008, "VM_STATUS", RmSender.ResourceManager, 8)]
    [InlineData(0x51100014, "MEM_RECALL", RmSender.ResourceManager, 8)]
    public void A_row_says_what_the_reference_says(uint id, string name, RmSender sender, int? length)
    {
        RmMessageRow? row = RmMessages.Find((RmMessageId)id);
        Assert.NotNull(row);
        Assert.Equal((name, sender, length), (row.Name, row.Sender, row.Length));
    }

    [Fact]
    public void An_unknown_id_has_no_row_and_is_named_by_its_number()
    {
        Assert.Null(RmMessages.Find((RmMessageId)0x5600_00FF));
        Assert.Equal("0x560000FF", RmMessages.NameOf((RmMessageId)0x5600_00FF));
        Assert.Equal("VM_ALLOCATE", RmMessages.NameOf(RmMessageId.VmAllocate));
    }
}
