using System.Globalization;
using System.Text;
using Devicetree.Live;

namespace Devicetree.Decompilation.Annotation;

/// <summary>Comments that explain addresses and interrupts.</summary>
internal sealed class AnnotationComments(InterruptExplainer interrupts) : ITreeComments
{
    /// <summary>No more regions of one node are told than these.</summary>
    private const int MostRegions = 8;

    private static readonly string[] _units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];

    public string? Of(LiveNode node) => null;

    public string? Of(LiveNode node, LiveProperty property) => property.Name switch
    {
        PropertyNames.Reg => DescribeRegions(node, property),
        PropertyNames.Interrupts => interrupts.Describe(node, property),
        PropertyNames.InterruptsExtended => interrupts.DescribeExtended(node, property),
        _ => null,
    };

    /// <summary>Where CPUs see the regions of a node, and how large they are; null when they see one of them nowhere.</summary>
    private static string? DescribeRegions(LiveNode node, LiveProperty reg)
    {
        if (node.Parent is null || AddressSpace.Of(node.Parent).EntryCells is not (> 0 and int cells))
            return null;
        int width = cells * sizeof(uint);
        if (reg.Value.Length == 0 || reg.Value.Length % width != 0)
            return null;
        var text = new StringBuilder();
        int count = 0;
        for (ReadOnlySpan<byte> rest = reg.Value.Bytes.Span; !rest.IsEmpty; rest = rest[width..])
        {
            if (!AddressSpace.TryTranslate(node, rest[..width], out ulong address, out ulong size))
                return null;
            if (++count > MostRegions)
                continue;
            ulong last = unchecked(address + size - 1);
            text.Append(count > 1 ? ", " : "");
            if (size == 0)
                text.Append(CultureInfo.InvariantCulture, $"0x{address:x}");
            else
                text.Append(CultureInfo.InvariantCulture, $"0x{address:x}-0x{last:x} ({Size(size)})");
        }
        return text.Append(count > MostRegions ? $", {count - MostRegions} more" : "").ToString();
    }

    private static string Size(ulong bytes)
    {
        int unit = 0;
        for (; bytes % 1024 == 0 && unit + 1 < _units.Length; bytes /= 1024)
            unit++;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes} {_units[unit]}");
    }
}
