using Devicetree;
using Gunyah.Abi.Memory;
using Gunyah.ResourceManager.Configuration;
using Gunyah.ResourceManager.Tests.Harness;

namespace Gunyah.ResourceManager.Tests.Configuration;

/// <summary>Every limit of a VM's configuration: the last value that is accepted, and the first that is refused.</summary>
public class ConfigurationLimitTests
{
    private const ulong Alignment = 0x20_0000;

    /// <summary>What varies, the number that still is accepted, the tree for a number, and what is said of one more.</summary>
    private sealed record Limit(string Name, int Most, Func<int, VmTree> Tree, string Refusal);

    private static readonly Limit[] _limits =
    [
        new("vdevices", 128, count => new() { Vdevices = string.Concat(Enumerable.Range(0, count).Select(Bell)) },
            "more than 128"),
        new("levels", 16, depth => new() { Root = Nested(Enumerable.Repeat("a", depth)) }, "deeper than 16"),
        new("characters of a path", 256, length => new()
        {
            Root = Nested(Enumerable.Repeat(new string('p', 31), 7).Append(new string('q', length - (7 * 32) - 1))),
        }, "longer than 256"),
        new("characters of a name", 79, length => new() { ImageName = new string('n', length) }, "1 to 79"),
        new("characters of a generated path", 256,
            length => Generating($"/{new string('g', 127)}/{new string('h', length - 129)}"),
            "generate is not the path of a node"),
        new("levels of a generated path", 15, depth => Generating(string.Concat(Enumerable.Repeat("/a", depth))),
            "generate is not the path of a node"),
        new("characters of a generated name", 128, length => Generating($"/{new string('g', length)}"),
            "generate is not the path of a node"),
        new("strings for compatible", 6, count => new()
        {
            Vdevices = $"b {{ vdevice-type = \"doorbell\"; label = <1>; peer-default; push-compatible = {Strings(count)}; }};",
        }, "more than 6 strings"),
        new("strings for the link's compatible", 3, count => new()
        {
            Vdevices = VmTree.RpcLink.Replace(" };", $" push-compatible = {Strings(count)}; }};", StringComparison.Ordinal),
        }, "more than 3 strings"),
        new("pages of memory", (int)((GuestAddressSpace.End - 0x8000_0000) / Page.Size), pages => new()
        {
            Memory = $"base-address = <0 0x80000000>; size-max = {Cells((ulong)pages * Page.Size)};",
        }, "leave the address space"),
        new("pages before the memory", (int)((GuestAddressSpace.End - Alignment) / Page.Size) - 1, pages => new()
        {
            Memory = $"base-address = {Cells((ulong)pages * Page.Size)};",
        }, "outside the address space"),
    ];

    public static TheoryData<string> Names => [.. _limits.Select(limit => limit.Name)];

    [Theory, MemberData(nameof(Names))]
    public void The_most_is_accepted_and_one_more_refused(string name)
    {
        Limit limit = _limits.Single(limit => limit.Name == name);

        Assert.Null(ErrorOf(limit.Tree(limit.Most)));
        Assert.Contains(limit.Refusal, ErrorOf(limit.Tree(limit.Most + 1)), StringComparison.Ordinal);
    }

    private static string? ErrorOf(VmTree tree)
    {
        Assert.True(Devicetree.Flattened.FdtReader.TryRead(tree.Blob, out Tree? read, out _));
        return VmConfigurationParser.TryParse(read, out _, out string? error) ? null : error;
    }

    private static string Bell(int number) => $"b{number} {{ vdevice-type = \"doorbell\"; label = <{number}>; peer-default; }};";

    private static VmTree Generating(string path) =>
        new() { Vdevices = $"b {{ vdevice-type = \"doorbell\"; label = <1>; peer-default; generate = \"{path}\"; }};" };

    private static string Nested(IEnumerable<string> names) =>
        names.Reverse().Aggregate("", (inside, name) => $"{name} {{ {inside} }};");

    private static string Strings(int count) =>
        string.Join(", ", Enumerable.Range(0, count).Select(number => $"\"acme,x{number}\""));

    private static string Cells(ulong value) => $"<0x{value >> 32:x} 0x{(uint)value:x}>";
}
