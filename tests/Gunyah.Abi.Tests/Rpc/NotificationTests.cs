using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>The layouts of notifications (gunyah-rm.md 3 and 11).</summary>
public class NotificationTests
{
    [Fact]
    public void V_25_the_status_of_a_VM_that_reported_its_own() =>
        Expect("05 00 00 00 03 04 34 12", new VmStatusNotification(5, VmState.Running, OsState.Run, 0x1234));

    [Fact]
    public void V_29_an_exit_by_the_VM_itself_passes_its_flags_on() => Expect(
        "05 00 00 00 04 00 00 00 01 00 00 00",
        new VmExitedNotification(5, VmExitType.VmExit, VmExitFlags.Restart, VmExitCode.Normal));

    [Fact]
    public void V_32_a_SYSTEM_RESET2_has_three_more_words() => Expect(
        "80 00 03 00 10 00 00 00 00 80 00 00 00 00 00 80 88 77 66 55 44 33 22 11",
        new VmExitedNotification(
            0x80,
            VmExitType.PsciSystemReset2,
            VmExitFlags.PsciReset64,
            VmExitCode.Normal,
            new VmSystemReset(0x8000_0000, 0x1122_3344_5566_7788)));

    [Theory]
    [InlineData("80 00 07 00 03 00 00 00 00 00 00")]
    [InlineData("80 00 07 00 00 00 00 00 00 00 00 00")]
    [InlineData("80 00 07 00 05 00 00 00 00 00 00 00")]
    [InlineData("80 00 07 00 FF FF FF FF 00 00 00 00")]
    public void An_exit_whose_reason_is_not_there_is_malformed(string bytes) =>
        Assert.Equal(RmError.MsgInvalid, RpcPayload.TryRead<VmExitedNotification>(Wire.Bytes(bytes), out _));

    [Fact]
    public void I_01_a_lent_interrupt() =>
        Expect("03 00 00 00 44 33 22 11 03 00 00 00", new IrqLentNotification(3, 0x1122_3344, 3));

    [Fact]
    public void C_01_console_output_of_a_VM_is_six_bytes_for_two_characters() =>
        Expect("80 00 02 00 61 62", new ConsoleText(0x80, "ab"));

    [Fact]
    public void C_02_console_input_of_the_owner_comes_from_VMID_0() => Expect("00 00 01 00 78", new ConsoleText(0, "x"));

    [Fact]
    public void An_acceptor_and_a_recall_are_three_and_two_words()
    {
        Expect("07 00 00 00 80 00 00 00 05 00 00 00", new MemoryAcceptorNotification(7, 0x80, 5));
        Expect("07 00 00 00 05 00 00 00", new MemoryRecallNotification(7, 5));
    }

    [Fact]
    public void A_notification_longer_than_expected_is_understood_as_the_upstream_client_does()
    {
        byte[] longer = [.. new VmStatusNotification(0x80, VmState.Reset, OsState.None, 0).ToBytes(), 1, 2, 3, 4];
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(longer, out VmStatusNotification status));
        Assert.Equal(VmState.Reset, status.State);
    }

    private static void Expect<T>(string bytes, T notification)
        where T : struct, IRpcPayload<T>
    {
        Assert.Equal(Wire.Hex(Wire.Bytes(bytes)), Wire.Hex(notification.ToBytes()));
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(Wire.Bytes(bytes), out T read));
        Assert.Equal(notification, read);
    }
}
