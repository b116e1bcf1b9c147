using System.Buffers.Binary;
using System.IO.Compression;
using Gunyah.Hypervisor.Memory;
using Gunyah.Machine.Images;

namespace Gunyah.Machine.Tests.Images;

public class KernelReaderTests
{
    private static readonly MemoryRange _ram = new(0x4000_0000, 0x100_0000);

    [Theory]
    [InlineData(0x4000_0000UL, 0UL, 0x4000_0000UL)]
    [InlineData(0x4000_0000UL, 0x8_0000UL, 0x4008_0000UL)]
    [InlineData(0x4000_1000UL, 0UL, 0x4020_0000UL)]
    [InlineData(0x4010_0000UL, 0x8_0000UL, 0x4028_0000UL)]
    public void An_image_goes_behind_the_first_boundary_of_2_MiB(ulong ram, ulong textOffset, ulong address)
    {
        byte[] file = KernelFileBuilder.Image(textOffset);

        KernelImage kernel = Good(file, new(ram, 0x100_0000));

        Assert.Equal(KernelFormat.LinuxImage, kernel.Format);
        Assert.Equal(address, kernel.Entry);
        Assert.Equal(new MemoryRange(address, 0x3000), kernel.Place);
        Assert.Equal(file, Loaded(kernel, ram, address, file.Length));
    }

    [Fact]
    public void An_image_makes_room_for_what_it_does_not_hold()
    {
        Assert.Equal(0x30_0000UL, Good(KernelFileBuilder.Image(imageSize: 0x30_0000)).Place.Size);
        // What is appended to a kernel, a signature for instance, is part of it.
        Assert.Equal(0x1000UL, Good(KernelFileBuilder.Image(imageSize: 0x800)).Place.Size);
    }

    [Fact]
    public void An_old_image_without_a_size_has_the_old_offset()
    {
        KernelImage kernel = Good(KernelFileBuilder.Image(textOffset: 0x0000_0800_0000_0000, imageSize: 0));
        Assert.Equal(0x4008_0000UL, kernel.Entry);
        Assert.Equal(0x1000UL, kernel.Place.Size);
    }

    [Fact]
    public void An_image_keeps_clear_of_reserved_memory()
    {
        MemoryRange[] reserved = [new(0x4000_2000, 0x1000), new(0x4020_0000, 0x20_0001)];
        GuestFile file = GuestFile.FromBytes(KernelFileBuilder.Image());
        Assert.Null(KernelReader.TryRead(file, _ram, reserved, out KernelImage? kernel));
        Assert.Equal(0x4060_0000UL, kernel!.Entry);
        Assert.Equal(16UL, Bad(KernelFileBuilder.Image(), reserved: [new(0x4000_0000, 0x100_0000)]).Offset);
    }

    [Theory]
    [InlineData(0UL, 0x3000UL, 1UL, 24UL, "big-endian")]
    [InlineData(0UL, 0x3000UL, 4UL, 24UL, "4 KiB")]
    [InlineData(0UL, 0x3000UL, 6UL, 24UL, "4 KiB")]
    [InlineData(0x100_0000UL, 0x3000UL, 2UL, 8UL, "0x1000000")]
    [InlineData(ulong.MaxValue, 0x3000UL, 2UL, 8UL, "0xffffffffffffffff")]
    [InlineData(0xFF_E000UL, 0x3000UL, 2UL, 16UL, "does not fit")]
    [InlineData(0UL, 0x100_0001UL, 2UL, 16UL, "does not fit")]
    [InlineData(0UL, ulong.MaxValue, 2UL, 16UL, "does not fit")]
    public void A_header_that_cannot_be_followed_is_refused_with_its_place(
        ulong textOffset, ulong imageSize, ulong flags, ulong offset, string words)
    {
        KernelProblem problem = Bad(KernelFileBuilder.Image(textOffset, imageSize, flags));
        Assert.Equal(offset, problem.Offset);
        Assert.Contains(words, problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_image_is_unpacked()
    {
        byte[] file = KernelFileBuilder.Image(imageSize: 0x40_0000, fileSize: 0x30_0000);
        KernelImage kernel = Good(Packed(file));
        Assert.Equal(file, Loaded(kernel, _ram.Base, kernel.Entry, file.Length));
    }

    [Fact]
    public void A_kernel_that_unpacks_itself_is_unpacked_for_it()
    {
        byte[] file = KernelFileBuilder.Image();
        byte[] wrapped = SelfUnpacking(Packed(file), "gzip");
        Assert.Equal(file, Loaded(Good(wrapped), _ram.Base, _ram.Base, file.Length));
        Assert.Equal(24UL, Bad(SelfUnpacking(Packed(file), "zstd")).Offset);
        BinaryPrimitives.WriteUInt32LittleEndian(wrapped.AsSpan(12), uint.MaxValue);
        Assert.Equal(8UL, Bad(wrapped).Offset);
    }

    [Fact]
    public void What_unpacks_to_more_than_the_memory_is_refused_before_it_is_held()
    {
        byte[] bomb = Packed(new byte[0x200_0000]);
        Assert.Contains("longer than the VM's memory", Bad(bomb).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packed_kernel_that_is_cut_off_or_damaged_is_refused()
    {
        byte[] packed = Packed(KernelFileBuilder.Image());
        for (int length = 2; length < packed.Length; length += length < 64 ? 1 : 97)
            Assert.StartsWith("it begins like gzip", Bad(packed[..length]).Reason, StringComparison.Ordinal);
        Assert.Equal(0UL, Bad([.. packed, 1, 2, 3, 4]).Offset);
        for (int place = 0; place < packed.Length; place += 131)
        {
            // What is damaged is refused, or is in a field that says nothing of the contents.
            byte[] damaged = With(packed, place, (byte)(packed[place] ^ 0x55));
            if (KernelReader.TryRead(GuestFile.FromBytes(damaged), _ram, [], out KernelImage? kernel) is null
                && kernel!.Format == KernelFormat.LinuxImage)
                Assert.Equal(KernelFileBuilder.Image(), Loaded(kernel, _ram.Base, kernel.Entry, 0x1000));
        }
    }

    [Fact]
    public void The_segments_of_an_ELF_file_go_to_their_physical_addresses()
    {
        byte[] file = KernelFileBuilder.Elf(
            0xFFFF_0000_0000_0010, (0xFFFF_0000_0000_0000, 0x4000_1000, 0x20, 0x20),
            (0xFFFF_0000_0000_1000, 0x4000_0000, 8, 0x800));

        KernelImage kernel = Good(file);

        Assert.Equal(KernelFormat.Elf, kernel.Format);
        Assert.Equal(0x4000_1010UL, kernel.Entry);
        Assert.Equal(new MemoryRange(0x4000_0000, 0x1020), kernel.Place);
        byte[] memory = Loaded(kernel, _ram.Base, 0x4000_0000, 0x1020);
        Assert.All(memory[..8], static value => Assert.Equal(2, value));
        Assert.All(memory[8..0x1000], static value => Assert.Equal(0, value));
        Assert.All(memory[0x1000..], static value => Assert.Equal(1, value));
    }

    [Fact]
    public void An_ELF_file_that_is_none_for_this_VM_is_refused_with_the_place()
    {
        (ulong, ulong, ulong, ulong) good = (0x4000_0000, 0x4000_0000, 0x20, 0x20);
        byte[] file = KernelFileBuilder.Elf(0x4000_0000, good);
        Assert.Equal(4UL, Bad(With(file, 4, 1)).Offset);
        Assert.Equal(4UL, Bad(With(file, 5, 2)).Offset);
        Assert.Equal(16UL, Bad(With(file, 16, 1)).Offset);
        Assert.Equal(18UL, Bad(With(file, 18, 62)).Offset);
        Assert.Equal(54UL, Bad(With(file, 54, 64)).Offset);
        Assert.Equal(32UL, Bad(With(file, 57, 0xFF)).Offset);
        Assert.Equal(32UL, Bad(With(file, 39, 0xFF)).Offset);
        Assert.Equal(40UL, Bad(file[..40]).Offset);
        Assert.Equal(24UL, Bad(KernelFileBuilder.Elf(0x5000_0000, good)).Offset);
        Assert.Equal(64UL, Bad(KernelFileBuilder.Elf(0, (0, 0, 0x20, 0x20))).Offset);
        Assert.Equal(64UL, Bad(KernelFileBuilder.Elf(0x4000_0000, (0x4000_0000, 0x40FF_FFF0, 0x20, 0x20))).Offset);
        Assert.Equal(64UL, Bad(KernelFileBuilder.Elf(0x4000_0000, (0x4000_0000, 0x4000_0000, 0x20, ulong.MaxValue))).Offset);
        Assert.Equal(64UL, Bad(KernelFileBuilder.Elf(0x4000_0000, (0x4000_0000, 0x4000_0000, 0x20, 0x10))).Offset);
        Assert.Equal(120UL, Bad(KernelFileBuilder.Elf(0x4000_0000, good, (0, 0x4000_001F, 1, 1))).Offset);
        Assert.Equal(24UL, Bad(KernelFileBuilder.Elf(0x4000_0000)).Offset);
    }

    [Fact]
    public void Whatever_begins_with_an_instruction_is_a_raw_binary()
    {
        KernelImage kernel = Good([0x1F, 0x20, 0x03, 0xD5, 1, 2, 3]);
        Assert.Equal(KernelFormat.Raw, kernel.Format);
        Assert.Equal(_ram.Base, kernel.Entry);
        Assert.Equal([0x1F, 0x20, 0x03, 0xD5, 1, 2, 3, 0], Loaded(kernel, _ram.Base, _ram.Base, 8));

        Assert.Equal(0UL, Bad([]).Offset);
        Assert.Equal(0UL, Bad([1, 2, 3]).Offset);
        Assert.Equal(0UL, Bad(new byte[64]).Offset);
        Assert.Contains("do not fit", Bad([1, .. new byte[0x100_0000]]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_of_any_bytes_are_refused_or_lie_in_the_memory()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        byte[][] seeds =
        [
            KernelFileBuilder.Image(), SelfUnpacking(Packed(KernelFileBuilder.Image()), "gzip"),
            KernelFileBuilder.Elf(0x4000_0000, (0x4000_0000, 0x4000_0000, 0x20, 0x40), (0x4010_0000, 0x4010_0000, 0x20, 0x20)),
        ];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] file = (byte[])seeds[round % seeds.Length].Clone();
            for (int change = random.Next(1, 4); change > 0; change--)
                file[random.Next(176)] = random.Next(3) switch { 0 => 0, 1 => 0xFF, _ => (byte)random.Next(256) };
            KernelProblem? problem = KernelReader.TryRead(GuestFile.FromBytes(file), _ram, [], out KernelImage? kernel);
            if (problem is not null)
                continue;
            Assert.True(_ram.Contains(kernel!.Place.Base, kernel.Place.Size), $"seed {seed}");
            Assert.True(kernel.Place.Contains(kernel.Entry, 1), $"seed {seed}");
            Assert.All(kernel.Segments, segment => Assert.True(
                kernel.Place.Contains(segment.Address, segment.Size) && segment.Offset + segment.Size <= kernel.File.Size,
                $"seed {seed}"));
        }
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_an_error_of_input()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, KernelFileBuilder.Image());
            using GuestFile file = GuestFile.Open(path);
            Assert.Equal(0x1000UL, file.Size);
            File.WriteAllBytes(path, [1, 2, 3]);
            Assert.Throws<EndOfStreamException>(() => file.Read(0, new byte[64]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static KernelImage Good(byte[] file) => Good(file, _ram);

    private static KernelImage Good(byte[] file, MemoryRange ram)
    {
        Assert.Null(KernelReader.TryRead(GuestFile.FromBytes(file), ram, [], out KernelImage? kernel));
        return kernel!;
    }

    private static KernelProblem Bad(byte[] file, params MemoryRange[] reserved)
    {
        KernelProblem? problem = KernelReader.TryRead(GuestFile.FromBytes(file), _ram, reserved, out KernelImage? kernel);
        Assert.NotNull(problem);
        Assert.Null(kernel);
        return problem;
    }

    private static byte[] Loaded(KernelImage kernel, ulong ram, ulong address, int length)
    {
        var memory = new PhysicalMemory([new(ram, 0x100_0000)]);
        kernel.Load(memory);
        var bytes = new byte[length];
        Assert.True(memory.TryRead(address, bytes));
        return bytes;
    }

    private static byte[] With(byte[] file, int offset, byte value)
    {
        byte[] changed = (byte[])file.Clone();
        changed[offset] = value;
        return changed;
    }

    private static byte[] Packed(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] SelfUnpacking(byte[] packed, string format)
    {
        byte[] file = [.. new byte[0x80], .. packed, 0, 0, 0, 0];
        "MZ\0\0zimg"u8.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), 0x80);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(12), (uint)packed.Length);
        System.Text.Encoding.ASCII.GetBytes(format).CopyTo(file, 24);
        return file;
    }
}
