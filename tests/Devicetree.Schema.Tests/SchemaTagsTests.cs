namespace Devicetree.Schema.Tests;

public class SchemaTagsTests
{
    [Fact]
    public void Identifiers_begin_at_devicetree_org() => Assert.StartsWith("http://devicetree.org/", SchemaTags.Base, StringComparison.Ordinal);
}
