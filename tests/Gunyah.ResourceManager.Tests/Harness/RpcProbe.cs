using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Rpc;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>One message as it came over a link.</summary>
internal sealed record Received(RpcMessageType Type, ushort Sequence, RmMessageId Id, byte[] Payload, int Fragments)
{
    public RmError Error => (RmError)BitConverter.ToUInt32(Payload);

    public string Hex => Convert.ToHexStringLower(Payload);
}

/// <summary>A VM's end of its link: sends what the test says, keeps what comes.</summary>
/// <param name="vcpu">The VM's vCPU.</param>
/// <param name="transmit">The queue to send to.</param>
/// <param name="receive">The queue to receive from.</param>
/// <param name="run">Lets the machine run until it rests.</param>
internal sealed class RpcProbe(IVcpu vcpu, CapId transmit, CapId receive, Action run)
{
    private readonly RpcReassembler _reassembler = new(RpcRole.Client);
    private ushort _sequence;

    /// <summary>Everything that came and was not taken, in order.</summary>
    public List<Received> Inbox { get; } = [];

    /// <summary>The frames of the message that came last.</summary>
    public List<byte[]> Frames { get; } = [];

    public IVcpu Vcpu => vcpu;

    /// <summary>Sends a request and takes its reply, which must be the only one; notifications stay in the inbox.</summary>
    public Received Call<T>(RmMessageId id, in T request)
        where T : struct, IRpcPayload<T> => Call(id, request.ToBytes());

    public Received Call(RmMessageId id, params ReadOnlySpan<byte> payload)
    {
        ushort sequence = _sequence++;
        Send(sequence, id, payload);
        Drain();
        Received reply = Assert.Single(Inbox, message => message.Type == RpcMessageType.Reply);
        Assert.Equal((sequence, id), (reply.Sequence, reply.Id));
        Inbox.Remove(reply);
        return reply;
    }

    /// <summary>Sends a request that must succeed and reads the data of its reply.</summary>
    public TReply Call<TRequest, TReply>(RmMessageId id, in TRequest request)
        where TRequest : struct, IRpcPayload<TRequest>
        where TReply : struct, IRpcPayload<TReply>
    {
        Received reply = Call(id, request);
        Assert.True(RmReply.TryRead(reply.Payload, out RmError error, out TReply data), reply.Hex);
        Assert.Equal(RmError.Ok, error);
        return data;
    }

    public RmError Error<T>(RmMessageId id, in T request)
        where T : struct, IRpcPayload<T> => Call(id, request).Error;

    public void Send(ushort sequence, RmMessageId id, ReadOnlySpan<byte> payload)
    {
        var fragments = new RpcFragmenter(RpcMessageType.Request, sequence, id, payload);
        var frame = new byte[RpcLimits.FragmentSize];
        for (int i = 0; i < fragments.Count; i++)
            SendFrame(frame.AsSpan(0, fragments.Write(i, frame)), push: i == fragments.Count - 1);
    }

    /// <summary>Sends one queue message, making room by letting the Resource Manager run.</summary>
    public void SendFrame(ReadOnlySpan<byte> frame, bool push = false)
    {
        GunyahError error = vcpu.Send(transmit, frame, push).Error;
        if (error == GunyahError.MessageQueueFull)
        {
            run();
            error = vcpu.Send(transmit, frame, push).Error;
        }
        Assert.Equal(GunyahError.Ok, error);
    }

    /// <summary>Lets the machine run and reads until nothing comes any more.</summary>
    public void Drain()
    {
        do
            run();
        while (ReadAll());
    }

    /// <summary>Reads the queue without letting anybody else run; false if it was empty.</summary>
    public bool ReadAll()
    {
        bool any = false;
        while (ReadOne())
            any = true;
        return any;
    }

    public bool ReadOne()
    {
        var buffer = new byte[RpcLimits.FragmentSize];
        ReceiveResult result = vcpu.Receive(receive, buffer);
        if (result.Error != GunyahError.Ok)
            return false;
        if (_reassembler.Pending is null)
            Frames.Clear();
        Frames.Add(buffer[..result.Size]);
        RpcArrival arrival = _reassembler.Accept(buffer.AsSpan(0, result.Size));
        Assert.NotEqual(RpcArrivalKind.Dropped, arrival.Kind);
        if (arrival.Kind == RpcArrivalKind.Complete)
        {
            RpcHeader header = arrival.Header;
            Inbox.Add(new(header.Type, header.Sequence, header.MessageId, _reassembler.Payload.ToArray(), Frames.Count));
        }
        return true;
    }

    /// <summary>Takes all notifications that came.</summary>
    public Received[] TakeNotifications()
    {
        Received[] taken = [.. Inbox.Where(message => message.Type == RpcMessageType.Notification)];
        Inbox.RemoveAll(message => message.Type == RpcMessageType.Notification);
        return taken;
    }
}
