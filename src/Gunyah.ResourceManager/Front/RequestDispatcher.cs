using System.Collections.Frozen;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager.Services;
using Gunyah.ResourceManager.Services.Vms;

namespace Gunyah.ResourceManager.Front;

/// <summary>Carries out one request.</summary>
internal delegate RpcAnswer RequestHandler(VirtualMachine caller, ReadOnlySpan<byte> payload);

/// <summary>A message that is served, and by whom. Its name and its length are in the message's own row (<see cref="RmMessages"/>).</summary>
internal sealed record RequestRow(RmMessageId Id, RequestHandler Handle);

/// <summary>Gives each request to its row and its answer to the link. What has no row is not implemented.</summary>
internal sealed class RequestDispatcher(VmRegistry vms)
{
    private FrozenDictionary<RmMessageId, RequestRow> _rows = FrozenDictionary<RmMessageId, RequestRow>.Empty;

    /// <summary>Sets what is served; once, before the first link is opened.</summary>
    public void Serve(IEnumerable<RequestRow> rows) => _rows = rows.ToFrozenDictionary(row => row.Id);

    /// <summary>Carries out a request and replies to it.</summary>
    public void Dispatch(RpcLink link, RpcHeader header, ReadOnlyMemory<byte> payload)
    {
        if (vms.Find(link.Peer) is not VirtualMachine caller)
            return;
        RpcAnswer answer = _rows.TryGetValue(header.MessageId, out RequestRow? row)
            ? row.Handle(caller, payload.Span)
            : RmError.Unimplemented;
        link.Reply(header, answer.Error, answer.Payload);
    }
}
