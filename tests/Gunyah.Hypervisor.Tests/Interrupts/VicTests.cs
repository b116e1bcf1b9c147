using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>Cases VI-nn are those of gunyah-abi.md 6.5.</summary>
public abstract class VicCases(CallingEngine engine)
{
    private readonly TestMachine _machine = new(engine: engine);

    [Theory] // VI-01, VI-02, VI-05
    [InlineData(0UL, 0UL, 0UL, 0UL, 1UL)]
    [InlineData(9UL, 0UL, 0UL, 0UL, 1UL)]
    [InlineData(8UL, 988UL, 0UL, 0UL, 0UL)]
    [InlineData(1UL, 989UL, 0UL, 0UL, 1UL)]
    [InlineData(1UL, 64UL, 1UL, 0UL, 0UL)]
    [InlineData(1UL, 64UL, 1UL, 1UL, 1UL)]
    [InlineData(1UL, 64UL, 0UL, 1UL, 0UL)]
    [InlineData(1UL, 64UL, 2UL, 0UL, 0UL)]
    [InlineData(0x1_0000_0001UL, 64UL, 0UL, 0UL, 0UL)]
    public void A_controller_has_up_to_8_vcpus_and_988_shared_interrupts(ulong vcpus, ulong shared, ulong options, ulong msis,
    ulong error) =>
        Assert.Equal(error, _machine.Trap(VicCalls.Configure, _machine.Create(ObjectType.Vic).Value, vcpus, shared, options,
        msis).X[0]);

    [Fact]
    public void Options_are_looked_at_between_the_capability_and_the_state() // VI-04
    {
        Assert.Equal(GunyahError.ArgumentInvalid,
            _machine.Error(VicCalls.Configure, _machine.Create(ObjectType.Vic).Value, 1, 64, 4, 0));
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Error(VicCalls.Configure, _machine.Boot.Vic.Value, 1, 64, 4, 0));
        Assert.Equal(GunyahError.CapNull, _machine.Error(VicCalls.Configure, 50, 1, 64, 4, 0));
        Assert.Equal(GunyahError.ObjectState, _machine.Error(VicCalls.Configure, _machine.Boot.Vic.Value, 1, 64, 0, 0));
    }

    [Fact]
    public void A_controller_that_was_not_configured_has_no_shared_interrupt() // VI-07
    {
        CapId vic = _machine.Active(ObjectType.Vic);
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Port.DoorbellBind(_machine.Active(ObjectType.Doorbell), vic, 32));
    }

    [Theory] // VI-08, VI-10
    [InlineData(0UL, 1UL)]
    [InlineData(15UL, 1UL)]
    [InlineData(16UL, 1UL)]
    [InlineData(31UL, 1UL)]
    [InlineData(95UL, 0UL)]
    [InlineData(96UL, 1UL)]
    [InlineData(1019UL, 1UL)]
    [InlineData(1020UL, 1UL)]
    [InlineData(4096UL, 1UL)]
    [InlineData(0x0100_0028UL, 1UL)]
    [InlineData(0x1_0000_0028UL, 0UL)]
    public void Only_configured_shared_interrupts_can_be_bound(ulong virq, ulong error) =>
        Assert.Equal(error, _machine.Trap(DoorbellCalls.BindVirq, _machine.Active(ObjectType.Doorbell).Value,
        _machine.Boot.Vic.Value, virq).X[0]);

    [Fact]
    public void A_controller_that_goes_frees_its_sources() // VI-11
    {
        CapId doorbell = _machine.Active(ObjectType.Doorbell);
        CapId first = _machine.Vic();
        TestMachine.Ok(_machine.Port.DoorbellBind(doorbell, first, 40));
        _machine.Delete(first);
        TestMachine.Ok(_machine.Port.DoorbellBind(doorbell, _machine.Vic(), 40));
    }

    [Fact]
    public void Two_vcpus_cannot_share_an_index() // VI-34
    {
        CapId vic = _machine.Vic(2);
        CapId first = _machine.NewVcpu(vic, 0, vmid: 10);
        CapId second = _machine.NewVcpu(vic, 0, vmid: 11);
        TestMachine.Ok(_machine.Port.Activate(first));
        Assert.Equal(GunyahError.Busy, _machine.Port.Activate(second));
    }

    [Fact]
    public void An_index_beyond_the_controllers_vcpus_is_invalid()
    {
        CapId vcpu = _machine.Create(ObjectType.Thread);
        Assert.Equal(GunyahError.ArgumentInvalid, _machine.Port.VicAttach(_machine.Vic(2), vcpu, 2));
        Assert.Equal(GunyahError.ObjectState, _machine.Port.VicAttach(_machine.Vic(2), _machine.Boot.Vcpu, 9));
    }
}

/// <inheritdoc/>
public class VicTests() : VicCases(CallingEngine.Host);

/// <inheritdoc/>
public class VicOnKernelTests() : VicCases(CallingEngine.Kernel);

/// <inheritdoc/>
public class VicOnCodeTests() : VicCases(CallingEngine.Code);
