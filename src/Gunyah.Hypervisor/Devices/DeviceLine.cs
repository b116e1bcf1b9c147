using Gunyah.Abi;
using Gunyah.Hypervisor.Interrupts;

namespace Gunyah.Hypervisor.Devices;

/// <summary>
/// The interrupt line of a device, which follows <see cref="IDevice.IsAsserted"/>. It leads to the interrupt controller of the
/// VM that has the device: it is connected when the first vCPU of that VM is activated, and again for the next VM.
/// </summary>
public sealed class DeviceLine : IVirqPoll
{
    private readonly Lock _gate = new();
    private readonly IDevice _device;
    private readonly VirqSource _source;
    private bool _isRaised;

    internal DeviceLine(IDevice device, uint intid)
    {
        _device = device;
        Intid = intid;
        _source = new VirqSource(this);
    }

    /// <summary>The shared interrupt (SPI), 32 to 1019.</summary>
    public uint Intid { get; }

    /// <summary>True while there is a controller at its end.</summary>
    public bool IsConnected => _source.IsBound;

    /// <summary>
    /// Looks at the device's level again. The device calls this after each change, once it holds no lock; of calls at the same
    /// moment the last sees the last change.
    /// </summary>
    public void Update()
    {
        WakeUp wakeUp;
        lock (_gate)
            wakeUp = Follow();
        wakeUp.Deliver();
    }

    bool IVirqPoll.IsStillAsserted(VirqSource source) => _device.IsAsserted;

    /// <summary>Connects the line, if it is not.</summary>
    /// <returns>Why it is not connected: the controller has no such interrupt, or another source has it.</returns>
    internal GunyahError Connect(Vic vic)
    {
        WakeUp wakeUp;
        lock (_gate)
        {
            if (_source.IsBound)
                return GunyahError.Ok;
            GunyahError error = _source.Bind(vic, Intid);
            if (error != GunyahError.Ok)
                return error;

            // Binding looks at nothing, and what an earlier controller was told is gone with it.
            _isRaised = false;
            wakeUp = Follow();
        }

        wakeUp.Deliver();
        return GunyahError.Ok;
    }

    private WakeUp Follow()
    {
        bool level = _device.IsAsserted;
        if (level == _isRaised)
            return default;
        _isRaised = level;
        if (level)
            return _source.AssertLevel();
        _source.Clear();
        return default;
    }
}
