using System.Diagnostics;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.MessageQueues;

/// <summary>
/// A queue of messages in one direction (gunyah-abi.md 4.3): strict order, message boundaries kept, nothing blocks.
/// One lock guards it all and is held across the copy and the interrupt; whom the interrupt wakes is told after it. Queues
/// share no lock with each other.
/// </summary>
internal sealed class MessageQueue : HypervisorObject, ICountsMessages, IVirqPoll
{
    /// <summary>What the object is charged for, without its buffer.</summary>
    public const ulong Footprint = 512;

    /// <summary>Thresholds and delays with this value stay as they are.</summary>
    public const uint Unchanged = 0xFFFF_FFFF;

    private const uint MaximumThreshold = 0xFFFF_FFFE;
    private const int SlotOverhead = 8;

    private readonly bool _swallowsCopyErrors;
    private Gate _gate;

    /// <summary>
    /// From activation to the end. Guarded by the gate: a message moves before the end, or not at all. So a send and a receive,
    /// which look here, need no reference on the queue (<see cref="ICapabilityTable.Peek"/>).
    /// </summary>
    private bool _isOpen;
    private int _depth;
    private int _maxSize;
    private byte[] _buffer = [];
    private ushort[] _sizes = [];
    private int _head;
    private int _notFullThreshold;
    private int _notEmptyThreshold;

    /// <summary>Written behind the gate; polls read it without.</summary>
    private volatile int _count;
    private ulong _sent;
    private ulong _received;
    private ulong _full;

    public MessageQueue(HypervisorContext context, IObjectHeap heap)
        : base(context, ObjectType.MessageQueue, heap, Footprint)
    {
        _swallowsCopyErrors = context.FollowsReference(Deviations.SwallowCopyErrors);
        SendSource = new VirqSource(this);
        ReceiveSource = new VirqSource(this);
    }

    /// <summary>The sender's interrupt: there is room again.</summary>
    public VirqSource SendSource { get; }

    /// <summary>The receiver's interrupt: there is something to receive.</summary>
    public VirqSource ReceiveSource { get; }

    /// <inheritdoc/>
    public MessageQueueStatistics Statistics
    {
        get
        {
            using (_gate.Enter())
                return new(Id, _depth, _maxSize, _count, _sent, _received, _full);
        }
    }

    /// <summary>msgqueue_configure. A bad value changes nothing.</summary>
    public GunyahError Configure(uint createInfo)
    {
        using Lock.Scope scope = EnterConfiguration();
        if (State != ObjectState.Init)
            return GunyahError.ObjectState;
        uint depth = createInfo & 0xFFFF;
        uint size = createInfo >> 16;
        if (depth is 0 or > MessageQueueLimits.MaxDepth || size is 0 or > MessageQueueLimits.MaxMessageSize)
            return GunyahError.ArgumentInvalid;
        _depth = (int)depth;
        _maxSize = (int)size;
        return GunyahError.Ok;
    }

    /// <summary>msgqueue_send. A full queue is told before the message is looked at.</summary>
    public SendResult Send<TSource>(IEventActor? caller, in TSource message, bool push)
        where TSource : struct, IMessageSource, allows ref struct
    {
        SendResult result;
        WakeUp wakeUp;
        using (_gate.Enter())
        {
            result = SendLocked(caller, in message, push, out wakeUp);
            AssertInvariants();
        }

        wakeUp.Deliver();
        if (result.Error != GunyahError.Ok && Context.Events.Wants(EventKind.MessageRefused))
            Context.Emit(caller, EventKind.MessageRefused, new((ulong)Id, (uint)result.Error));
        return result;
    }

    /// <summary>msgqueue_receive. A message that cannot be taken stays.</summary>
    public ReceiveResult Receive<TTarget>(IEventActor? caller, in TTarget buffer)
        where TTarget : struct, IMessageTarget, allows ref struct
    {
        ReceiveResult result;
        WakeUp wakeUp;
        using (_gate.Enter())
        {
            result = ReceiveLocked(caller, in buffer, out wakeUp);
            AssertInvariants();
        }

        wakeUp.Deliver();
        return result;
    }

    /// <summary>msgqueue_flush: drops every message; thresholds stay.</summary>
    public void Flush(IEventActor? caller)
    {
        WakeUp wakeUp = default;
        using (_gate.Enter())
        {
            int dropped = _count;
            if (dropped == 0)
                return;
            Array.Clear(_buffer);
            _count = 0;
            _head = 0;
            if (Context.FollowsReference(Deviations.FlushAssertsSender))
                wakeUp = SendSource.AssertLevel();
            else
                SendSource.Clear();
            ReceiveSource.Clear();
            if (Context.Events.Wants(EventKind.MessagesFlushed))
                Context.Emit(caller, EventKind.MessagesFlushed, new((ulong)Id, (ulong)dropped));
        }

        wakeUp.Deliver();
    }

    /// <summary>msgqueue_configure_send: the count at which a receive interrupts the sender.</summary>
    public GunyahError ConfigureSend(uint threshold, uint delay)
    {
        if (delay != Unchanged)
            return GunyahError.Unimplemented;
        if (threshold == Unchanged)
            return GunyahError.Ok;
        if (threshold >= (uint)_depth)
            return GunyahError.ArgumentInvalid;
        WakeUp wakeUp = default;
        using (_gate.Enter())
        {
            _notFullThreshold = (int)threshold;
            if (_count <= _notFullThreshold)
                wakeUp = SendSource.AssertLevel();
            else
                SendSource.Clear();
        }

        wakeUp.Deliver();
        return GunyahError.Ok;
    }

    /// <summary>msgqueue_configure_receive: the count at which a send interrupts the receiver.</summary>
    public GunyahError ConfigureReceive(uint threshold, uint delay)
    {
        if (delay != Unchanged)
            return GunyahError.Unimplemented;
        if (threshold == Unchanged)
            return GunyahError.Ok;
        bool maximum = threshold == MaximumThreshold;
        if (threshold == 0 || (threshold > (uint)_depth && !maximum))
            return GunyahError.ArgumentInvalid;
        WakeUp wakeUp = default;
        using (_gate.Enter())
        {
            if (maximum)
            {
                // Unlike the same value spelled out, this never looks at the interrupt (gunyah-abi.md Q26).
                _notEmptyThreshold = _depth;
                return GunyahError.Ok;
            }

            _notEmptyThreshold = (int)threshold;
            if (_count >= _notEmptyThreshold)
                wakeUp = ReceiveSource.AssertLevel();
            else
                ReceiveSource.Clear();
        }

        wakeUp.Deliver();
        return GunyahError.Ok;
    }

    bool IVirqPoll.IsStillAsserted(VirqSource source) => source == ReceiveSource
        ? _count >= Volatile.Read(ref _notEmptyThreshold)
        : _count <= Volatile.Read(ref _notFullThreshold);

    private protected override GunyahError OnActivate()
    {
        if (_depth == 0)
            return GunyahError.ObjectConfig;
        if (!Heap.TryCharge(BufferFootprint))
            return GunyahError.NoMemory;
        _buffer = new byte[_depth * _maxSize];
        _sizes = new ushort[_depth];
        _notFullThreshold = _depth - 1;
        _notEmptyThreshold = 1;
        _isOpen = true;
        return GunyahError.Ok;
    }

    private protected override void OnDeactivate()
    {
        using (_gate.Enter())
            _isOpen = false;
        SendSource.Unbind();
        ReceiveSource.Unbind();
        Heap.Refund(BufferFootprint);
        if (Context.Events.Wants(EventKind.MessageQueueClosed))
            Context.Emit(null, EventKind.MessageQueueClosed, new((ulong)Id, _sent, _received, _full));
    }

    private ulong BufferFootprint => (ulong)_depth * (ulong)(_maxSize + SlotOverhead);

    private SendResult SendLocked<TSource>(IEventActor? caller, in TSource message, bool push, out WakeUp wakeUp)
        where TSource : struct, IMessageSource, allows ref struct
    {
        wakeUp = default;
        if (!_isOpen)
            return new(GunyahError.CapNull, NotFull: false);
        if (_count == _depth)
        {
            _full++;
            return new(GunyahError.MessageQueueFull, NotFull: false);
        }

        int tail = Slot(_head + _count);
        ulong size = message.Size;
        GunyahError error = size == 0 || size > (ulong)_maxSize
            ? GunyahError.ArgumentSize
            : message.CopyTo(_buffer.AsSpan(tail * _maxSize, (int)size));
        if (error != GunyahError.Ok)
            return new(_swallowsCopyErrors ? GunyahError.Ok : error, NotFull: true);

        _sizes[tail] = (ushort)size;
        _count++;
        _sent++;
        if (_count == _depth)
            _full++;
        if (Context.Events.Wants(EventKind.MessageSent))
            Context.Emit(caller, EventKind.MessageSent, new((ulong)Id, size, (ulong)_count));
        if (push || _count == _notEmptyThreshold)
            wakeUp = ReceiveSource.AssertLevel();
        return new(GunyahError.Ok, NotFull: _count < _depth);
    }

    private ReceiveResult ReceiveLocked<TTarget>(IEventActor? caller, in TTarget buffer, out WakeUp wakeUp)
        where TTarget : struct, IMessageTarget, allows ref struct
    {
        wakeUp = default;
        if (!_isOpen)
            return new(GunyahError.CapNull, 0, NotEmpty: false);
        if (_count == 0)
            return new(GunyahError.MessageQueueEmpty, 0, NotEmpty: false);

        int size = _sizes[_head];
        GunyahError error = CheckBuffer(buffer.Size, size);
        if (error == GunyahError.Ok)
            error = buffer.Take(_buffer.AsSpan(_head * _maxSize, size));
        if (error != GunyahError.Ok)
            return new(_swallowsCopyErrors ? GunyahError.Ok : error, 0, NotEmpty: true);

        _head = Slot(_head + 1);
        _count--;
        _received++;
        if (Context.Events.Wants(EventKind.MessageReceived))
            Context.Emit(caller, EventKind.MessageReceived, new((ulong)Id, (ulong)size, (ulong)_count));
        if (_count == _notFullThreshold)
            wakeUp = SendSource.AssertLevel();
        return new(GunyahError.Ok, size, NotEmpty: _count > 0);
    }

    /// <summary>The slot of a number below twice the depth, without a division.</summary>
    private int Slot(int number) => number >= _depth ? number - _depth : number;

    private static GunyahError CheckBuffer(ulong bufferSize, int messageSize) => bufferSize switch
    {
        0 => GunyahError.ArgumentSize,
        _ when bufferSize < (ulong)messageSize => GunyahError.AddressOverflow,
        _ => GunyahError.Ok,
    };

    [Conditional("DEBUG")]
    private void AssertInvariants()
    {
        Debug.Assert(_gate.IsHeld, "the queue's gate guards its state");
        Debug.Assert(_count >= 0 && _count <= _depth, "a queue holds between none and as many messages as it is deep");
        Debug.Assert(_head >= 0 && _head < _depth, "the head is a slot");
        Debug.Assert(_notFullThreshold < _depth, "the not-full threshold is below the depth");
        Debug.Assert(_notEmptyThreshold >= 1 && _notEmptyThreshold <= _depth, "the not-empty threshold is a count of messages");
        Debug.Assert(_received + (ulong)_count <= _sent, "nothing is received that was not sent");
    }
}
