using Devicetree.Flattened;

namespace Devicetree.Tests.Flattened;

public class FdtWalkerTests
{
    public static TheoryData<string> Blobs => [.. Vectors.RealBlobs];

    [Theory, MemberData(nameof(Blobs))]
    public void A_walk_sees_every_node_and_property_that_the_reader_sees(string name)
    {
        byte[] blob = Vectors.Real(name);
        Assert.True(FdtReader.TryRead(blob, out Tree? tree, out _));
        var expected = new List<string>();
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            expected.Add(node.Name);
            expected.AddRange(node.Properties.Select(property => $"{property.Name}={Convert.ToHexString(property.Value.Span)}"));
        }
        Assert.True(FdtView.TryOpen(blob, out FdtView view, out _));
        var seen = new List<string>();
        FdtWalker walker = view.Walk();
        while (walker.Read())
        {
            string text = System.Text.Encoding.ASCII.GetString(walker.Name);
            if (walker.Tag == FdtTag.BeginNode)
                seen.Add(text);
            else if (walker.Tag == FdtTag.Property)
                seen.Add($"{text}={Convert.ToHexString(walker.Value)}");
        }
        Assert.Null(walker.Error);
        Assert.Equal(expected, seen);
    }

    [Theory, MemberData(nameof(Blobs))]
    public void A_walk_and_a_search_allocate_nothing(string name)
    {
        byte[] blob = Vectors.Real(name);
        int seen = WalkAndSearch(blob);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int again = WalkAndSearch(blob);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal((seen, 0L), (again, allocated));
        Assert.True(seen > 0);
    }

    private static int WalkAndSearch(byte[] blob)
    {
        int seen = 0;
        if (!FdtView.TryOpen(blob, out FdtView view, out _))
            return 0;
        FdtWalker walker = view.Walk();
        while (walker.Read())
        {
            if (walker.TryReadProperty(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out _))
                seen += name.Length + value.Length;
            else
                seen += walker.Name.Length;
        }
        if (view.TryFindNode("/hypervisor"u8, out int node, out _)
            && view.TryGetValue(node, "compatible"u8, out ReadOnlySpan<byte> found, out _))
            seen += found.Length + (int)view.PhandleOf(node);
        _ = view.TryFindNodeByPhandle(1, out _, out _);
        return seen;
    }
}
