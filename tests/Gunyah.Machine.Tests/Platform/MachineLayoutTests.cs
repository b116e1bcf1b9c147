using Devicetree;
using Gunyah.Hypervisor.Memory;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Platform;
using Gunyah.Machine.Tests.Running;

namespace Gunyah.Machine.Tests.Platform;

public class MachineLayoutTests
{
    private const ulong MiB = 1 << 20;

    private static readonly MachineConfiguration _machine = Machines.Example
        with
    { ResourceManagerMemory = 16 * MiB, Primary = new("primary-example", 1, 64 * MiB) };

    [Fact]
    public void The_primary_VM_gets_the_start_of_the_first_bank_up_to_its_limit()
    {
        Assert.Equal(new MemoryRange(0x4000_0000, 64 * MiB), Place(0x4000_0000, 256 * MiB).Primary);
        Assert.Equal(new MemoryRange(0x4000_0000, 32 * MiB), Place(0x4000_0000, 32 * MiB).Primary);
    }

    [Fact]
    public void An_empty_bank_is_passed_over_and_a_tree_without_any_gets_the_default()
    {
        Assert.Equal(new MemoryRange(0x6000_0000, 64 * MiB), Place(0, 0, 0x6000_0000, 128 * MiB).Primary);
        Assert.Equal(new MemoryRange(0x8000_0000, 64 * MiB), Place(0x8000_0000, 0).Primary);
        Assert.Equal(new MemoryRange(0x8000_0000, 64 * MiB), Place().Primary);
    }

    [Fact]
    public void A_bank_beyond_what_the_hypervisor_can_address_is_not_used() =>
        Assert.Equal(new MemoryRange(0x8000_0000, 64 * MiB), Place(0x80_0000_0000, 1024 * MiB).Primary);

    [Fact]
    public void The_root_VM_lies_clear_of_every_bank()
    {
        ulong[][] boards =
        [
            [0x4000_0000, 256 * MiB],
            [0x1000_0000, 256 * MiB],
            [0, 0x1000_0000, 0x1000_0000, 0x1000_0000],
            [0x8000_0000, 0x8000_0000, 0x8_8000_0000, 0x1_8000_0000],
            [],
        ];
        foreach (ulong[] banks in boards)
        {
            MachineLayout layout = Place(banks);
            Assert.Equal(16 * MiB, layout.Root.Size);
            Assert.Equal(0UL, layout.Root.Base % (2 * MiB));
            foreach (ulong[] bank in banks.Chunk(2).Append([layout.Primary.Base, layout.Primary.Size]))
                Assert.True(layout.Root.End <= bank[0] || bank[0] + bank[1] <= layout.Root.Base,
                    $"root 0x{layout.Root.Base:x} in bank 0x{bank[0]:x}");
        }
    }

    [Fact]
    public void A_board_that_fills_the_addresses_leaves_no_room()
    {
        Assert.NotNull(MachineLayout.TryPlace(Board(0, 0x8_0000_0000), _machine, out _));
        Assert.NotNull(MachineLayout.TryPlace(Board(0x1000, ulong.MaxValue - 0x1000), _machine, out _));
    }

    private static MachineLayout Place(params ulong[] banks)
    {
        Assert.Null(MachineLayout.TryPlace(Board(banks), _machine, out MachineLayout layout));
        return layout;
    }

    private static Tree Board(params ulong[] banks)
    {
        var tree = new Tree();
        tree.Root.SetCells("#address-cells", 2);
        tree.Root.SetCells("#size-cells", 2);
        if (banks.Length > 0)
        {
            Node memory = tree.Root.AddChild("memory");
            memory.SetString("device_type", "memory");
            memory.SetU64("reg", banks);
        }

        return tree;
    }
}
