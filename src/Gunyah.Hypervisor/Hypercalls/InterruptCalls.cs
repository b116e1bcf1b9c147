using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Vcpus;
using Gunyah.Hypervisor.VpmGroups;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Interrupt controllers and VPM groups (gunyah-abi.md 4.5.1 and 4.9).</summary>
internal static class InterruptCalls
{
    public static HypercallResult ConfigureVic(in HypercallFrame frame)
    {
        HypercallArguments a = frame.Arguments;
        return frame.FirstAs<Vic>().Configure((uint)a.X1, (uint)a.X2, a.X3, (uint)a.X4);
    }

    public static HypercallResult AttachVcpu(in HypercallFrame frame) =>
        frame.SecondAs<Vcpu>().Attach(frame.FirstAs<Vic>(), (uint)frame.Arguments.X2);

    public static HypercallResult ConfigureGroup(in HypercallFrame frame) =>
        frame.FirstAs<VpmGroup>().Configure(frame.Arguments.X1);

    public static HypercallResult AttachToGroup(in HypercallFrame frame) =>
        frame.SecondAs<Vcpu>().Attach(frame.FirstAs<VpmGroup>(), (uint)frame.Arguments.X2);

    public static HypercallResult BindGroup(in HypercallFrame frame) =>
        frame.FirstAs<VpmGroup>().Source.Bind(frame.SecondAs<Vic>(), (uint)frame.Arguments.X2);

    public static HypercallResult UnbindGroup(in HypercallFrame frame)
    {
        frame.FirstAs<VpmGroup>().Source.Unbind();
        return GunyahError.Ok;
    }

    public static HypercallResult GroupState(in HypercallFrame frame) => new(0, frame.FirstAs<VpmGroup>().PowerState);
}
