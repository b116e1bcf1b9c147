using Gunyah.Abi.Images;
using Gunyah.Abi.Programs;
using Gunyah.Machine.Platform;
using Gunyah.Machine.Programs;

namespace Gunyah.Machine.Tests.Platform;

/// <summary>What executes a VM where a machine has engines of several kinds.</summary>
public class EngineLoadersTests
{
    private static readonly byte[] _code = [1, 2, 3, 4];
    private static readonly byte[] _program = GuestImage.Create(ProgramRegistry.ExchangePeer);

    [Fact]
    public void The_first_loader_that_knows_an_image_decides()
    {
        var elf = new OneKind(_code);
        var raw = new OneKind([]);
        var loaders = new EngineLoaders([ProgramRegistry.BuiltIn, elf, raw]);
        Assert.NotSame(raw.Engine, loaders.Choose(_program));
        Assert.Same(elf.Engine, loaders.Choose(_code));
        Assert.Same(raw.Engine, loaders.Choose(new byte[GuestImage.HeaderSize]));
        Assert.Same(raw.Engine, new EngineLoaders([raw, elf, ProgramRegistry.BuiltIn]).Choose(_program));
    }

    [Fact]
    public void An_image_that_no_loader_knows_has_no_engine()
    {
        Assert.Null(new EngineLoaders([]).Choose(_program));
        Assert.Null(new EngineLoaders([ProgramRegistry.BuiltIn, new OneKind(_code)]).Choose(new byte[GuestImage.HeaderSize]));
    }

    [Fact]
    public void A_program_that_nobody_has_is_still_an_image_of_csharp_and_nobody_elses()
    {
        byte[] unknown = GuestImage.Create("unknown");
        IVmEngine? engine = new EngineLoaders([ProgramRegistry.BuiltIn, new OneKind([])]).Choose(unknown);
        Assert.NotNull(engine);
        Assert.Null(engine.Start(unknown));
        Assert.NotNull(engine.Start(_program));
    }

    [Fact]
    public void The_first_guest_is_the_first_image_but_the_resource_managers_whatever_executes_it()
    {
        int begins = 0;
        var loader = new WatchedLoader(new EngineLoaders([ProgramRegistry.BuiltIn, new OneKind(_code)]));
        loader.OnFirstGuest(() => begins++);
        loader.Choose(GuestImage.Create(ResourceManager.ResourceManagerProgram.Name));
        Assert.Equal(0, begins);
        loader.Choose(_code);
        loader.Choose(_program);
        Assert.Equal(1, begins);
    }

    /// <summary>Knows images that begin with some bytes.</summary>
    private sealed class OneKind(byte[] magic) : IVmEngineLoader
    {
        public IVmEngine Engine { get; } = new NoEngine();

        public IVmEngine? Choose(ReadOnlySpan<byte> image) => image.StartsWith(magic) ? Engine : null;
    }

    private sealed class NoEngine : IVmEngine
    {
        public IVcpuEngine? Start(ReadOnlySpan<byte> atEntry) => null;
    }
}
