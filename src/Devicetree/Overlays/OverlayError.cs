using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>Why an overlay could not be applied.</summary>
/// <param name="Kind">The class of the error, as libfdt reports it.</param>
/// <param name="Fragment">The fragment (a child of the overlay's root) at fault, null when none is.</param>
/// <param name="Property">The property at fault: a path in the overlay, a colon and the name, or the name alone; null when none is.</param>
/// <param name="Message">What is wrong, for people; a sentence that names what is not in the other fields.</param>
public sealed record OverlayError(FdtErrorKind Kind, string? Fragment, string? Property, string Message)
{
    /// <summary>One line: the word, the place and the message.</summary>
    public override string ToString() =>
        Kind.Word() + (Fragment is null ? "" : $" in {Fragment}") + (Property is null ? "" : $" at {Property}") + ": " + Message;
}
