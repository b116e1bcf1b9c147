using Gunyah.Hypervisor.Devices;
using Gunyah.Machine.Scheduling;
using Gunyah.Virtio.Devices;
using Gunyah.Virtio.Queues;
using Gunyah.Virtio.Transport;

namespace Gunyah.Machine.Devices;

/// <summary>
/// A virtio device on the board. What its driver asks for is done in turns of its own beside the vCPUs', so that a request of any
/// size costs the vCPU that makes it no time, and a seed decides when it is done.
/// </summary>
internal sealed class VirtioFrame : IDevice
{
    /// <summary>How many requests of a queue a turn may do.</summary>
    private const int RequestsPerTurn = 16;

    private readonly VirtioMmio _transport;
    private DeviceLine? _line;

    /// <summary>Puts a device on the board.</summary>
    /// <param name="device">The device.</param>
    /// <param name="memory">The memory of the VM that gets it.</param>
    /// <param name="scheduler">Gives the turns.</param>
    public VirtioFrame(VirtioDevice device, DeviceMemory memory, IMachineScheduler scheduler)
    {
        var turns = new Turns(this);
        _transport = new(device, new Dma(memory), () => scheduler.MakeRunnable(turns), () => _line?.Update());
    }

    /// <inheritdoc/>
    public bool IsAsserted => _transport.IsAsserted;

    /// <summary>Sets where its interrupt goes; before the machine runs.</summary>
    public void Connect(DeviceLine line) => _line = line;

    /// <inheritdoc/>
    public bool TryRead(ulong offset, int size, out ulong value)
    {
        value = _transport.Read(offset, size);
        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(ulong offset, int size, ulong value)
    {
        _transport.Write(offset, size, value);
        return true;
    }

    private sealed class Turns(VirtioFrame frame) : VcpuSlot
    {
        public override SliceEnd Run(int budget) =>
            frame._transport.Work(RequestsPerTurn) ? SliceEnd.Runnable : SliceEnd.Blocked;

        public override void TimerExpired()
        {
        }
    }

    private sealed class Dma(DeviceMemory memory) : IDmaMemory
    {
        public bool TryRead(ulong address, Span<byte> destination) => memory.TryRead(address, destination);

        public bool TryWrite(ulong address, ReadOnlySpan<byte> source) => memory.TryWrite(address, source);
    }
}
