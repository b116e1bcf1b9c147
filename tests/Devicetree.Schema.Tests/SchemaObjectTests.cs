using Devicetree.Schema.Model;

namespace Devicetree.Schema.Tests;

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
}
