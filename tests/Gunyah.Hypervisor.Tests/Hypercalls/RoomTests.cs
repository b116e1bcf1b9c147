using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.AddressSpaces;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.MemoryExtents;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Hypercalls;

/// <summary>Rooms and what they bind: one can be left out, and a row and its handler cannot disagree.</summary>
public class RoomTests
{
    private const ulong UnknownCall = ulong.MaxValue;

    private readonly TestMachine _machine = new();

    public static TheoryData<string> Rooms => [.. new TestMachine().Hypervisor.Rooms.All.Select(room => room.GetType().Name)];

    [Theory, MemberData(nameof(Rooms))]
    public void Without_a_room_its_calls_are_unknown_and_those_of_the_others_are_not(string name)
    {
        HypervisorRooms rooms = _machine.Hypervisor.Rooms;
        IRoom left = rooms.All.Single(room => room.GetType().Name == name);
        IRoom[] others = [.. rooms.All.Where(room => room != left)];
        var without = new CallBook(Profile.Documented, others);
        CallBook with = rooms.Vcpus.Dispatcher.Calls;
        int[] gone = [.. HypercallTable.Rows.Select(row => row.Number).Where(number => without.Find(number) is null)];
        int[] own = [.. HypercallTable.Rows.Select(row => row.Number)
            .Where(number => Declared(left).Contains(number))];
        Assert.Equal(own, gone);
        Assert.All(HypercallTable.Rows, row => Assert.NotNull(with.Find(row.Number)));

        rooms.Open(others);
        foreach (int number in gone)
            Assert.Equal(UnknownCall, TestMachine.TrapAt(_machine.Root, (ushort)(0x6000 + number)).X[0]);
    }

    [Fact]
    public void A_row_is_bound_once() =>
        Assert.Throws<InvalidOperationException>(() => new CallBook(Profile.Documented, [new IdleRoom(), new IdleRoom()]));

    [Fact]
    public void A_handler_takes_as_many_objects_as_its_row_looks_up() => Assert.Throws<InvalidOperationException>(
        () => new CallBook(
            Profile.Documented, [new OneRoom(book => book.Bind<Vic>(VicCalls.AttachVcpu, static (in _, _) => default))]));

    [Fact]
    public void A_handler_takes_each_object_as_what_its_row_says() => Assert.Throws<InvalidOperationException>(
        () => new CallBook(
            Profile.Documented,
            [
                new OneRoom(book =>
                {
                    book.Introduce<Vic>(ObjectType.Vic);
                    book.Bind<AddressSpace>(VicCalls.Configure, static (in _, _) => default);
                }),
            ]));

    [Fact]
    public void Three_capabilities_are_resolved_in_the_order_of_the_row_and_handed_over_in_that_of_the_registers()
    {
        var row = new HypercallRow(
            0x08,
            "three",
            [
                Cap("vic", VicRights.BindSource, order: 2),
                Cap("extent", MemoryExtentRights.Map, order: 0),
                Cap("space", CapabilitySpaceRights.CapCopy, order: 1),
            ],
            ["error", "ids"],
            []);
        var book = new CallBook(
            Profile.Documented,
            [
                new OneRoom(calls => calls.Bind<Vic, MemoryExtent, CapabilitySpace>(
                    row, static (in call, vic, extent, space) =>
                        call.Answer(((ulong)vic.Id << 32) | ((ulong)extent.Id << 16) | (uint)space.Id))),
            ]);
        var dispatcher = new HypercallDispatcher(_machine.Hypervisor.Rooms.Context, book);
        CapId vic = _machine.Vic();
        CapId extent = _machine.Extent(0, Page.Size);
        CapId space = _machine.Boot.CapabilitySpace;

        Assert.Equal(Number(vic) << 32 | Number(extent) << 16 | Number(space), Call(vic, extent, space).X1);
        Assert.Equal(GunyahError.WrongObjectType, Call(new(50), vic, new(50)).Error);
        Assert.Equal(GunyahError.WrongObjectType, Call(new(50), extent, extent).Error);
        Assert.Equal(GunyahError.CapNull, Call(new(50), extent, space).Error);
        int before = _machine.Hypervisor.Inspection.ObjectCount;
        _machine.Delete(vic);
        _machine.Delete(extent);
        Assert.Equal(before - 2, _machine.Hypervisor.Inspection.ObjectCount); // No call kept a reference.

        HypercallResult Call(CapId first, CapId second, CapId third)
        {
            CallWords words = default;
            (words[0], words[1], words[2]) = (first.Value, second.Value, third.Value);
            CallWords answer = default;
            Assert.True(dispatcher.TryCall(_machine.Root, 0x08, in words, checkReserved: true, ref answer));
            return answer.ToResult();
        }
    }

    private static HypercallInput Cap(string name, ObjectRights needs, int order) =>
        new(HypercallInputKind.Capability, name, Needs: needs, Order: order);

    private static int[] Declared(IRoom room)
    {
        var book = new CallBook(Profile.Documented, [room]);
        return [.. Enumerable.Range(0, HypercallTable.Size).Where(number => book.Find(number) is not null)];
    }

    private ulong Number(CapId cap)
    {
        Assert.True(_machine.Hypervisor.Inspection.TryResolve(BootEnvironment.RootVmid, cap, out int id, out _));
        return (ulong)id;
    }

    private sealed class IdleRoom : IRoom
    {
        public void Declare(CallBook calls) => calls.BindStub(ObjectCalls.Reset);
    }

    private sealed class OneRoom(Action<CallBook> declare) : IRoom
    {
        public void Declare(CallBook calls) => declare(calls);
    }
}
