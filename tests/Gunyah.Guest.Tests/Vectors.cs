using Devicetree;
using Devicetree.Flattened;

namespace Gunyah.Guest.Tests;

/// <summary>The files of <c>tests/vectors</c>.</summary>
internal static class Vectors
{
    public static byte[] Primary => Read("primary.dtb");

    public static byte[] Secondary => Read("secondary.dtb");

    public static Tree Tree(byte[] blob)
    {
        Assert.True(FdtReader.TryRead(blob, out Tree? tree, out FdtError? error), error?.ToString());
        return tree;
    }

    public static string Text(string name) => File.ReadAllText(Checkout.RealVector(name));

    private static byte[] Read(string name) => File.ReadAllBytes(Checkout.RealVector(name));
}
