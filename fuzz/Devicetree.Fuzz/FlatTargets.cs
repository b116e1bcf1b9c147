using System.Buffers.Binary;
using System.Text;
using Devicetree.Compatibility;
using Devicetree.Flattened;
using Devicetree.Overlays;

namespace Devicetree.Fuzz;

/// <summary>
/// Blobs and overlays as libfdt sees them: nothing is read before it is asked for, and it is changed where it lies.
/// </summary>
internal static class FlatTargets
{
    /// <summary>Larger results of one overlay are refused.</summary>
    private const int MaxSize = 1024 * 1024;

    /// <summary>What names, values and paths that a blob gives lead to.</summary>
    public static void View(byte[] input, DtcVersion version)
    {
        bool isSound = FdtChecker.Check(input, version) is null;
        if (!FdtView.TryOpen(input, out FdtView view, out FdtError? error, version))
        {
            Targets.Expect(error.Message.Length > 0, "a blob is refused without a reason");
            return;
        }
        // Old versions walk past values whose lengths wrap around, and call that sound.
        Targets.Expect(Walk(view) || !isSound || version == DtcVersion.Debian, "a sound blob cannot be walked");
        foreach (string path in (string[])["/", "/soc", "s0", "s0/x", "/cpus/cpu@2", "/fragment@0/__overlay__", "//aliases//"])
        {
            if (!view.TryFindNode(Encoding.ASCII.GetBytes(path), out int node, out _))
                continue;
            _ = view.PathOf(node);
            _ = view.TryGetValue(node, "reg"u8, out _, out _);
            uint phandle = view.PhandleOf(node);
            Targets.Expect(!isSound || phandle is 0 or uint.MaxValue || view.TryFindNodeByPhandle(phandle, out _, out _),
                "a phandle leads nowhere");
        }
    }

    /// <summary>A change that fails changes nothing; after those that succeed the blob can be looked at.</summary>
    public static void Edit(byte[] input, DtcVersion version, int choice)
    {
        byte[] buffer = new byte[input.Length + (choice >> 16 & 0xff)];
        input.CopyTo(buffer, 0);
        if (!FdtEditor.TryOpen(buffer, out FdtEditor? editor, out FdtError? error, version, zeroPads: (choice & 1 << 11) != 0))
        {
            Targets.Expect(error.Message.Length > 0, "a blob is refused without a reason");
            return;
        }
        byte[] before = [.. buffer];
        foreach (string path in (string[])["/", "/cpus/cpu@2", "/soc"])
        {
            if (!editor.View.TryFindNode(Encoding.ASCII.GetBytes(path), out int node, out _))
                continue;
            byte[] value = new byte[choice >> 12 & 0x1f];
            bool changed = editor.TrySetProperty(node, "reg"u8, value, out _);
            changed |= editor.TryDeleteProperty(node, "compatible"u8, out _);
            Targets.Expect(changed || IsSame(buffer, before), "a change that fails changes the blob");
            if (changed)
                break;
        }
        _ = Walk(editor.View);
    }

    /// <summary>
    /// Whether two blobs agree up to the end of their strings, and but for the version, which every change makes 17.
    /// </summary>
    private static bool IsSame(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        const int Strings = 12, Version = 20, AfterVersion = 24, StringsSize = 32;
        ulong end = (ulong)BinaryPrimitives.ReadUInt32BigEndian(right[Strings..])
            + BinaryPrimitives.ReadUInt32BigEndian(right[StringsSize..]);
        int length = (int)Math.Clamp(end, AfterVersion, (ulong)right.Length);
        return left[..Version].SequenceEqual(right[..Version])
            && left[AfterVersion..length].SequenceEqual(right[AfterVersion..length]);
    }

    /// <summary>
    /// An overlay that cannot be applied leaves the stack as it was; what is applied can be packed and looked at again.
    /// </summary>
    public static void Apply(byte[] @base, byte[] overlay, DtcVersion version, bool zeroPads)
    {
        var options = new FlatOverlayOptions { Version = version, ZeroPads = zeroPads, MaxSize = MaxSize };
        if (!FlatOverlayStack.TryOpen(@base, out FlatOverlayStack? stack, out FdtError? error, options))
        {
            Targets.Expect(error.Message.Length > 0, "a base is refused without a reason");
            return;
        }
        byte[] before = stack.View.Bytes.ToArray();
        if (stack.Apply(overlay) is OverlayError reason)
        {
            Targets.Expect(reason.Message.Length > 0, "an overlay is refused without a reason");
            Targets.Expect(stack.View.Bytes.SequenceEqual(before), "a refused overlay changes the base");
            return;
        }
        bool isSound = FdtChecker.Check(@base, version) is null;
        Targets.Expect(stack.TryPack(out ReadOnlySpan<byte> blob, out _) || !isSound, "what an overlay gave cannot be packed");
        Targets.Expect(!isSound || FdtChecker.Check(blob.ToArray(), version) is null, "an overlay makes a sound blob unsound");
    }

    private static bool Walk(FdtView view)
    {
        FdtWalker walker = view.Walk();
        bool isReadable = true;
        while (walker.Read())
        {
            if (walker.Tag == FdtTag.Property)
                isReadable &= walker.TryReadProperty(out _, out _, out _);
            else
                _ = walker.Name.Length + walker.Value.Length;
        }
        return isReadable && walker.Error is null;
    }
}
