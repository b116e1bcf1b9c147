using System.Diagnostics.CodeAnalysis;
using Devicetree.Compatibility;
using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>
/// Applies overlays to a blob, one after another, as the program <c>fdtoverlay</c> does and with its bytes (devicetree.md 3.1,
/// 3.2): the base is edited as one flat buffer that grows when it must, and packed at the end.
/// </summary>
/// <remarks>
/// What makes the original write outside of the overlay, crash or run out of stack is refused: BADOVERLAY for a local fixup
/// outside of its value and for a negative offset. An overlay that cannot be applied leaves the stack as it was.
/// </remarks>
public sealed class FlatOverlayStack
{
    /// <summary>
    /// How much the buffer grows when it is too small; the original's step, as stale bytes of an attempt can show in pads.
    /// </summary>
    private const int Increment = 65536;

    private readonly FlatOverlayOptions _options;
    private readonly LibfdtRules _rules;

    /// <summary>The result so far, as long as it says itself.</summary>
    private byte[] _current;

    /// <summary>The size of the buffer that the next overlay is applied in.</summary>
    private int _size;

    private FlatOverlayStack(byte[] @base, FlatOverlayOptions options)
    {
        _options = options;
        _rules = LibfdtRules.Of(options.Version);
        _current = @base;
        _size = @base.Length;
        // Nothing could be added in a buffer as large as this base; the original finds out at the first property and starts
        // again.
        if (FdtEditor.IsFull(View))
            _size += Increment;
    }

    /// <summary>The blob as it is now; not packed.</summary>
    public FdtView View => new(_current, _rules);

    /// <summary>True when there are symbols, which overlays that refer to labels need.</summary>
    public bool HasSymbols => View.FindNode("/__symbols__"u8) >= 0;

    /// <summary>Takes a base.</summary>
    /// <param name="base">The blob; it is not changed.</param>
    /// <param name="stack">The stack, null on error.</param>
    /// <param name="error">What is wrong with the base's header, null when nothing is.</param>
    /// <param name="options">How to apply; the defaults when null.</param>
    public static bool TryOpen(
        ReadOnlySpan<byte> @base,
        [NotNullWhen(true)] out FlatOverlayStack? stack,
        [NotNullWhen(false)] out FdtError? error,
        FlatOverlayOptions? options = null)
    {
        error = FdtView.Probe(@base) ?? ProbeSize(@base);
        stack = error is null ? new(@base[..(int)FdtField.Read(@base, FdtField.TotalSize)].ToArray(), options ?? new()) : null;
        return error is null;
    }

    /// <summary>Applies one more overlay.</summary>
    /// <param name="overlay">The overlay's blob; it is not changed.</param>
    /// <returns>What is wrong, null when nothing is.</returns>
    public OverlayError? Apply(ReadOnlySpan<byte> overlay) => Apply(overlay, null);

    /// <summary>
    /// As <see cref="Apply(ReadOnlySpan{byte})"/>, with somebody who is told of everything that is done. After an error what it
    /// was told does not count.
    /// </summary>
    internal OverlayError? Apply(ReadOnlySpan<byte> overlay, IOverlayTrace? trace)
    {
        var editor = new FdtEditor([], _options.Version, _options.ZeroPads);
        byte[] copy = [];
        for (int size = _size; ; size += Increment)
        {
            int result = editor.OpenInto(_current, size);
            if (result < 0)
                return new((FdtErrorKind)(-result), null, null, "the base cannot be copied to be changed") { IsAboutBase = true };
            if (overlay.Length < FdtField.FullHeader || FdtField.Read(overlay, FdtField.TotalSize) > (uint)overlay.Length)
                return Unreadable(FdtView.Probe(overlay)!);
            // Only what the overlay claims is copied, which may be less than its own header.
            ReadOnlySpan<byte> original = overlay[..(int)FdtField.Read(overlay, FdtField.TotalSize)];
            if (copy.Length == 0)
                copy = new byte[Math.Max(original.Length, FdtField.FullHeader)];
            original.CopyTo(copy);
            if (FdtView.Probe(copy) is FdtError bad)
                return Unreadable(bad);
            trace?.Begin();
            OverlayError? error = Attempt(editor, new FlatOverlay(copy, _rules), trace, out bool needsRoom);
            if (error is null)
            {
                _current = editor.Detach();
                _size = size;
                return null;
            }
            if (!needsRoom || size > _options.MaxSize - Increment)
                return error;
        }
    }

    /// <summary>Takes gaps and padding out of the result.</summary>
    /// <param name="blob">The bytes, valid until the next overlay.</param>
    /// <param name="error">Why it cannot be packed: a base below version 17 that no overlay was applied to.</param>
    public bool TryPack(out ReadOnlySpan<byte> blob, out FdtErrorKind error)
    {
        var editor = new FdtEditor(_current, _options.Version, _options.ZeroPads);
        int result = editor.Pack();
        error = result < 0 ? (FdtErrorKind)(-result) : 0;
        _size = (int)FdtField.Read(_current, FdtField.TotalSize);
        blob = result < 0 ? default : editor.Blob;
        return result >= 0;
    }

    /// <summary>Of a base that claims less than its header libfdt says several things, and never makes a result.</summary>
    private static FdtError? ProbeSize(ReadOnlySpan<byte> @base) => FdtView.ClaimedSize(@base) >= FdtField.FullHeader ? null
        : new(FdtErrorKind.NoSpace, FdtField.TotalSize,
            $"the total size is said to be {FdtView.ClaimedSize(@base)} bytes, less than a header has");

    private static OverlayError Unreadable(FdtError error) =>
        new(error.Kind, null, null, $"the overlay cannot be read: {error.Message} (at offset 0x{error.Offset:x})");

    private OverlayError? Attempt(FdtEditor editor, FlatOverlay overlay, IOverlayTrace? trace, out bool needsRoom)
    {
        needsRoom = false;
        int result = editor.View.FindHighestPhandle(out uint delta);
        if (result < 0)
            return new((FdtErrorKind)(-result), null, null, "the nodes of the base cannot be read");
        DtcVersion version = _options.Version;
        var fixups = new FlatFixups(trace, version.Has(DtcChanges.MissingSymbolsOffset));
        OverlayError? error = FlatPhandles.Shift(overlay, delta, trace)
            ?? FlatPhandles.ShiftReferences(overlay, delta)
            ?? fixups.Resolve(editor.View, overlay)
            ?? (version.Has(DtcChanges.ProtectBasePhandles) ? FlatPhandles.ProtectBase(editor.View, overlay, trace) : null);
        if (error is not null)
            return error;
        var merger = new FlatMerger(editor, trace);
        error = merger.MergeFragments(overlay);
        needsRoom = merger.NeedsRoom;
        if (error is not null)
            return error;
        var symbols = new FlatSymbols(editor, trace);
        error = symbols.Add(overlay);
        needsRoom = symbols.NeedsRoom;
        return error;
    }
}
