using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Capability spaces (gunyah-abi.md 4.1.5).</summary>
internal static class CapabilitySpaceCalls
{
    public static HypercallResult Configure(in HypercallFrame frame) =>
        frame.FirstAs<CapabilitySpace>().Configure((uint)frame.Arguments.X1);

    public static HypercallResult Delete(in HypercallFrame frame) =>
        frame.FirstAs<CapabilitySpace>().Delete(new(frame.Arguments.X1));

    public static HypercallResult Copy(in HypercallFrame frame)
    {
        GunyahError error = frame.FirstAs<CapabilitySpace>().CopyTo(
            frame.SecondAs<CapabilitySpace>(), new(frame.Arguments.X1), (uint)frame.Arguments.X3, out CapId copy);
        return new((uint)error, copy.Value);
    }

    public static HypercallResult RevokeCopies(in HypercallFrame frame) =>
        frame.FirstAs<CapabilitySpace>().RevokeCopies(new(frame.Arguments.X1));

    public static HypercallResult AttachThread(in HypercallFrame frame) =>
        frame.SecondAs<Vcpu>().Attach(frame.FirstAs<CapabilitySpace>());
}
