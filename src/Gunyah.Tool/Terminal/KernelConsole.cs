using Gunyah.Abi;
using Gunyah.Abi.Events;

namespace Gunyah.Tool.Terminal;

/// <summary>
/// Reads the primary VM's console for what a kernel says of its end, and keeps its last lines for those who look only when
/// something went wrong.
/// </summary>
/// <param name="panicked">Called once when a kernel has said all of its panic and stays as it is; must not block.</param>
internal sealed class KernelConsole(Action panicked) : IEventReader
{
    /// <summary>How many lines are kept.</summary>
    public const int KeptLines = 50;

    private const string Panic = "Kernel panic - ";
    private const string EndOfPanic = "---[ end Kernel panic";

    private readonly Queue<string> _lines = new(KeptLines);
    private bool _isOver;

    /// <inheritdoc/>
    public ulong Wanted => EventStream.Bit(EventKind.ConsoleOutput);

    /// <summary>The first line in which a kernel says that it panics; null if none does.</summary>
    public string? PanicLine { get; private set; }

    /// <summary>The last lines, the oldest first. When nothing runs any more.</summary>
    public IReadOnlyCollection<string> LastLines => _lines;

    /// <inheritdoc/>
    public void Read(in GunyahEvent e)
    {
        if (e.Vmid != WellKnownVmids.Primary || e.Text is not { } line)
            return;
        if (_lines.Count == KeptLines)
            _lines.Dequeue();
        _lines.Enqueue(line);
        int panic = line.IndexOf(Panic, StringComparison.Ordinal);
        if (panic >= 0)
            PanicLine ??= line[panic..];
        if (_isOver || !line.Contains(EndOfPanic, StringComparison.Ordinal))
            return;
        _isOver = true;
        panicked();
    }
}
