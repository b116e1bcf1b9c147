namespace Devicetree.Text.Diagnostics;

/// <summary>What our commands answer; scripts rely on it.</summary>
public static class ExitCodes
{
    /// <summary>Good.</summary>
    public const int Good = 0;

    /// <summary>Findings, or errors in the input, a file that does not exist among them (docs/decisions/0003).</summary>
    public const int Findings = 1;

    /// <summary>Wrong usage.</summary>
    public const int Usage = 2;

    /// <summary>A file could not be read or written.</summary>
    public const int InputOutput = 3;
}
