using Gunyah.Abi.Programs;
using Gunyah.Guest.Kernel;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>
/// The programs of a test machine: the Resource Manager, and guests that do nothing but let the test act for them.
/// </summary>
internal sealed class TestPrograms
{
    /// <summary>The vCPUs of the primary VM that have run, in order of their start.</summary>
    public List<IVcpu> Primary { get; } = [];

    /// <summary>The vCPUs of secondary VMs that have run, in order of their start.</summary>
    public List<IVcpu> Secondary { get; } = [];

    public IVcpuProgram? Make(string name) => name switch
    {
        ResourceManagerProgram.Name => new GuestKernel(ResourceManagerProgram.MainAsync),
        "primary" => new Puppet(Primary),
        "secondary" => new Puppet(Secondary),
        _ => null,
    };

    private sealed class Puppet(List<IVcpu> vcpus) : IVcpuProgram
    {
        public VcpuStep Run(IVcpu vcpu, int budget)
        {
            if (!vcpus.Contains(vcpu))
                vcpus.Add(vcpu);
            return vcpu.IsHalted ? VcpuStep.Yield : VcpuStep.WaitForInterrupt;
        }
    }
}
