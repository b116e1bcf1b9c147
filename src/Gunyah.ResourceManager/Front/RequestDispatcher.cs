using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Links;
using Gunyah.ResourceManager.Records;
using Gunyah.ResourceManager.Services;

namespace Gunyah.ResourceManager.Front;

/// <summary>Gives each request to its row and its answer to the link. What has no row is not implemented.</summary>
internal sealed class RequestDispatcher(VmRegistry vms)
{
    private RequestServices? _services;

    /// <summary>Sets who serves; once, before the first link is opened.</summary>
    public void Serve(RequestServices services) => _services = services;

    /// <summary>Carries out a request and replies to it.</summary>
    public void Dispatch(RpcLink link, RpcHeader header, ReadOnlyMemory<byte> payload)
    {
        if (vms.Find(link.Peer) is not VirtualMachine caller)
            return;
        RpcAnswer answer = RequestTable.Find(header.MessageId) is RequestRow row
            ? row.Handle(_services!, caller, payload.Span)
            : RmError.Unimplemented;
        link.Reply(header, answer.Error, answer.Payload);
    }
}
