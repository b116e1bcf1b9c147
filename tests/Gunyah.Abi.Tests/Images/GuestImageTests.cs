using Gunyah.Abi.Images;

namespace Gunyah.Abi.Tests.Images;

public class GuestImageTests
{
    [Fact]
    public void An_image_names_its_program()
    {
        Assert.True(GuestImage.TryReadProgram(GuestImage.Create("exchange-peer"), out string? program));
        Assert.Equal("exchange-peer", program);
    }

    [Fact]
    public void The_longest_name_fits_and_one_byte_more_is_refused()
    {
        string longest = new('n', GuestImage.LongestName);
        Assert.True(GuestImage.TryReadProgram(GuestImage.Create(longest), out string? program));
        Assert.Equal(longest, program);
        Assert.Throws<ArgumentException>(() => GuestImage.Create(longest + "n"));
    }

    [Fact]
    public void Every_prefix_of_an_image_is_refused()
    {
        byte[] image = GuestImage.Create("p");
        for (int length = 0; length < image.Length; length++)
            Assert.False(GuestImage.TryReadProgram(image.AsSpan(0, length), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(16)]
    public void An_image_with_a_damaged_header_is_refused(int offset)
    {
        byte[] image = GuestImage.Create("p");
        image[offset] = offset == 16 ? (byte)0 : (byte)(image[offset] ^ 0x80);
        Assert.False(GuestImage.TryReadProgram(image, out _));
    }

    [Fact]
    public void Linux_and_elf_images_are_not_taken_for_programs()
    {
        var linux = new byte[64];
        "ARM\x64"u8.CopyTo(linux.AsSpan(56));
        Assert.False(GuestImage.TryReadProgram(linux, out _));
        var elf = new byte[64];
        "\x7f"u8.CopyTo(elf);
        "ELF"u8.CopyTo(elf.AsSpan(1));
        Assert.False(GuestImage.TryReadProgram(elf, out _));
    }
}
