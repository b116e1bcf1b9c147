using System.Collections.Immutable;
using Devicetree;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Hypervisor;
using Gunyah.Hypervisor.Devices;
using Gunyah.Hypervisor.Memory;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Devices;
using Gunyah.Machine.Images;
using Gunyah.Machine.Scheduling;
using Gunyah.Virtio.Devices;
using Gunyah.Virtio.Transport;

namespace Gunyah.Machine.Platform;

/// <summary>The devices of the primary VM: the UART that its board has, and those that the machine file adds.</summary>
internal sealed class PrimaryDevices
{
    private readonly ImmutableArray<DeviceSettings> _added;
    private readonly ImmutableArray<BoardPlace> _places;
    private readonly BoardUart? _uart;
    private readonly List<SerialConsole> _consoles = [];

    private PrimaryDevices(ImmutableArray<DeviceSettings> added, ImmutableArray<BoardPlace> places, BoardUart? uart) =>
        (_added, _places, _uart) = (added, places, uart);

    /// <summary>Every interrupt line of the board that one of them drives.</summary>
    public ImmutableArray<uint> Interrupts =>
        [.. _uart?.Intid is { } intid ? [intid] : ImmutableArray<uint>.Empty, .. _places.Select(static place => place.Intid)];

    /// <summary>Finds a place for each.</summary>
    /// <param name="board">The board's tree, to which they are added.</param>
    /// <param name="added">What the machine file adds.</param>
    /// <param name="devices">The devices, where each has a place.</param>
    /// <returns>Why one has none; null where all have.</returns>
    public static string? TryPlace(Tree board, ImmutableArray<DeviceSettings> added, out PrimaryDevices? devices)
    {
        string? reason = VirtioNodes.TryAdd(board, added.Length, out ImmutableArray<BoardPlace> places);
        devices = reason is null ? new(added, places, BoardUart.Find(board)) : null;
        return reason;
    }

    /// <summary>Gives them to the VM; after boot and before the machine runs.</summary>
    /// <param name="hypervisor">Its hypervisor.</param>
    /// <param name="scheduler">Its scheduler.</param>
    /// <param name="events">Takes what consoles say.</param>
    /// <param name="disks">The disks of its block devices, in their order.</param>
    /// <param name="terminal">Who sits at the UART; null for nobody.</param>
    /// <param name="typist">Holds the machine while somebody may type; null where nobody may.</param>
    public void Attach(
        GunyahHypervisor hypervisor, IMachineScheduler scheduler, EventStream events, IReadOnlyList<DiskImage> disks,
        ISerialTerminal? terminal, OutsideHold? typist)
    {
        if (_uart is { } uart)
            AttachUart(hypervisor, uart, Console(events, scheduler, uart.Address), terminal, typist);
        DeviceMemory memory = hypervisor.MemoryOf(WellKnownVmids.Primary);
        int disk = 0;
        foreach ((DeviceSettings settings, BoardPlace place) in _added.Zip(_places))
        {
            VirtioDevice device = settings.Type switch
            {
                DeviceType.Block => new BlockDevice(disks[disk], $"disk{disk++}"),
                DeviceType.Console => new ConsoleDevice(Console(events, scheduler, place.Address).Write),
                _ => new EntropyDevice(scheduler.NextRandom),
            };
            var frame = new VirtioFrame(device, memory, scheduler);
            frame.Connect(hypervisor.AttachDevice(
                WellKnownVmids.Primary, new(place.Address, VirtioMmio.Size), frame, place.Intid)!);
        }
    }

    /// <summary>Gives out what consoles have said of a line without end; when nothing runs any more.</summary>
    public void Flush() => _consoles.ForEach(static console => console.Flush());

    private SerialConsole Console(EventStream events, IMachineScheduler scheduler, ulong address)
    {
        var console = new SerialConsole(events, () => scheduler.Now, WellKnownVmids.Primary, address);
        _consoles.Add(console);
        return console;
    }

    /// <summary>The UART is on, as the board's firmware leaves it. Nobody types at a machine that must repeat itself.</summary>
    private static void AttachUart(
        GunyahHypervisor hypervisor, BoardUart found, SerialConsole console, ISerialTerminal? terminal, OutsideHold? typist)
    {
        var uart = new Pl011(terminal is null ? console.Write : value =>
        {
            terminal.Take(value);
            console.Write(value);
        });
        uart.EnableAsFirmware();
        DeviceLine? line = hypervisor.AttachDevice(
            WellKnownVmids.Primary, new MemoryRange(found.Address, Pl011Registers.Size), uart, found.Intid);
        if (line is not null)
            uart.Connect(line);
        if (terminal is not null && typist is not null)
        {
            typist.Take();
            terminal.Connect(uart.Receive, typist.Release);
        }
    }
}
