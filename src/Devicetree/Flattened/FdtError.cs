namespace Devicetree.Flattened;

/// <summary>Why a blob was refused.</summary>
/// <param name="Kind">The class of the error.</param>
/// <param name="Offset">Where in the blob, in bytes from its start.</param>
/// <param name="Message">What is wrong, for people; a sentence without the offset.</param>
public sealed record FdtError(FdtErrorKind Kind, int Offset, string Message)
{
    /// <summary>One line: the word, the place and the message.</summary>
    public override string ToString() => $"{Kind.Word()} at offset 0x{Offset:x}: {Message}";
}
