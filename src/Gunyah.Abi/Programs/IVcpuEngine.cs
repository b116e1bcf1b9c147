using Gunyah.Abi.Vcpus;

namespace Gunyah.Abi.Programs;

/// <summary>
/// What executes a guest on one vCPU: C# code, an interpreter of machine code, or a core of the host. It has whatever state
/// <see cref="IVcpu.Registers"/> does not hold, and runs until it exits. The hypervisor never cares which it is. One with an
/// MMU is an <see cref="Memory.IStageOne"/> too; every exit ends its slice of <see cref="IVcpu.Pages"/>.
/// </summary>
public interface IVcpuEngine
{
    /// <summary>Runs until there is a reason to come back.</summary>
    /// <param name="vcpu">The vCPU; the same one at every call.</param>
    /// <param name="budget">How many steps it may take before it must return; at least 1. Each must be short.</param>
    VcpuExit Run(IVcpu vcpu, int budget);

    /// <summary>Ends the access that <see cref="VcpuExitKind.DeviceAccess"/> reported; it runs on after this.</summary>
    /// <param name="answer">How the access ended; other than done, the guest gets an abort.</param>
    /// <param name="value">What a load reads, not extended.</param>
    void Complete(DeviceAnswer answer, ulong value);
}

/// <summary>What executes the vCPUs of one VM. The first image that is started in it decides, for as long as it is.</summary>
public interface IVmEngine
{
    /// <summary>Makes the engine of a vCPU that was powered on, reset or resumed without its registers' rest.</summary>
    /// <param name="atEntry">Up to 64 bytes at the address where it starts; that may be anywhere in the VM's memory.</param>
    /// <returns>Null where nothing can start there; the vCPU then faults.</returns>
    IVcpuEngine? Start(ReadOnlySpan<byte> atEntry);
}

/// <summary>Knows the engines that images ask for.</summary>
public interface IVmEngineLoader
{
    /// <summary>Chooses the engine of a VM by the image that is started first in it.</summary>
    /// <param name="image">Up to 64 bytes (<c>GuestImage.HeaderSize</c>) at the entry point.</param>
    /// <returns>Null for an image that no engine knows.</returns>
    IVmEngine? Choose(ReadOnlySpan<byte> image);
}
