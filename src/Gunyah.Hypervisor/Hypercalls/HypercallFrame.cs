using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Objects;
using Gunyah.Hypervisor.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>
/// A native call after the checks that its row declares: the words cut to their widths, the capabilities resolved. The
/// dispatcher holds a reference on each object until the call is over.
/// </summary>
/// <param name="Caller">Whose call it is.</param>
/// <param name="Arguments">X0 to X7 as the call sees them.</param>
/// <param name="First">The object of the first capability input that the dispatcher resolves.</param>
/// <param name="Second">The object of the second one.</param>
internal readonly record struct HypercallFrame(
    Vcpu Caller, HypercallArguments Arguments, HypervisorObject? First, HypervisorObject? Second)
{
    /// <summary>The object of the first capability. Its type is what the row says, so the cast cannot fail.</summary>
    public T FirstAs<T>()
        where T : HypervisorObject => (T)First!;

    /// <summary>The object of the second capability.</summary>
    public T SecondAs<T>()
        where T : HypervisorObject => (T)Second!;
}

/// <summary>Carries out one hypercall.</summary>
internal delegate HypercallResult HypercallHandler(in HypercallFrame frame);
