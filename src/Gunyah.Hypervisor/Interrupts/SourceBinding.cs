using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>The two calls of each interrupt source (gunyah-abi.md 4.2.1 and 4.2.2).</summary>
internal static class SourceBinding
{
    /// <summary>Binds the calls that bind and unbind a source of an object.</summary>
    public static void BindSource<T>(this CallBook calls, HypercallRow bind, HypercallRow unbind, Func<T, VirqSource> source)
        where T : HypervisorObject
    {
        calls.Bind<T, Vic>(bind, (in call, owner, vic) =>
        {
            GunyahError error = source(owner).Bind(vic, (uint)call.X2, out WakeUp wakeUp);
            wakeUp.Deliver();
            return error;
        });
        calls.Bind<T>(unbind, (in _, owner) =>
        {
            source(owner).Unbind();
            return GunyahError.Ok;
        });
    }
}
