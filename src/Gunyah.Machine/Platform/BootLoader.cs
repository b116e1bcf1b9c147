using Devicetree.Text.Diagnostics;
using Gunyah.Hypervisor.Memory;
using Gunyah.Machine.Images;
using Gunyah.Machine.Reports;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Overlays;
using Gunyah.ResourceManager.Services.Vms;
using Tree = Devicetree.Tree;

namespace Gunyah.Machine.Platform;

/// <summary>
/// Does what a board's boot loader does before the hypervisor runs: leaves a kernel and its ramdisk in the memory of the primary
/// VM, where the Resource Manager lets them be.
/// </summary>
/// <param name="ram">The primary VM's memory.</param>
/// <param name="board">Its base devicetree, which may keep memory for something else.</param>
internal sealed class BootLoader(MemoryRange ram, Tree board)
{
    private readonly IReadOnlyList<MemoryBlock> _reserved = ReservedMemory.Of(board);

    /// <summary>Finds the places of a kernel and its ramdisk.</summary>
    /// <param name="files">The two.</param>
    /// <param name="diagnostics">Takes the reason where they cannot be used.</param>
    /// <returns>The places; null where they cannot be used.</returns>
    public LoadedKernel? Place(KernelFiles files, DiagnosticBag diagnostics)
    {
        try
        {
            KernelProblem? problem = KernelReader.TryRead(files.Kernel, ram, Ranges(), out KernelImage? kernel);
            if (problem is not null)
            {
                string place = problem.Offset is { } offset ? $"at offset {offset}, " : "";
                diagnostics.Report(RunRules.BadKernel, default, files.Name, place + problem.Reason);
                return null;
            }

            var image = new MemoryBlock(kernel!.Place.Base, kernel.Place.Size);
            if (files.Ramdisk is not { Size: > 0 } ramdisk)
                return new(kernel, image, null);
            // Of what it is to place, the layout needs no more than the sizes.
            var sizes = new PrimaryVmPlan([new(ram.Base, ram.Size)], image, default, new MemoryBlock(0, ramdisk.Size));
            if (new PrimaryLayout(sizes, _reserved).TryPlaceRamdisk(out MemoryBlock? block))
                return new(kernel, image, block);
            diagnostics.Report(RunRules.NoRoomForRamdisk, default, ramdisk.Size, image.Size, ram.Size);
        }
        catch (IOException failure)
        {
            diagnostics.Report(RunRules.BadKernel, default, files.Name, failure.Message);
        }

        return null;
    }

    /// <summary>Loads what was placed.</summary>
    /// <returns>False, with the reason reported, where a file cannot be read any more.</returns>
    public static bool TryLoad(LoadedKernel placed, KernelFiles files, PhysicalMemory memory, DiagnosticBag diagnostics)
    {
        try
        {
            placed.Kernel.Load(memory);
            if (placed.Ramdisk is { } block)
                files.Ramdisk!.Load(memory, block.Base);
            return true;
        }
        catch (IOException failure)
        {
            diagnostics.Report(RunRules.BadKernel, default, files.Name, failure.Message);
            return false;
        }
    }

    /// <summary>The reserved memory as ranges; what is empty or wraps is none.</summary>
    private MemoryRange[] Ranges() =>
        [.. _reserved.Where(static block => block.Size > 0 && block.Base + block.Size > block.Base)
            .Select(static block => new MemoryRange(block.Base, block.Size))];
}

/// <summary>A kernel with its place.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Image">The memory that it takes.</param>
/// <param name="Ramdisk">The memory of its ramdisk; null where it has none.</param>
internal sealed record LoadedKernel(KernelImage Kernel, MemoryBlock Image, MemoryBlock? Ramdisk);
