using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.CapabilitySpaces;

/// <summary>Cases CS-nn are those of gunyah-abi.md 6.4.</summary>
public abstract class CapabilitySpaceCases(CallingEngine engine)
{
    private readonly TestMachine _machine = new(engine: engine);

    private CapId Own => _machine.Boot.CapabilitySpace;

    [Theory] // CS-01, CS-02, CS-04
    [InlineData(ulong.MaxValue, 1UL)]
    [InlineData(50UL, 50UL)]
    [InlineData(0x100UL, 50UL)]
    [InlineData(61UL, 50UL)]
    [InlineData(62UL, 1UL)]
    [InlineData(0xE700UL, 50UL)]
    [InlineData(0xE800UL, 1UL)]
    [InlineData(0x1_0000_0000UL, 1UL)]
    public void A_number_that_decodes_to_nothing_is_invalid_and_an_empty_slot_null(ulong cap, ulong error) =>
        Assert.Equal(error, _machine.Trap(DoorbellCalls.Send, cap, 1).X[0]);

    [Fact]
    public void All_ones_never_decodes_in_a_randomised_space() // CS-01
    {
        for (int seed = 0; seed < 50; seed++)
            Assert.Equal(GunyahError.ArgumentInvalid,
                new TestMachine(randomizeIds: true, seed: seed).Error(DoorbellCalls.Send, ulong.MaxValue, 1));
    }

    [Fact]
    public void Types_are_told_apart() // CS-05, CS-07
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        Assert.Equal(GunyahError.WrongObjectType, _machine.Error(MessageQueueCalls.Send, doorbell.Value, 1, TestMachine.Buffer));
        Assert.Equal(GunyahError.WrongObjectType, _machine.Error(MessageQueueCalls.Configure, doorbell.Value, 4));
    }

    [Fact]
    public void A_wrong_type_without_the_right_is_a_wrong_type_to_typed_calls_and_a_missing_right_to_generic_ones()
    {
        CapId weak = _machine.Copy(_machine.Active(ObjectType.Doorbell), DoorbellRights.Send);
        Assert.Equal(GunyahError.WrongObjectType, _machine.Error(MessageQueueCalls.Receive, weak.Value, TestMachine.Buffer, 16));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(MessageQueueCalls.Configure, weak.Value, 4));
    }

    [Fact]
    public void Rights_are_looked_at_before_the_state() // CS-08
    {
        CapId doorbell = _machine.Create(ObjectType.Doorbell);
        CapId weak = _machine.Copy(doorbell, DoorbellRights.Receive);
        Assert.Equal(GunyahError.InsufficientRights, _machine.Error(DoorbellCalls.Send, weak.Value, 1));
        Assert.Equal(GunyahError.ObjectState, _machine.Error(DoorbellCalls.Send, doorbell.Value, 1));
    }

    [Fact]
    public void The_room_in_the_target_is_looked_at_before_the_source() // CS-10
    {
        CapId full = _machine.Space(4);
        for (int i = 0; i < 4; i++)
            CopyInto(full, _machine.Boot.Vic);
        Assert.Equal(54UL, Copy(Own, 50, full).X[0]);
        Assert.Equal(0UL, Copy(Own, 50, full).X[1]);
    }

    [Fact]
    public void A_failed_copy_gives_its_slot_back() // CS-11
    {
        CapId space = _machine.Space(4);
        CopyInto(space, _machine.Boot.Vic);
        CopyInto(space, _machine.Boot.Vic);
        int before = _machine.Hypervisor.Inspection.CapabilityCount;
        Assert.Equal(50UL, Copy(Own, 50, space).X[0]);
        Assert.Equal(before, _machine.Hypervisor.Inspection.CapabilityCount);
    }

    [Fact]
    public void A_copy_can_only_lose_rights() // CS-13
    {
        CapId thread = _machine.Copy(_machine.Boot.Vcpu, new(ObjectType.Thread, 0x8000_0003));
        CapId all = _machine.Copy(thread, ObjectRights.Everything);
        Assert.Equal(0x8000_0003, RightsOf(all));
        Assert.Equal(0x1u, RightsOf(_machine.Copy(all, new(ObjectType.Thread, 0x1))));
        Assert.Equal(53UL, Copy(Own, thread.Value, Own, mask: 0x4).X[0]);
    }

    [Fact]
    public void Revoking_reaches_every_copy_and_spares_the_master() // CS-14
    {
        CapId master = _machine.Active(ObjectType.Doorbell);
        CapId here = _machine.Copy(master, ObjectRights.Everything);
        CapId space = _machine.Space(4);
        CapId there = CopyInto(space, master);
        TestMachine.Ok(_machine.Port.RevokeCopies(Own, master));
        Assert.Equal(GunyahError.CapRevoked, _machine.Error(DoorbellCalls.Send, here.Value, 1));
        Assert.Equal(51UL, Copy(space, there.Value, Own).X[0]);
        Assert.Equal(GunyahError.Ok, _machine.Error(DoorbellCalls.Send, master.Value, 1));
        TestMachine.Ok(_machine.Port.RevokeCopies(Own, master)); // Nothing left to revoke is no error.
    }

    [Fact]
    public void Only_the_master_revokes() // CS-16
    {
        CapId copy = _machine.Copy(_machine.Active(ObjectType.Doorbell), ObjectRights.Everything);
        Assert.Equal(GunyahError.InsufficientRights, _machine.Port.RevokeCopies(Own, copy));
        Assert.Equal(GunyahError.CapNull, _machine.Port.RevokeCopies(Own, new(50)));
    }

    [Fact]
    public void A_revoked_capability_can_be_deleted_once() // CS-17
    {
        CapId revoked = _machine.RevokedCopy(_machine.Active(ObjectType.Doorbell));
        Assert.Equal(GunyahError.CapRevoked, _machine.Port.RevokeCopies(Own, revoked));
        _machine.Delete(revoked);
        Assert.Equal(GunyahError.CapNull, _machine.Port.DeleteCapability(Own, revoked));
    }

    [Fact]
    public void An_object_outlives_its_master_but_nobody_can_revoke_any_more() // CS-19
    {
        CapId master = _machine.Active(ObjectType.Doorbell);
        CapId copy = _machine.Copy(master, ObjectRights.Everything);
        _machine.Delete(master);
        Assert.Equal(GunyahError.Ok, _machine.Error(DoorbellCalls.Send, copy.Value, 1));
        Assert.Equal(GunyahError.InsufficientRights, _machine.Port.RevokeCopies(Own, copy));
    }

    [Fact]
    public void The_last_capability_takes_the_object_with_it() // CS-20
    {
        int before = _machine.Hypervisor.Inspection.ObjectCount;
        CapId master = _machine.Active(ObjectType.Doorbell);
        _machine.Delete(master);
        Assert.Equal(GunyahError.CapNull, _machine.Error(DoorbellCalls.Send, master.Value, 1));
        Assert.Equal(before, _machine.Hypervisor.Inspection.ObjectCount);
    }

    [Fact]
    public void A_space_has_room_for_14384_at_most() // CS-22
    {
        CapId space = _machine.Create(ObjectType.CapabilitySpace);
        TestMachine.Ok(_machine.Port.CapabilitySpaceConfigure(space, 14384));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Port.CapabilitySpaceConfigure(space, 14385));
        TestMachine.Ok(_machine.Port.Activate(space));
        for (int i = 0; i < 14384; i++)
            CopyInto(space, _machine.Boot.Vic);
        Assert.Equal(54UL, Copy(Own, _machine.Boot.Vic.Value, space).X[0]);
        _machine.Delete(space);
    }

    [Fact]
    public void A_space_without_room_fails_for_good() // CS-23
    {
        CapId space = _machine.Create(ObjectType.CapabilitySpace);
        TestMachine.Ok(_machine.Port.CapabilitySpaceConfigure(space, 0));
        Assert.Equal(GunyahError.ObjectConfig, _machine.Port.Activate(space));
        Assert.Equal(GunyahError.ObjectState, _machine.Port.CapabilitySpaceConfigure(space, 8));
    }

    [Fact]
    public void The_source_space_is_looked_up_before_the_target() // CS-25
    {
        CapId weak = _machine.Copy(Own, CapabilitySpaceRights.CapCreate);
        Assert.Equal(53UL, Copy(weak, _machine.Boot.Vic.Value, new CapId(50)).X[0]);
    }

    [Fact]
    public void Deleting_needs_its_right() // CS-26
    {
        CapId weak = _machine.Copy(Own, CapabilitySpaceRights.CapCopy);
        Assert.Equal(GunyahError.InsufficientRights, _machine.Port.DeleteCapability(weak, _machine.Boot.Vic));
    }

    [Fact]
    public void Activating_needs_its_right_and_the_initial_state() // CS-28, CS-29
    {
        CapId doorbell = _machine.Create(ObjectType.Doorbell);
        CapId weak = _machine.Copy(doorbell, DoorbellRights.Send);
        Assert.Equal(GunyahError.InsufficientRights, _machine.Port.Activate(weak));
        TestMachine.Ok(_machine.Port.Activate(doorbell));
        Assert.Equal(GunyahError.ObjectState, _machine.Port.Activate(doorbell));
    }

    [Fact]
    public void Revoking_leaves_bindings_alone() // CS-31
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        CapId receiver = _machine.Copy(doorbell, DoorbellRights.Bind);
        InterruptTaker taker = _machine.Bind(DoorbellCalls.BindVirq, receiver, 42, InterruptTrigger.EdgeRising);
        TestMachine.Ok(_machine.Port.RevokeCopies(Own, doorbell));
        Assert.Equal(GunyahError.Ok, _machine.Error(DoorbellCalls.Send, doorbell.Value, 1));
        Assert.Equal(1, taker.Take(42));
    }

    [Fact]
    public void A_number_means_something_only_in_its_own_space() // CS-32, CS-34
    {
        var machine = new TestMachine(randomizeIds: true, seed: 7);
        CapId doorbell = machine.Active(ObjectType.Doorbell);
        CapId space = machine.Space(8);
        TestMachine.Ok(machine.Port.CopyCapability(machine.Boot.CapabilitySpace, doorbell, space, ObjectRights.Everything,
            out CapId there));
        Assert.NotEqual(doorbell, there);
        Assert.Equal(GunyahError.ArgumentInvalid, machine.Error(DoorbellCalls.Send, there.Value, 1));
        Assert.Equal(GunyahError.ArgumentInvalid, machine.Error(DoorbellCalls.Send, doorbell.Value ^ (1UL << 32), 1));
    }

    [Fact]
    public void An_active_thread_cannot_change_its_space() => // CS-35
        Assert.Equal(GunyahError.ObjectState, _machine.Port.CapabilitySpaceAttach(Own, _machine.Boot.Vcpu));

    [Fact]
    public void The_first_failing_look_up_decides() // CS-38
    {
        CapId revoked = _machine.RevokedCopy(_machine.Active(ObjectType.Doorbell));
        Assert.Equal(GunyahError.CapRevoked, _machine.Error(DoorbellCalls.BindVirq, revoked.Value, 50, 32));
    }

    [Fact]
    public void A_freed_slot_is_used_again_and_tables_fill_in_order()
    {
        CapId space = _machine.Space(200);
        CapId[] ids = [.. Enumerable.Range(0, 130).Select(_ => CopyInto(space, _machine.Boot.Vic))];
        Assert.Equal([.. Enumerable.Range(0, 130).Select(i => new CapId((ulong)(((i / 62) << 8) | (i % 62))))], ids);
        TestMachine.Ok(_machine.Port.DeleteCapability(space, ids[5]));
        TestMachine.Ok(_machine.Port.DeleteCapability(space, ids[70]));
        Assert.Equal(ids[5], CopyInto(space, _machine.Boot.Vic));
        Assert.Equal(ids[70], CopyInto(space, _machine.Boot.Vic));
    }

    [Fact]
    public void A_chain_of_spaces_that_hold_each_other_ends_without_a_chain_of_frames()
    {
        int before = _machine.Hypervisor.Inspection.ObjectCount;
        CapId first = _machine.Space(1);
        CapId previous = first;
        for (int i = 0; i < 5000; i++)
        {
            CapId next = _machine.Space(1);
            CopyInto(previous, next);
            if (previous != first)
                _machine.Delete(previous);
            previous = next;
        }

        _machine.Delete(previous);
        _machine.Delete(first);
        Assert.Equal(before, _machine.Hypervisor.Inspection.ObjectCount);
    }

    [Fact]
    public void A_space_may_delete_the_capability_that_names_it()
    {
        CapId space = _machine.Space(4);
        CopyInto(space, space);
        int before = _machine.Hypervisor.Inspection.ObjectCount;
        TestMachine.Ok(_machine.Port.DeleteCapability(space, new(0)));
        _machine.Delete(space);
        Assert.Equal(before - 1, _machine.Hypervisor.Inspection.ObjectCount);
    }

    [Fact]
    public void An_object_in_another_space_can_be_activated_there()
    {
        CapId space = _machine.Space(4);
        TestMachine.Ok(_machine.Port.Create(ObjectType.Doorbell, _machine.Boot.Partition, space, out CapId doorbell));
        Assert.Equal(GunyahError.Ok, _machine.Error(ObjectCalls.ActivateFrom, space.Value, doorbell.Value));
        Assert.Equal(GunyahError.ObjectState, _machine.Error(ObjectCalls.ActivateFrom, space.Value, doorbell.Value));
        Assert.Equal(GunyahError.CapNull, _machine.Error(ObjectCalls.ActivateFrom, space.Value, 3));
    }

    [Fact]
    public void A_creation_without_room_for_its_capability_leaves_nothing()
    {
        CapId space = _machine.Space(1);
        CopyInto(space, _machine.Boot.Vic);
        int objects = _machine.Hypervisor.Inspection.ObjectCount;
        ulong heap = _machine.Hypervisor.Inspection.HeapUsed;
        GuestRegisters r = _machine.Trap(DoorbellCalls.Create, _machine.Boot.Partition.Value, space.Value);
        Assert.Equal(54UL, r.X[0]);
        Assert.Equal(ulong.MaxValue, r.X[1]);
        Assert.Equal((objects, heap), (_machine.Hypervisor.Inspection.ObjectCount, _machine.Hypervisor.Inspection.HeapUsed));
    }

    [Fact]
    public void Creating_without_heap_answers_NOMEM_until_something_goes()
    {
        var machine = new TestMachine(heap: 256 * 1024);
        var made = new List<CapId>();
        GunyahError error;
        while ((error = machine.Port.Create(ObjectType.Vic, machine.Boot.Partition, machine.Boot.CapabilitySpace,
            out CapId cap)) == GunyahError.Ok)
            made.Add(cap);
        Assert.Equal(GunyahError.NoMemory, error);
        machine.Delete(made[0]);
        machine.Create(ObjectType.Vic);
    }

    private CapId CopyInto(CapId space, CapId cap)
    {
        TestMachine.Ok(_machine.Port.CopyCapability(Own, cap, space, ObjectRights.Everything, out CapId copy));
        return copy;
    }

    private GuestRegisters Copy(CapId from, ulong source, CapId to, ulong mask = uint.MaxValue) =>
        _machine.Trap(CapabilitySpaceCalls.CopyCapFrom, from.Value, source, to.Value, mask);

    private uint RightsOf(CapId cap)
    {
        CapabilitySpace space = _machine.Root.Space;
        return space.Snapshot().Single(each => space.IdOf(each) == cap).Rights;
    }
}

/// <inheritdoc/>
public class CapabilitySpaceTests() : CapabilitySpaceCases(CallingEngine.Host);

/// <inheritdoc/>
public class CapabilitySpaceOnKernelTests() : CapabilitySpaceCases(CallingEngine.Kernel);

/// <inheritdoc/>
public class CapabilitySpaceOnCodeTests() : CapabilitySpaceCases(CallingEngine.Code);
