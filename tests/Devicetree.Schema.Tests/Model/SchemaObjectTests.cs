using Devicetree.Schema.Model;

namespace Devicetree.Schema.Tests.Model;

public class SchemaObjectTests
{
    [Fact]
    public void Entries_keep_their_order_and_are_found_by_key()
    {
        var schema = new SchemaObject(
            [new("b", default, new SchemaBoolean(true, default)), new("a", default, new SchemaNull(default))], default);
        Assert.Equal(["b", "a"], schema.Entries.Select(entry => entry.Key));
        Assert.IsType<SchemaNull>(schema["a"]);
        Assert.Null(schema["c"]);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(500)]
    public void Keys_of_short_and_long_mappings_are_found(int count)
    {
        var schema = new SchemaObject(Enumerable.Range(0, count)
            .Select(i => new SchemaEntry($"k{i}", default, new SchemaInteger(i, default))), default);
        for (int i = 0; i < count; i++)
            Assert.Equal(i, Assert.IsType<SchemaInteger>(schema[$"k{i}"]).Value);
        Assert.False(schema.Has("k"));
        Assert.Null(schema.Find($"k{count}"));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(40)]
    public void A_key_that_stands_twice_is_refused(int count)
    {
        IEnumerable<SchemaEntry> entries = Enumerable.Range(0, count)
            .Select(i => new SchemaEntry(i < 2 ? "same" : $"k{i}", default, new SchemaNull(default)));
        Assert.Throws<ArgumentException>(() => new SchemaObject(entries, default));
    }
}
