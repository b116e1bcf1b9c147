using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Devicetree.Text.Files;

namespace Devicetree.Tool;

/// <summary>
/// Lets the first memory of the heap be one page of 2 MiB. A run of some milliseconds touches hundreds of fresh pages once,
/// and the first touch of each costs more than the work that is done on it, above all in a virtual machine.
/// </summary>
/// <remarks>
/// Only a wish: where the system has no such pages, everything works as before. Nothing is asked for in a runtime that compiles
/// while it runs, which may be set up with another collector.
/// </remarks>
internal static class HeapPages
{
    // One is wanted: the collector's regions are 4 MiB and begin at multiples of that, so it is the second half of the first.
    private const int LargePage = 2 << 20;

    private const int ReadAndWrite = 3;
    private const int LargePagesWanted = 14;
    private const int InCoreDumps = 17;

    /// <summary>Called once, before anything else is allocated.</summary>
    public static void AskForLargeOne()
    {
        if (!OperatingSystem.IsLinux() || RuntimeFeature.IsDynamicCodeSupported)
            return;
        nint used = Marshal.UnsafeAddrOfPinnedArrayElement(new byte[1], 0);
        nint start = (used + LargePage) & -LargePage;
        // The collector reserves a region and opens it bit by bit; a large page needs all of its range open, and of one kind.
        if (ProtectMemory(start, LargePage, ReadAndWrite) != 0 || AdviseMemory(start, LargePage, InCoreDumps) != 0
            || AdviseMemory(start, LargePage, LargePagesWanted) != 0)
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
