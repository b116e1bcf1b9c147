using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Doorbells;

/// <summary>Doorbells (gunyah-abi.md 4.4).</summary>
internal sealed class DoorbellRoom(HypervisorContext context) : IRoom
{
    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.BindCreation(
            DoorbellCalls.Create, context, ObjectType.Doorbell, Doorbell.Footprint,
            heap => new Doorbell(context, heap));
        calls.Bind<Doorbell>(DoorbellCalls.Send, static (in call, bell) => call.Answer(bell.Send(call.X1)));
        calls.Bind<Doorbell>(DoorbellCalls.Receive, static (in call, bell) =>
            call.X1 == 0 ? GunyahError.ArgumentInvalid : call.Answer(bell.Receive(call.X1)));
        calls.Bind<Doorbell>(DoorbellCalls.Reset, static (in _, bell) =>
        {
            bell.Reset();
            return GunyahError.Ok;
        });
        calls.Bind<Doorbell>(DoorbellCalls.Mask, static (in call, bell) =>
        {
            bell.Mask(call.X1, call.X2);
            return GunyahError.Ok;
        });
        calls.BindSource<Doorbell>(DoorbellCalls.BindVirq, DoorbellCalls.UnbindVirq, static bell => bell.Source);
    }
}
