namespace Devicetree.Tests;

public class PropertyTests
{
    private readonly Node _node = new Tree().Root;

    [Fact]
    public void Numbers_are_big_endian_and_read_only_at_their_exact_length()
    {
        Property cell = _node.SetCells("cell", 0x01020304);
        Property pair = _node.SetU64("pair", 0x0102030405060708);

        Assert.Equal([1, 2, 3, 4], cell.Value.ToArray());
        Assert.True(cell.TryGetU32(out uint u32));
        Assert.Equal(0x01020304u, u32);
        Assert.False(cell.TryGetU64(out _));
        Assert.True(pair.TryGetU64(out ulong u64));
        Assert.Equal(0x0102030405060708ul, u64);
        Assert.False(pair.TryGetU32(out _));
        Assert.True(pair.TryGetCells(out uint[]? cells));
        Assert.Equal([0x01020304u, 0x05060708u], cells);
        Assert.Equal(0x05060708u, pair.Cell(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => pair.Cell(2));
    }

    [Fact]
    public void Cells_need_a_multiple_of_four_bytes()
    {
        Property odd = _node.Set("odd", new byte[] { 0, 0, 0, 1, 2 });

        Assert.False(odd.TryGetCells(out _));
        Assert.Equal(1, odd.CellCount);
        Assert.Equal(1u, odd.Cell(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => odd.Cell(1));
    }

    [Fact]
    public void Strings_need_their_terminator()
    {
        Assert.True(_node.SetString("one", "okay").TryGetString(out string? one));
        Assert.Equal("okay", one);
        Assert.True(_node.SetString("two", "a", "").TryGetStrings(out string[]? two));
        Assert.Equal(["a", ""], two);
        Assert.False(_node.Property("two")!.TryGetString(out _));
        Assert.False(_node.SetFlag("empty").TryGetStrings(out _));
        Assert.False(_node.Set("open", "ab"u8.ToArray()).TryGetStrings(out _));
        Assert.False(_node.Set("latin", new byte[] { 0xe9, 0 }).TryGetString(out _));
        Assert.Throws<ArgumentException>(() => _node.SetString("nul", "a\0b"));
    }

    [Fact]
    public void Compatible_compares_whole_strings_of_the_list()
    {
        _node.SetString("compatible", "acme,thing-v2", "acme,thing");

        Assert.True(_node.IsCompatible("acme,thing"));
        Assert.False(_node.IsCompatible("acme"));
        Assert.False(_node.AddChild("other").IsCompatible("acme,thing"));
    }
}
