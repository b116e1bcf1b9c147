using Gunyah.Abi.Programs;
using Gunyah.Hypervisor.Programs;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>Programs by name, made from delegates.</summary>
internal sealed class TestPrograms
{
    private readonly Dictionary<string, Func<IVcpu, int, VcpuStep>> _programs = [];

    /// <summary>How many programs were made.</summary>
    public int Loaded { get; private set; }

    /// <summary>On, making a program throws.</summary>
    public bool FailsToLoad { get; set; }

    public void Add(string name, Func<IVcpu, int, VcpuStep> run) => _programs[name] = run;

    public ProgramVmLoader Loader => new(Make);

    private Program? Make(string name)
    {
        if (!_programs.TryGetValue(name, out Func<IVcpu, int, VcpuStep>? run))
            return null;
        if (FailsToLoad)
            throw new InvalidOperationException("no such program any more");
        Loaded++;
        return new Program(run);
    }

    private sealed class Program(Func<IVcpu, int, VcpuStep> run) : IVcpuProgram
    {
        public VcpuStep Run(IVcpu vcpu, int budget) => run(vcpu, budget);
    }
}
