using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.CapabilitySpaces;

/// <summary>What can be asked of objects of every type (gunyah-abi.md 3.5).</summary>
internal sealed class ObjectRoom : IRoom
{
    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.Bind<HypervisorObject>(ObjectCalls.Activate, static (in call, named) => named.Activate(call.Caller));
        calls.Bind<CapabilitySpace>(ObjectCalls.ActivateFrom, ActivateFrom);
        calls.BindStub(ObjectCalls.Reset);
        calls.BindStub(ObjectCalls.ResetFrom);
    }

    private static GunyahError ActivateFrom(in CallFrame call, CapabilitySpace space)
    {
        GunyahError error = space.Resolve(
            new(call.X1), ObjectRights.Activate(ObjectType.Any), CapabilityLookup.Generic, out HypervisorObject? found);
        if (error != GunyahError.Ok)
            return error;
        error = found!.Activate(call.Caller);
        found.Release();
        return error;
    }
}
