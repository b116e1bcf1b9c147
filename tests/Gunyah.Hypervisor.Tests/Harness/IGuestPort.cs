using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>Who makes the calls of a test.</summary>
public enum CallingEngine
{
    /// <summary>The test itself, outside any turn of the vCPU.</summary>
    Host,

    /// <summary>A task on the kernel of C# guests, in turns of the vCPU.</summary>
    Kernel,

    /// <summary>Code in guest memory that the register machine runs.</summary>
    Code,
}

/// <summary>The root VM as tests play it: its calls, its memory, its interrupts.</summary>
internal interface IGuestPort : IHypervisorPort
{
    IInterruptController Interrupts { get; }

    bool TryRead(ulong address, Span<byte> destination);

    bool TryWrite(ulong address, ReadOnlySpan<byte> source);
}
