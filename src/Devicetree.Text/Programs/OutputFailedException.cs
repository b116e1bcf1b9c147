using System.Runtime.InteropServices;

namespace Devicetree.Text.Programs;

/// <summary>
/// What a command had to say could not be written. It ends the command at the edge (<see cref="ProgramEdge"/>); no handler of
/// failures to read takes it for one of its own, as it is no <see cref="IOException"/>.
/// </summary>
internal sealed class OutputFailedException : Exception
{
    /// <summary>How the standard output is called in messages.</summary>
    public const string StandardOutput = "the standard output";

    private const int LargestError = 4095;
    private const int BrokenPipe = 32;
    private const int WindowsBrokenPipe = unchecked((int)0x8007006D);
    private const int WindowsPipeIsClosing = unchecked((int)0x800700E8);

    /// <summary>Says what was refused.</summary>
    /// <param name="target">What could not be written, as the user knows it.</param>
    /// <param name="cause">What the system said.</param>
    public OutputFailedException(string target, Exception cause)
        : base($"cannot write {target}: {ReasonOf(cause)}", cause)
    {
        Reason = ReasonOf(cause);
        IsClosedPipe = target == StandardOutput && cause.HResult is BrokenPipe or WindowsBrokenPipe or WindowsPipeIsClosing;
    }

    /// <summary>What the system said, a phrase.</summary>
    public string Reason { get; }

    /// <summary>True where nobody reads the standard output any more: <c>dt print board.dtb | head -1</c>.</summary>
    public bool IsClosedPipe { get; }

    /// <summary>What the system said in its own words, without the path that the base library adds.</summary>
    public static string ReasonOf(Exception refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        // The base library keeps the system's number: in the exception, or in the one that it was made of.
        int error = refusal.HResult is > 0 and <= LargestError ? refusal.HResult : refusal.InnerException?.HResult ?? 0;
        return refusal is FileNotFoundException or DirectoryNotFoundException ? "no such file or directory"
            : error is > 0 and <= LargestError ? Marshal.GetPInvokeErrorMessage(error)
            : refusal.Message;
    }

    /// <summary>Whether this is what a system says when it refuses to write.</summary>
    public static bool IsRefusal(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or NotSupportedException;
}
