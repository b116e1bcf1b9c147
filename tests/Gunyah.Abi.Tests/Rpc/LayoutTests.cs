using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>
/// Payloads laid out by hand from the tables of gunyah-rm.md 2, every field with digits of its own. A round trip
/// cannot see two fields that changed places; this can.
/// </summary>
public class LayoutTests
{
    [Fact]
    public void CONFIG_IMAGE() => Expect(
        "80 00 02 00 44 33 22 11  01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0  03 00 00 00 00 00 00 C0  04 00 00 00 00 00 00 D0",
        new VmConfigImageRequest(
            0x80,
            AuthenticationType.AndroidProtectedVm,
            0x1122_3344,
            ImageOffset: 0xA000_0000_0000_0001,
            ImageSize: 0xB000_0000_0000_0002,
            DevicetreeOffset: 0xC000_0000_0000_0003,
            DevicetreeSize: 0xD000_0000_0000_0004));

    [Fact]
    public void AUTH_IMAGE() => Expect(
        "80 00 01 00 00 00 00 00 0D 00 00 00",
        new VmAuthImageRequest(0x80, [new AuthenticationParameter(AuthenticationParameterType.PasId, 0x0D)]));

    [Fact]
    public void SET_TIME_BASE() => Expect(
        "80 00 00 00  04 03 02 01 08 07 06 05  14 13 12 11 18 17 16 15",
        new VmSetTimeBaseRequest(0x80, TimeBase: 0x0506_0708_0102_0304, SystemTimerReference: 0x1516_1718_1112_1314));

    [Fact]
    public void SET_FIRMWARE_MEM() => Expect(
        "80 00 00 00 44 33 22 11  01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0",
        new VmSetFirmwareMemRequest(0x80, 0x1122_3344, Offset: 0xA000_0000_0000_0001, Size: 0xB000_0000_0000_0002));

    [Fact]
    public void FW_SET_VM_FIRMWARE() => Expect(
        "02 00 00 00 44 33 22 11  01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0",
        new FirmwareSetRequest(
            AuthenticationType.AndroidProtectedVm, 0x1122_3344, Offset: 0xA000_0000_0000_0001, Size: 0xB000_0000_0000_0002));

    [Fact]
    public void SET_BOOT_CONTEXT() => Expect(
        "80 00 02 01 00 00 00 00  08 07 06 05 04 03 02 01",
        new VmSetBootContextRequest(0x80, BootRegisterSet.StackPointer, Index: 1, Value: 0x0102_0304_0506_0708));

    [Fact]
    public void SET_DEMAND_PAGING() => Expect(
        "80 00 00 00 01 00 00 00  01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0",
        new VmSetDemandPagingRequest(0x80, [new IpaRange(0xA000_0000_0000_0001, 0xB000_0000_0000_0002)]));

    [Fact]
    public void SET_ADDRESS_LAYOUT() => Expect(
        "80 00 00 00 01 00 00 00  01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0",
        new VmSetAddressLayoutRequest(0x80, AddressLayoutRange.Firmware, 0xA000_0000_0000_0001, 0xB000_0000_0000_0002));

    [Fact]
    public void GET_STATE() => Expect("03 04 34 12", new VmStateReply(VmState.Running, OsState.Run, 0x1234));

    [Fact]
    public void V_38_HOST_GET_TYPE() => Expect("64 01 00 01", new HostTypeReply(HostTypeReply.GunyahAArch64));

    [Fact]
    public void GET_PEERS_and_the_look_ups() =>
        Expect("02 00 00 00 03 00 00 00 80 00 00 00", new VmidListReply([new VmidEntry(3), new VmidEntry(0x80)]));

    [Fact]
    public void V_35_GET_ID_pads_each_identity() => Expect(
        "02 00 00 00  02 00 01 00 61 00 00 00  03 00 03 00 4E 2F 41 00",
        new VmGetIdReply([new VmIdentity(VmIdentityType.Name, "a"), new VmIdentity(VmIdentityType.SignAuth, "N/A")]));

    [Fact]
    public void LOOKUP_NAME() => Expect("05 00 00 00 68 65 6C 6C 6F 00 00 00", new VmLookupTextRequest("hello"));

    [Fact]
    public void CRASH_MSG() => Expect("02 00 00 00 6F 68 00 00", new CrashMessage("oh"));

    [Fact]
    public void GET_HYP_RESOURCES() => Expect(
        """
        01 00 00 00  06 00 80 00  0D 00 00 00  05 00 00 00  08 07 06 05 04 03 02 01
        0E 00 00 00  C2 03 00 00  01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0
        """,
        new HypervisorResourcesReply(
            [
                new HypervisorResource(
                    ResourceType.VirtioMmio,
                    PartnerVmid: 0x80,
                    Handle: 0x0D,
                    Label: 5,
                    CapabilityId: 0x0102_0304_0506_0708,
                    VirqHandle: 0x0E,
                    Virq: 962,
                    BaseAddress: 0xA000_0000_0000_0001,
                    Size: 0xB000_0000_0000_0002),
            ]));

    [Fact]
    public void SET_STATUS() => Expect("00 04 34 12", new VmSetStatusRequest(OsState.Run, 0x1234));

    [Fact]
    public void EXIT() =>
        Expect("01 80 03 00", new VmExitRequest(VmExitFlags.Restart | VmExitFlags.PsciReset64, VmExitCode.BusError));

    [Fact]
    public void MEM_APPEND() => Expect(
        "44 33 22 11 01 00 00 00  01 00 00 00 01 00 00 00 00 00 00 A0 02 00 00 00 00 00 00 B0",
        new MemoryAppendRequest(0x1122_3344, MemoryAppendFlags.Last,
            [new SglEntry(0xA000_0000_0000_0001, 0xB000_0000_0000_0002)]));

    [Fact]
    public void MEM_QCOM_LOOKUP_SGL() => Expect(
        "01 00 00 00 44 33 22 11  01 00 00 00 80 00 06 00  00 00 00 00  01 00 00 00 02 00 80 00",
        new MemoryLookupRequest(
            MemoryType.Io,
            0x1122_3344,
            [new AclEntry(0x80, MemoryRights.Read | MemoryRights.Write)],
            [],
            [new AttributeEntry(MemoryAttribute.Uncached, 0x80)]));

    [Fact]
    public void MEM_NOTIFY() => Expect(
        "44 33 22 11 08 00 00 00 04 03 02 01  01 00 00 00 80 00 00 00",
        new MemoryNotifyRequest(0x1122_3344, MemoryNotifyKind.Recall, 0x0102_0304, [new VmidEntry(0x80)]));

    [Fact]
    public void IRQ_LEND() => Expect("80 00 00 00 64 00 00 00 03 00 00 00", new IrqLendRequest(0x80, Virq: 100, Label: 3));

    [Fact]
    public void I_02_IRQ_ACCEPT_of_any_number() =>
        Expect("44 33 22 11 FF FF FF FF", new IrqAcceptRequest(0x1122_3344, IrqAcceptRequest.AnyVirq));

    [Fact]
    public void IRQ_NOTIFY() => Expect(
        "44 33 22 11 01 00 00 00 01 00 00 00 80 00 00 00",
        new IrqNotifyRequest(0x1122_3344, IrqNotifyKind.Lent, [new VmidEntry(0x80)]));

    [Fact]
    public void IPA_RESERVE_of_given_ranges() => Expect(
        "00 00 00 00 05 00 00 00 0D 00 00 00 01 00 00 00  01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0",
        new IpaReserveRequest(
            IpaReserveType.Fixed,
            IpaConstraints.Ecc | IpaConstraints.NormalMemory,
            0x0D,
            [new IpaRange(0xA000_0000_0000_0001, 0xB000_0000_0000_0002)],
            []));

    [Fact]
    public void IPA_RESERVE_inside_regions() => Expect(
        """
        01 00 00 00 40 00 00 00 00 00 00 00 01 00 00 00
        01 00 00 00 00 00 00 A0  02 00 00 00 00 00 00 B0  03 00 00 00 00 00 00 C0  04 00 00 00 00 00 00 D0
        """,
        new IpaReserveRequest(
            IpaReserveType.Allocate,
            IpaConstraints.CompatibleWithBase,
            0,
            [],
            [
                new IpaAllocation(
                    RegionBase: 0xA000_0000_0000_0001,
                    RegionSize: 0xB000_0000_0000_0002,
                    Size: 0xC000_0000_0000_0003,
                    Alignment: 0xD000_0000_0000_0004),
            ]));

    [Fact]
    public void The_first_address_of_an_IPA_RESERVE_reply_is_at_offset_8()
    {
        byte[] payload = new byte[16];
        RmReply.Write(payload, new IpaReserveReply([new IpaAddress(0xA000_0000_0000_0001)]));
        Assert.Equal(Wire.Bytes("00 00 00 00 01 00 00 00 01 00 00 00 00 00 00 A0"), payload);
    }

    private static void Expect<T>(string bytes, T payload)
        where T : struct, IRpcPayload<T>
    {
        Assert.Equal(Wire.Hex(Wire.Bytes(bytes)), Wire.Hex(payload.ToBytes()));
        Assert.Equal(RmError.Ok, RpcPayload.TryRead(Wire.Bytes(bytes), out T read));
        Assert.Equal(payload, read);
    }
}
