using Gunyah.Abi.Rpc;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Mailboxes;

namespace Gunyah.Guest.Tests.Fakes;

/// <summary>The Resource Manager's end of a link: takes requests off the wire and puts replies and notifications on it.</summary>
internal sealed class FakeServer
{
    public const uint TxIntid = 960;
    public const uint RxIntid = 961;

    private readonly RpcReassembler _reassembler = new(RpcRole.Server);
    private readonly Queue<byte[]> _backlog = new();
    private ushort _notification;

    public FakeServer(FakeVcpu vcpu, int depth = 8)
    {
        FromGuest = vcpu.AddQueue(1, new(depth) { Pushes = [], NotFull = () => vcpu.Controller.Assert(TxIntid) });
        ToGuest = vcpu.AddQueue(2, new(depth) { NotEmpty = () => vcpu.Controller.Assert(RxIntid) });
        ToGuest.NotFull = Flush;
    }

    public FakeQueue FromGuest { get; }

    public FakeQueue ToGuest { get; }

    /// <summary>Answers a request; null answers nothing.</summary>
    public Func<RpcHeader, byte[], byte[]?>? OnRequest { get; set; }

    /// <summary>Every request seen, in order.</summary>
    public List<(RpcHeader Header, byte[] Payload)> Requests { get; } = [];

    public static MailboxChannel Channel(GuestContext context) =>
        new MessageQueueMailbox(context, new(new(1), TxIntid), new(new(2), RxIntid)).Channel;

    /// <summary>Takes every fragment that waits and answers what is complete.</summary>
    /// <returns>False if there was nothing.</returns>
    public bool Serve()
    {
        bool any = false;
        while (FromGuest.Count > 0)
        {
            any = true;
            RpcArrival arrival = _reassembler.Accept(FromGuest.Take());
            if (arrival.Kind != RpcArrivalKind.Complete)
                continue;
            byte[] payload = _reassembler.Payload.ToArray();
            Requests.Add((arrival.Header, payload));
            if (OnRequest?.Invoke(arrival.Header, payload) is { } reply)
                Reply(arrival.Header, reply);
        }
        return any;
    }

    public void Reply(RpcHeader request, byte[] payload) =>
        Put(RpcMessageType.Reply, request.Sequence, request.MessageId, payload);

    public void Notify<T>(RmMessageId id, T payload)
        where T : struct, IRpcPayload<T> => Put(RpcMessageType.Notification, _notification++, id, payload.ToBytes());

    public void Put(RpcMessageType type, ushort sequence, RmMessageId id, byte[] payload)
    {
        for (int i = 0; i < RpcFragmenter.CountFor(payload.Length); i++)
            PutFrame(Fragment(type, sequence, id, payload, i));
    }

    public void PutFrame(byte[] frame)
    {
        _backlog.Enqueue(frame);
        Flush();
    }

    public static byte[] Fragment(RpcMessageType type, ushort sequence, RmMessageId id, byte[] payload, int index)
    {
        var frame = new byte[RpcLimits.FragmentSize];
        return frame[..new RpcFragmenter(type, sequence, id, payload).Write(index, frame)];
    }

    private void Flush()
    {
        while (ToGuest.Count < ToGuest.Depth && _backlog.TryDequeue(out byte[]? frame))
            ToGuest.Put(frame);
    }
}
