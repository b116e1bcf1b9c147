using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.HardwareInterrupts;

/// <summary>The interrupt lines of the board (gunyah-abi.md 4.5.3). Guests cannot make any.</summary>
internal sealed class HardwareInterruptRoom(HypervisorContext context) : IRoom
{
    private readonly Dictionary<uint, HardwareInterrupt> _byNumber = [];

    /// <summary>Makes the object of a line; at boot.</summary>
    public HardwareInterrupt Make(IObjectHeap heap, uint number)
    {
        var made = new HardwareInterrupt(context, heap, number);
        _byNumber.Add(number, made);
        return made;
    }

    /// <summary>The line of a number; null where the board has none, or has not booted.</summary>
    public HardwareInterrupt? Find(uint number) => _byNumber.GetValueOrDefault(number);

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.Introduce<HardwareInterrupt>(ObjectType.HardwareInterrupt);
        calls.Bind<HardwareInterrupt, Vic>(
            HardwareInterruptCalls.BindVirq, static (in call, line, vic) => line.Bind(vic, (uint)call.X2));
        calls.Bind<HardwareInterrupt>(HardwareInterruptCalls.UnbindVirq, static (in _, line) => line.Unbind());
    }
}
