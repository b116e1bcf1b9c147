namespace Devicetree.Tests;

public class Placeholder
{
    [Fact]
    public void Nothing_yet() => Assert.True(Environment.ProcessorCount > 0);
}
