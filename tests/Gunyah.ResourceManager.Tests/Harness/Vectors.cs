using Devicetree;
using Devicetree.Flattened;

namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>The recordings of the real system in <c>tests/vectors/real</c>.</summary>
internal static class Vectors
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Checkout.RealVector(name));

    public static string Text(string name) => File.ReadAllText(Checkout.RealVector(name));

    public static Tree Tree(string name) => TreeOf(Bytes(name));

    public static Tree TreeOf(byte[] blob) =>
        FdtReader.TryRead(blob, out Tree? tree, out FdtError? error) ? tree : throw new InvalidDataException(error.ToString());
}
