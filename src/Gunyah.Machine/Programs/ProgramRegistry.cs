using System.Collections.Immutable;
using Gunyah.Abi.Programs;
using Gunyah.Guest.Kernel;
using Gunyah.Hypervisor.Programs;
using Gunyah.ResourceManager;

namespace Gunyah.Machine.Programs;

/// <summary>The C# programs that images can name. A library user adds programs of their own with <see cref="With"/>.</summary>
public sealed class ProgramRegistry : IVmEngineLoader
{
    /// <summary>The name of the example that runs a launch plan on the primary VM.</summary>
    public const string PrimaryExample = "primary-example";

    /// <summary>The name of the example's other end.</summary>
    public const string ExchangePeer = "exchange-peer";

    private readonly ImmutableSortedDictionary<string, Func<IVcpuProgram>> _programs;

    private readonly ProgramVmLoader _loader;

    private ProgramRegistry(ImmutableSortedDictionary<string, Func<IVcpuProgram>> programs)
    {
        _programs = programs;
        _loader = new(Make);
    }

    /// <summary>The Resource Manager and the example programs.</summary>
    public static ProgramRegistry BuiltIn { get; } =
        new ProgramRegistry(ImmutableSortedDictionary.Create<string, Func<IVcpuProgram>>(StringComparer.Ordinal))
        .With(ResourceManagerProgram.Name, static () => new GuestKernel(ResourceManagerProgram.MainAsync))
        .With(PrimaryExample, static () => new GuestKernel(static context => new Programs.PrimaryExample(context).RunAsync()))
        .With(ExchangePeer, static () => new GuestKernel(static context => new Programs.ExchangePeer(context).RunAsync()));

    /// <summary>The names, sorted.</summary>
    public IReadOnlyCollection<string> Names => [.. _programs.Keys];

    /// <summary>A registry with one program more, or with another one in place of that of the same name.</summary>
    /// <param name="name">Its name in images: 1 to 47 bytes of UTF-8.</param>
    /// <param name="factory">Makes the program of one vCPU; called each time a vCPU is powered on.</param>
    public ProgramRegistry With(string name, Func<IVcpuProgram> factory)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(factory);
        return new(_programs.SetItem(name, factory));
    }

    /// <summary>Knows every image that names a program in C#, one of these or not.</summary>
    /// <param name="image">Up to 64 bytes at the entry point of a VM's first vCPU.</param>
    /// <returns>Null for an image of another kind.</returns>
    public IVmEngine? Choose(ReadOnlySpan<byte> image) => _loader.Choose(image);

    private IVcpuProgram? Make(string name) =>
        _programs.TryGetValue(name, out Func<IVcpuProgram>? factory) ? factory() : null;
}
