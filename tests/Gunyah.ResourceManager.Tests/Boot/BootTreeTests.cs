using Gunyah.Abi.Profiles;
using Gunyah.Guest.Platform;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Boot;

public class BootTreeTests
{
    [Theory]
    [InlineData(Dialect.V6, Profile.Documented, true, true)]
    [InlineData(Dialect.Upstream, Profile.Reference, false, false)]
    [InlineData(Dialect.Qcom, Profile.Documented, false, true)]
    public void What_the_machine_writes_the_resource_manager_reads(Dialect dialect, Profile profile, bool shared, bool ramdisk)
    {
        BootEnvironment written = Environment(dialect, profile, shared, ramdisk);
        Assert.True(BootTree.TryRead(BootTree.Write(written), out BootEnvironment? read, out string? error), error);
        Assert.Equal(written.Options, read.Options);
        Assert.Equal(WithoutLists(written.Capabilities), WithoutLists(read.Capabilities));
        Assert.Equal(written.Capabilities.HardwareInterrupts, read.Capabilities.HardwareInterrupts);
        Assert.Equal(written.Capabilities.Memory, read.Capabilities.Memory);
        Assert.Equal(written.Primary with { Memory = default }, read.Primary with { Memory = default });
        Assert.Equal(written.Primary.Memory, read.Primary.Memory);
    }

    [Fact]
    public void Every_truncation_and_many_mutations_are_refused_or_read()
    {
        int seed = System.Environment.TickCount;
        var random = new Random(seed);
        byte[] good = BootTree.Write(Environment(Dialect.V6, Profile.Documented, true, true));
        for (int length = 0; length < good.Length; length++)
            Assert.False(BootTree.TryRead(good.AsMemory(0, length), out _, out _), $"seed {seed}");
        for (int i = 0; i < 10_000; i++)
        {
            byte[] bad = (byte[])good.Clone();
            bad[random.Next(bad.Length)] = (byte)random.Next(256);
            Assert.True(BootTree.TryRead(bad, out BootEnvironment? read, out string? error)
                ? read is not null : error is not null, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("vic", "/capabilities:vic")]
    [InlineData("memory", ":memory")]
    [InlineData("dialect", "/options:dialect")]
    [InlineData("image", "/primary:image")]
    [InlineData("vcpus", "/primary:vcpus")]
    public void What_is_missing_is_named(string property, string place)
    {
        var tree = Vectors.TreeOf(BootTree.Write(Environment(Dialect.V6, Profile.Documented, true, true)));
        foreach (var node in tree.Root.SelfAndDescendants())
            node.RemoveProperty(property);
        Assert.False(BootTree.TryRead(Devicetree.Flattened.FdtWriter.Write(tree), out _, out string? error));
        Assert.Contains(place, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(31u)]
    [InlineData(1020u)]
    public void A_line_of_the_board_is_a_shared_interrupt(uint intid)
    {
        BootEnvironment good = Environment(Dialect.V6, Profile.Documented, true, true);
        BootEnvironment bad = good with { Capabilities = good.Capabilities with { HardwareInterrupts = [new(new(8), intid)] } };
        Assert.False(BootTree.TryRead(BootTree.Write(bad), out _, out string? error));
        Assert.Contains(":hardware-interrupts", error, StringComparison.Ordinal);
    }

    private static BootCapabilities WithoutLists(BootCapabilities all) =>
        all with { Memory = default, HardwareInterrupts = default };

    private static BootEnvironment Environment(Dialect dialect, Profile profile, bool shared, bool ramdisk) => new(
        new(new(1), new(2), new(0xFEDC_BA98_7654_3210), new(4), new(5), 64,
            [new(new(6), 0x4000_0000, 0x8000_0000), new(new(7), 1UL << 32, 0x1000)])
        {
            HardwareInterrupts = ramdisk ? [new(new(8), 33), new(new(9), 1019)] : [],
        },
        new(dialect, profile, shared),
        new([new(0x4000_0000, 0x1000_0000), new(1UL << 32, 0x1000)], new(1, 2), new(3, 4), ramdisk ? new(5, 6) : null, 8,
            ramdisk ? 0x4020_0000 : null));
}
