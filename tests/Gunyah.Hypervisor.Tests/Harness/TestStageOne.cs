using Gunyah.Abi.Memory;

namespace Gunyah.Hypervisor.Tests.Harness;

/// <summary>A stage 1 of a few pages, each read and write, read only, or a fault.</summary>
internal sealed class TestStageOne : IStageOne
{
    private readonly Dictionary<ulong, (ulong Intermediate, StageOneFault OnRead, StageOneFault OnWrite)> _pages = [];

    /// <summary>The virtual addresses that were asked for.</summary>
    public List<ulong> Asked { get; } = [];

    public void Map(ulong page, ulong intermediate, StageOneFault onRead = StageOneFault.None,
        StageOneFault onWrite = StageOneFault.None) =>
        _pages[page] = (intermediate, onRead, onWrite);

    public StageOneFault Translate(ulong address, MemoryAccess access, out ulong intermediate)
    {
        Asked.Add(address);
        intermediate = 0;
        ulong within = address & (Page.Size - 1);
        if (!_pages.TryGetValue(address - within, out (ulong Intermediate, StageOneFault OnRead, StageOneFault OnWrite) page))
            return StageOneFault.Translation;
        intermediate = page.Intermediate + within;
        return access == MemoryAccess.Write ? page.OnWrite : page.OnRead;
    }
}
