using System.Diagnostics.CodeAnalysis;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Guest.Kernel;

/// <summary>The guest's interrupt handlers over the interrupt controller of its vCPU.</summary>
public sealed class Interrupts
{
    /// <summary>The priority of every handler: the middle of the range, as Linux uses it.</summary>
    private const byte HandlerPriority = 0xA0;

    /// <summary>Lets every priority that a GICv3 with five priority bits knows through.</summary>
    private const byte OpenPriorityMask = 0xF8;

    private readonly IInterruptController _controller;
    private readonly Dictionary<uint, InterruptRegistration> _registrations = [];

    internal Interrupts(IInterruptController controller)
    {
        _controller = controller;
        controller.EnableDistributor(group0: false, group1: true);
        controller.SetPriorityMask(OpenPriorityMask);
        controller.EnableCpuInterface(group0: false, group1: true);
    }

    /// <summary>Interrupts that came although nobody had requested them.</summary>
    public ulong Unhandled { get; private set; }

    /// <summary>Requests an interrupt: configures it (group 1, trigger, priority) and enables it.</summary>
    /// <param name="intid">The INTID: 0 to 1019.</param>
    /// <param name="trigger">What makes it pending; ignored by the controller for software interrupts.</param>
    /// <param name="handler">
    /// Runs between acknowledge and end-of-interrupt, on the kernel. Must be short and must not throw.
    /// </param>
    /// <param name="registration">Gives the interrupt back when disposed of.</param>
    /// <returns>False where the number is out of range or somebody else has it.</returns>
    public bool TryRequest(
        uint intid, InterruptTrigger trigger, Action handler, [NotNullWhen(true)] out InterruptRegistration? registration)
    {
        ArgumentNullException.ThrowIfNull(handler);
        registration = null;
        if (intid > InterruptIds.LastSpi || _registrations.ContainsKey(intid))
            return false;

        registration = new(this, intid, handler);
        _registrations.Add(intid, registration);
        _controller.SetTrigger(intid, trigger);
        _controller.SetGroup(intid, group1: true);
        _controller.SetPriority(intid, HandlerPriority);
        _controller.SetEnabled(intid, true);
        return true;
    }

    /// <summary>As <see cref="TryRequest"/>, for an interrupt that must be free.</summary>
    /// <exception cref="InvalidOperationException">The number is out of range or taken.</exception>
    /// <inheritdoc cref="TryRequest"/>
    public InterruptRegistration Request(uint intid, InterruptTrigger trigger, Action handler) =>
        TryRequest(intid, trigger, handler, out InterruptRegistration? registration)
            ? registration
            : throw new InvalidOperationException($"interrupt {intid} does not exist or has a handler already");

    /// <summary>Acknowledges and handles one interrupt.</summary>
    /// <returns>False if none is pending.</returns>
    internal bool DispatchOne()
    {
        uint intid = _controller.Acknowledge();
        if (intid == InterruptIds.Spurious)
            return false;

        if (_registrations.TryGetValue(intid, out InterruptRegistration? registration))
            registration.Handler();
        else
            Unhandled++;
        _controller.EndOfInterrupt(intid);
        return true;
    }

    internal void Release(uint intid)
    {
        _controller.SetEnabled(intid, false);
        _registrations.Remove(intid);
    }
}

/// <summary>A requested interrupt; disposing of it disables the interrupt and forgets the handler.</summary>
public sealed class InterruptRegistration : IDisposable
{
    private readonly Interrupts _owner;
    private bool _released;

    internal InterruptRegistration(Interrupts owner, uint intid, Action handler)
    {
        _owner = owner;
        Intid = intid;
        Handler = handler;
    }

    /// <summary>The INTID.</summary>
    public uint Intid { get; }

    internal Action Handler { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_released)
            return;
        _released = true;
        _owner.Release(Intid);
    }
}
