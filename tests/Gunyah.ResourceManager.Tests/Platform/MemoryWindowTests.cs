using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Memory;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Platform;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Platform;

public class MemoryWindowTests
{
    private const ulong Room = GuestAddressSpace.End - BootCapabilities.WindowBase;

    private readonly RecordingVcpu _vcpu = new();

    [Theory]
    [InlineData(0UL, 0x1000UL, "1")]
    [InlineData(0x1000UL, 0x1000UL, "2")]
    [InlineData(0xFFFUL, 1UL, "1")]
    [InlineData(0xFFFUL, 2UL, "1 2")]
    [InlineData(0x1000UL, 0x1001UL, "2 3")]
    [InlineData(0UL, 0x3000UL, "1 2 3")]
    public void Only_pieces_that_hold_a_byte_of_the_range_are_mapped(ulong offset, ulong size, string mapped)
    {
        Assert.Equal(GunyahError.Ok, Open([0x1000, 0x1000, 0x1000], offset, size, out _));
        Assert.Equal(mapped, Extents(AddressSpaceCalls.Map));
    }

    [Fact]
    public void A_range_beyond_the_pieces_is_refused_and_nothing_stays_mapped()
    {
        Assert.Equal(GunyahError.AddressInvalid, Open([0x1000, 0x1000], 0x1000, 0x1001, out _));
        Assert.Equal(Extents(AddressSpaceCalls.Map), Extents(AddressSpaceCalls.Unmap));
    }

    [Fact]
    public void A_piece_may_be_as_large_as_the_window()
    {
        Assert.Equal(GunyahError.Ok, Open([Room], 0, Room, out MemoryView view));
        view.Close();
        Assert.Equal(GunyahError.Ok, Open([Room - 0x1000, 0x1000], 0, Room, out view));
        view.Close();
        Assert.Equal(GunyahError.AddressOverflow, Open([Room - 0x1000, 0x2000], 0, Room + 0x1000, out _));
        Assert.Equal(Extents(AddressSpaceCalls.Map), Extents(AddressSpaceCalls.Unmap));
    }

    private GunyahError Open(ulong[] sizes, ulong offset, ulong size, out MemoryView view) =>
        new MemoryWindow(_vcpu, new(9)).Open(sizes.Select((bytes, i) => new MemoryPiece(new((ulong)i + 1), bytes)), offset, size,
        out view);

    /// <summary>The extents that a call named, in order.</summary>
    private string Extents(HypercallRow number) =>
        string.Join(' ', _vcpu.Calls.Where(call => call.Number == number).Select(call => call.Arguments.X1));
}
