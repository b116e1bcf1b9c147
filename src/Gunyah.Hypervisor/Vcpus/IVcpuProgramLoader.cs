using Gunyah.Abi.Programs;

namespace Gunyah.Hypervisor.Vcpus;

/// <summary>Makes the program that a vCPU runs from the image in its memory.</summary>
public interface IVcpuProgramLoader
{
    /// <summary>Looks at the first bytes of the image that a vCPU was started at.</summary>
    /// <param name="imageAtEntry">Up to 64 bytes (<see cref="Gunyah.Abi.Images.GuestImage.HeaderSize"/>) at the entry
    /// point.</param>
    /// <returns>A new program, or null where the loader knows no such image; the vCPU then faults.</returns>
    IVcpuProgram? Load(ReadOnlySpan<byte> imageAtEntry);
}
