namespace Devicetree.Text.Diagnostics;

/// <summary>What our commands answer; scripts rely on it.</summary>
internal static class ExitCodes
{
    /// <summary>Good.</summary>
    public const int Good = 0;

    /// <summary>Findings, or errors in the input, a file that does not exist among them (docs/decisions/0003).</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>A file that exists could not be read, or a file could not be written, the standard output among them.</summary>
    public const int InputOutput = 3;

    /// <summary>A fault of ours.</summary>
    public const int Fault = 70;

    /// <summary>Nobody reads the standard output any more; what a shell shows for a program that SIGPIPE ended.</summary>
    public const int ClosedPipe = 141;
}
