using CsCheck;
using Gunyah.Abi;
using Gunyah.Hypervisor.CapabilitySpaces;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.CapabilitySpaces;

/// <summary>gunyah-abi.md 4.1.2.</summary>
public class CapabilityNumberingTests
{
    [Fact]
    public void Every_slot_decodes_to_itself() =>
        Gen.Select(Gen.Int, Gen.Int[0, CapabilitySpace.Tables - 1], Gen.Int[0, CapabilitySpace.SlotsPerTable - 1])
        .Sample((seed, table, slot) =>
        {
            var numbering = CapabilityNumbering.Draw(new TestPlatform(seed), aliases: true);
            int value = (table << 8) | slot;
            return numbering.TryDecode(numbering.Encode(value), out int decoded) && decoded == value;
        });

    [Fact]
    public void Only_the_reference_lets_neighbours_mean_the_same_slot() =>
        Gen.Int.Sample(seed =>
        {
            var strict = CapabilityNumbering.Draw(new TestPlatform(seed), aliases: false);
            var aliasing = CapabilityNumbering.Draw(new TestPlatform(seed), aliases: true);
            CapId id = strict.Encode(3);
            Assert.Equal(id, aliasing.Encode(3));

            // base XOR (3 × mult + 1): the next number of the interval, unless mult is 1.
            CapId zero = strict.Encode(0);
            var neighbour = new CapId(((id.Value ^ zero.Value) + 1) ^ zero.Value);
            if (strict.Encode(4) == neighbour)
                return;
            Assert.False(strict.TryDecode(neighbour, out _));
            Assert.True(aliasing.TryDecode(neighbour, out int slot));
            Assert.Equal(3, slot);
        });

    [Fact]
    public void Without_randomisation_numbers_are_slots()
    {
        Assert.Equal(new CapId(0x105), CapabilityNumbering.Plain.Encode(0x105));
        Assert.True(CapabilityNumbering.Plain.TryDecode(new(0x105), out int slot));
        Assert.Equal(0x105, slot);
    }
}
