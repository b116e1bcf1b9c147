using System.Text.RegularExpressions;
using Devicetree.Tool.Tests.DropIns;

namespace Devicetree.Tool.Tests.Input;

/// <summary>One damaged blob gets one answer, whichever verb is asked: the same rule at the same offset.</summary>
public sealed partial class DamagedBlobTests : IDisposable
{
    private const int Mutants = 150;

    private readonly TestHost _host = new();

    public DamagedBlobTests()
    {
        AcmeBindings.Write(_host);
        _host.Write("good.dts", "/dts-v1/; /plugin/; / { a; n@1 { reg = <1>; }; };");
    }

    public void Dispose() => _host.Dispose();

    private static Dictionary<string, byte[]> Blobs
    {
        get
        {
            byte[] good = Rooted().Prop(BlobBuilder.A, 7).EndNode().End().Build();
            var blobs = new Dictionary<string, byte[]>
            {
                ["good"] = good,
                ["none"] = [],
                ["magic-only"] = good[..7],
                ["size-27"] = BlobBuilder.Patch([.. good], 4, 27),
                ["size-36"] = BlobBuilder.Patch([.. good], 4, 36),
                ["size-huge"] = BlobBuilder.Patch([.. good], 4, 0xffff0000),
                ["cut"] = good[..^1],
                ["reservations-outside"] = BlobBuilder.Patch([.. good], 16, (uint)good.Length),
                ["reservations-endless"] = BlobBuilder.Patch([.. good], 16, (uint)good.Length - 8),
                ["structure-outside"] = BlobBuilder.Patch([.. good], 8, (uint)good.Length),
                ["strings-outside"] = BlobBuilder.Patch([.. good], 12, (uint)good.Length + 1),
                ["strings-long"] = BlobBuilder.Patch([.. good], 32, 0xffffffff),
                ["structure-long"] = BlobBuilder.Patch([.. good], 36, 0xfffffff0),
                ["version-20"] = BlobBuilder.Patch(BlobBuilder.Patch([.. good], 20, 20), 24, 20),
                ["no-root"] = new BlobBuilder().End().Build(),
                ["named-root"] = new BlobBuilder().Begin("evil").EndNode().End().Build(),
                ["two-roots"] = Rooted().EndNode().Begin("").EndNode().End().Build(),
                ["end-inside"] = Rooted().End().Build(),
                ["no-end"] = Rooted().EndNode().Build(),
                ["bad-tag"] = Rooted().Words(7).EndNode().End().Build(),
                ["bad-string"] = Rooted().Prop(10, 1).EndNode().End().Build(),
                ["wraps"] = Rooted().Words(3, 0xfffffff0, 0).EndNode().End().Build(),
                ["too-long"] = Rooted().Words(3, 0x7fffffff, 0).EndNode().End().Build(),
                ["slash"] = Rooted().Begin("a/b").EndNode().EndNode().End().Build(),
                ["escape"] = Rooted().Begin("a\u001b[1m").EndNode().EndNode().End().Build(),
                ["twin-properties"] = Rooted().Prop(BlobBuilder.A, 1).Prop(BlobBuilder.A, 2).EndNode().End().Build(),
                ["twin-nodes"] = Rooted().Begin("n").EndNode().Begin("n").EndNode().EndNode().End().Build(),
                ["twin-phandles"] = Rooted().Begin("n").Prop(BlobBuilder.Phandle,
                    1).EndNode().Begin("m").Prop(BlobBuilder.Phandle, 1)
                    .EndNode().EndNode().End().Build(),
                ["deep"] = Nested(300),
            };
            byte[] board = Rooted().Prop(BlobBuilder.A, 1, 2).Begin("n@1").Prop(BlobBuilder.Phandle,
                1).Begin("inner").EndNode().EndNode()
                .Begin("m").Prop(BlobBuilder.Phandle, 2).EndNode().EndNode().End().Build();
            for (int seed = 0; seed < Mutants; seed++)
                blobs[$"mutant-{seed}"] = Mutations.Damage(board, new Random(seed));
            return blobs;
        }
    }

    [Fact]
    public void Every_verb_refuses_a_damaged_blob_by_the_same_rule_at_the_same_offset()
    {
        Dictionary<string, byte[]> blobs = Blobs;
        foreach ((string name, byte[] blob) in blobs)
            _host.Write($"{name}.dtb", blob);
        _host.Dt(["check", "-s", "bindings", .. blobs.Keys.Select(name => $"{name}.dtb")]);
        string[] checkedLines = _host.Output.Split('\n');
        int refused = 0;
        foreach (string name in blobs.Keys)
        {
            string file = $"{name}.dtb";
            string? expected = RefusalIn(checkedLines.Where(line => line.StartsWith($"{file}: ", StringComparison.Ordinal)));
            refused += expected is null ? 0 : 1;
            foreach (string[] command in (string[][])
                [
                    ["decompile", file, "-o", "out.dts"], ["get", file, "/"], ["print", file], ["diff", file, file],
                    ["overlay", file, "good.dts", "-o", "out.dtb"],
                ])
            {
                _host.Dt(command);
                string? found = RefusalIn(_host.Error.Split('\n').Where(line => line.StartsWith($"{file}: ",
                    StringComparison.Ordinal)));
                Assert.True(expected == found,
                    $"{name}: check says {expected ?? "nothing"}, {command[0]} says {found ?? "nothing"}");
            }
        }
        Assert.InRange(refused, 60, blobs.Count - 2);
    }

    /// <summary>
    /// The first finding for which a blob is refused where the tree is used. Those who only look show what has odd names or is
    /// very deep, with the same finding as a warning.
    /// </summary>
    private static string? RefusalIn(IEnumerable<string> lines) => lines
        .Select(line => Finding().Match(line))
        .Where(match => match.Success && (match.Groups[1].Value == "error"
            || match.Groups[2].Value is "BLB021" or "BLB023" or "BLB024" or "BLB025" or "BLB026" or "BLB027"))
        .Select(match => $"{match.Groups[2].Value} {match.Groups[3].Value}")
        .FirstOrDefault();

    private static BlobBuilder Rooted() => new BlobBuilder().Begin("");

    private static byte[] Nested(int depth)
    {
        BlobBuilder blob = Rooted();
        for (int i = 1; i < depth; i++)
            blob.Begin("n");
        for (int i = 0; i < depth; i++)
            blob.EndNode();
        return blob.End().Build();
    }

    [GeneratedRegex(@"\.dtb: (error|warning) ((?:BLB|INP)\d+): (at offset 0x[0-9a-f]+)?")]
    private static partial Regex Finding();
}
