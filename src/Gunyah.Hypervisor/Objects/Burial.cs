namespace Gunyah.Hypervisor.Objects;

/// <summary>
/// The end of objects. A thread ends what it gave the last reference to itself, before it goes on, and waits for nobody: what
/// a guest piled up is its own time. Ends are taken in turn and never inside one another: a chain of spaces that hold each
/// other's last capability must not become a chain of stack frames.
/// </summary>
internal static class Burial
{
    /// <summary>What is to end after the object whose end is under way on this thread; null while none is.</summary>
    [ThreadStatic]
    private static Queue<HypervisorObject>? _next;

    /// <summary>Ends an object without references: now, or once the end that led here is over.</summary>
    public static void Bury(HypervisorObject dead)
    {
        if (_next is not null)
        {
            _next.Enqueue(dead);
            return;
        }

        _next = new();
        try
        {
            do
                dead.Destroy();
            while (_next.TryDequeue(out dead!));
        }
        finally
        {
            _next = null;
        }
    }
}
