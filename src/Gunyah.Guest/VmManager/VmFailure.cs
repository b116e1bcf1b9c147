using System.Collections.Immutable;
using Gunyah.Guest.Rpc;

namespace Gunyah.Guest.VmManager;

/// <summary>The steps of a VM's life, in order.</summary>
public enum VmStep
{
    /// <summary>Looking at the settings, before anything is done.</summary>
    Settings,

    /// <summary>VM_ALLOCATE.</summary>
    Allocate,

    /// <summary>Copying image and devicetree into the memory.</summary>
    CopyImage,

    /// <summary>MEM_LEND or MEM_SHARE.</summary>
    GiveMemory,

    /// <summary>VM_CONFIG_IMAGE.</summary>
    ConfigureImage,

    /// <summary>VM_INIT.</summary>
    Initialise,

    /// <summary>VM_GET_HYP_RESOURCES, and taking the interrupts of what it lists.</summary>
    GetResources,

    /// <summary>VM_START.</summary>
    Start,

    /// <summary>VM_STOP, and waiting for the VM's end.</summary>
    Stop,

    /// <summary>VM_RESET, and waiting until it is done.</summary>
    Reset,

    /// <summary>MEM_RECLAIM.</summary>
    Reclaim,

    /// <summary>VM_DEALLOCATE.</summary>
    Deallocate,
}

/// <summary>A step that failed.</summary>
/// <param name="Step">Which.</param>
/// <param name="Reply">The Resource Manager's answer, where it was asked.</param>
/// <param name="Message">What went wrong.</param>
public sealed record VmFailure(VmStep Step, RpcReply? Reply, string Message)
{
    internal static VmFailure Of(VmStep step, RpcReply reply) => new(step, reply, $"the Resource Manager answered {reply}");

    /// <inheritdoc/>
    public override string ToString() => $"{Step}: {Message}";
}

/// <summary>The outcome of creating a VM.</summary>
/// <param name="Machine">The VM, ready to start; null if it could not be created.</param>
/// <param name="Failures">
/// Why not, first of all; then what of the steps before could not be undone. Empty if there is a VM.
/// </param>
public sealed record VmCreation(VirtualMachine? Machine, ImmutableArray<VmFailure> Failures);
