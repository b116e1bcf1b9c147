using Devicetree.Flattened;

namespace Devicetree.Overlays;

/// <summary>Why an overlay could not be applied.</summary>
/// <param name="Kind">The class of the error, as libfdt reports it.</param>
/// <param name="Fragment">The fragment (a child of the overlay's root) at fault, null when none is.</param>
/// <param name="Property">The property at fault: a path in the overlay, a colon and the name, or the name alone; null when none
/// is.</param>
/// <param name="Message">What is wrong, for people; a sentence that names what is not in the other fields.</param>
public sealed record OverlayError(FdtErrorKind Kind, string? Fragment, string? Property, string Message)
{
    /// <summary>True when the base could not even be copied to be changed, so that the overlay was not looked at.</summary>
    public bool IsAboutBase { get; init; }

    /// <summary>The label that could not be resolved; null when the error is about none.</summary>
    public string? Label { get; init; }

    /// <summary>
    /// The overlay's place <c>path:property:offset</c> where the label is wanted; null when that is not known or not to the
    /// point.
    /// </summary>
    public string? Place { get; init; }

    /// <summary>One line: the word, the place and the message.</summary>
    public override string ToString() =>
        Kind.Word() + (Fragment is null ? "" : $" in {Fragment}") + (Property is null ? "" : $" at {Property}") + ": " + Message;
}
