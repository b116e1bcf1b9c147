namespace Devicetree.Tests;

/// <summary>The files of <c>tests/vectors</c>.</summary>
internal static class Vectors
{
    public static readonly string[] RealBlobs = ["primary-base.dtb", "primary.dtb", "secondary.dtb"];

    public static byte[] Real(string name) => File.ReadAllBytes(Checkout.RealVector(name));
}
