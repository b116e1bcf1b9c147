using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Services.Vms;

namespace Gunyah.ResourceManager.Tests.Services;

public class PrimaryLayoutTests
{
    private const ulong Ram = 0x8000_0000;

    [Theory]
    [InlineData(0x4000UL, 0x4000UL, true)]
    [InlineData(0x4000UL, 0x4001UL, false)]
    [InlineData(0x2000_0000UL, 0x2000_0000UL, true)]
    [InlineData(0x2000_1000UL, 0x2000_1000UL, false)] // Old kernels reach no further than 512 MiB.
    public void An_image_may_fill_the_memory(ulong ram, ulong image, bool fits)
    {
        Assert.Equal(fits, Layout(ram, image).TryPlaceRamdisk(out MemoryBlock? ramdisk));
        Assert.Null(ramdisk);
    }

    [Theory]
    [InlineData(0x1000UL, 0x3000UL, true)]
    [InlineData(0x1000UL, 0x3001UL, false)]
    [InlineData(0x1001UL, 0x3000UL, false)]
    [InlineData(0UL, 0x4000UL, true)]
    public void A_ramdisk_may_begin_where_the_image_ends(ulong image, ulong ramdisk, bool fits)
    {
        Assert.Equal(fits, Layout(0x4000, image, ramdisk).TryPlaceRamdisk(out MemoryBlock? placed));
        if (fits)
            Assert.Equal(new MemoryBlock(Ram + image, ramdisk), placed);
    }

    [Fact]
    public void What_is_in_the_memory_already_stays_and_the_devicetree_goes_between()
    {
        var image = new MemoryBlock(Ram + 0x20_0000, 0x30_0000);
        var ramdisk = new MemoryBlock(Ram + 0x90_0000, 0x1234);
        var layout = new PrimaryLayout(new([new(Ram, 0x100_0000)], image, new(0x2000, 0x1000), ramdisk), []);

        Assert.Equal(image.Base, layout.ImageStart);
        Assert.True(layout.TryPlaceRamdisk(out MemoryBlock? placed));
        Assert.Equal(ramdisk, placed);
        Assert.True(layout.TryPlaceDevicetree(0x1000, placed, out ulong tree));
        Assert.Equal(Ram + 0x80_0000, tree);
        Assert.False(layout.TryPlaceDevicetree(0x40_0001, placed, out _));
    }

    [Theory]
    [InlineData(Ram, 0x1000UL, true)]
    [InlineData(Ram + 0xF000, 0x1000UL, true)]
    [InlineData(Ram + 0xF000, 0x1001UL, false)]
    [InlineData(Ram - 1, 2UL, false)]
    [InlineData(Ram, 0UL, false)]
    [InlineData(Ram, ulong.MaxValue, false)]
    public void Only_what_lies_in_the_memory_as_a_whole_is_there_already(ulong start, ulong size, bool isThere) =>
        Assert.Equal(isThere, Layout(0x1_0000, 0x1000).IsInPlace(new(start, size)));

    private static PrimaryLayout Layout(ulong ram, ulong image, ulong? ramdisk = null) => new(
        new([new(Ram, ram)], new(0x1000, image), new(0x2000, 0x1000),
            ramdisk is ulong size ? new MemoryBlock(0x3000, size) : null), []);
}
