using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>The two calls that move data, by the typed face: between host memory and a queue.</summary>
internal interface IMessageFace
{
    SendResult Send(ICaller caller, CapId cap, ReadOnlySpan<byte> message, bool push);

    ReceiveResult Receive(ICaller caller, CapId cap, Span<byte> buffer);
}
