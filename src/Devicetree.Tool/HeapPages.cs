using System.Runtime.InteropServices;
using Devicetree.Text.Files;

namespace Devicetree.Tool;

/// <summary>
/// Lets the first megabytes of the heap come in pages of 2 MiB. A run of some milliseconds touches hundreds of fresh pages once,
/// and the first touch of each costs more than the work that is done on it, above all in a virtual machine.
/// </summary>
/// <remarks>
/// Only a wish: where the system has no such pages, or the heap lies elsewhere than expected, everything works as before.
/// </remarks>
internal static class HeapPages
{
    private const int LargePage = 2 << 20;

    // Well inside of one region of the collector (GCRegionSize in the project file), which begin at multiples of their size.
    private const int Wanted = 4 * LargePage;

    private const int ReadAndWrite = 3;
    private const int LargePagesWanted = 14;
    private const int InCoreDumps = 17;

    /// <summary>Called once, before anything else is allocated.</summary>
    public static void AskForLargeOnes()
    {
        if (!OperatingSystem.IsLinux())
            return;
        nint used = Marshal.UnsafeAddrOfPinnedArrayElement(new byte[1], 0);
        nint start = (used + LargePage) & -LargePage;
        // The collector reserves a region and opens it bit by bit; a large page needs all of its range open, and of one kind.
        if (ProtectMemory(start, Wanted, ReadAndWrite) != 0 || AdviseMemory(start, Wanted, InCoreDumps) != 0
            || AdviseMemory(start, Wanted, LargePagesWanted) != 0)
            return;
        // What lies before it has small pages already. An array that nobody writes to takes their place.
        _ = GC.AllocateUninitializedArray<byte>((int)(start - used));
    }

#pragma warning disable SYSLIB1054 // A generated stub would need unsafe code for what is blittable already.
    [DllImport(CLibrary.Name, EntryPoint = "mprotect")]
    private static extern int ProtectMemory(nint start, nint length, int protection);

    [DllImport(CLibrary.Name, EntryPoint = "madvise")]
    private static extern int AdviseMemory(nint start, nint length, int advice);
#pragma warning restore SYSLIB1054
}
