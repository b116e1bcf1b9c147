using System.Runtime.InteropServices;
using Gunyah.Abi;
using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>The TLB of a test's engine: the pages of <see cref="MovingMemory"/>, as long as they may be kept.</summary>
internal sealed class KeptPages(IGuestPages pages)
{
    private const int Count = (int)(MovingMemory.Size / Page.Size);

    private readonly nint[] _hosts = new nint[Count];
    private ulong _generation;

    /// <summary>How often something had to be dropped.</summary>
    public int Drops { get; private set; }

    public void Enter() => Accept(pages.Enter());

    /// <summary>A safe point, as an engine writes it: one load where nothing changed.</summary>
    public void Poll()
    {
        if (Volatile.Read(in pages.Generation) != _generation)
            Accept(pages.Poll());
    }

    public void Leave() => pages.Leave();

    /// <summary>The host address of a word, kept or found; false where the guest may not access it.</summary>
    public bool TryFind(int word, out nint host)
    {
        int index = word / (int)(Page.Size / sizeof(long)) % Count;
        host = _hosts[index];
        if (host == 0)
        {
            ulong address = MovingMemory.Window + ((ulong)index * Page.Size);
            if (pages.Find(address, MemoryAccess.ReadWrite, isUser: false, out HostPage page) != GunyahError.Ok)
                return false;
            host = _hosts[index] = page.Address;
        }

        host += word * sizeof(long) % (int)Page.Size;
        return true;
    }

    public static long Read(nint host) => Marshal.ReadInt64(host);

    public static void Write(nint host, long value) => Marshal.WriteInt64(host, value);

    private void Accept(ulong generation)
    {
        if (generation == _generation)
            return;
        _generation = generation;
        Array.Clear(_hosts);
        Drops++;
    }
}
