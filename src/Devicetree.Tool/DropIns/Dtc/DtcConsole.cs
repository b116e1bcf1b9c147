using System.Text;
using Devicetree.Compatibility;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>What dtc prints, and how it ends.</summary>
internal sealed class DtcConsole(ToolHost host)
{
    /// <summary>The exit code of wrong usage, wrong grammar and everything fatal.</summary>
    public const int Failed = 1;

    /// <summary>The exit code of a failed check.</summary>
    public const int ChecksFailed = 2;

    private readonly StringBuilder _errors = new();

    /// <summary>Adds to standard error what <see cref="Flush"/> writes.</summary>
    public void Line(string text) => _errors.Append(text).Append('\n');

    /// <summary>Says why nothing more can be done.</summary>
    /// <returns>The exit code.</returns>
    public int Fatal(string text)
    {
        Line($"FATAL ERROR: {text}");
        return Failed;
    }

    /// <summary>Prints how dtc is called, and what was wrong.</summary>
    /// <returns>The exit code.</returns>
    public int Usage(DtcVersion version, string problem)
    {
        _errors.Append(DtcUsage.Text(version));
        _errors.Append("\nError: ").Append(problem).Append('\n');
        return Failed;
    }

    /// <summary>Writes to standard output.</summary>
    public void Result(string text)
    {
        host.Output.Write(Encoding.UTF8.GetBytes(text));
        host.Output.Flush();
    }

    /// <summary>Writes what was said to standard error.</summary>
    public void Flush()
    {
        if (_errors.Length == 0)
            return;
        host.Error.Write(Encoding.UTF8.GetBytes(_errors.ToString()));
        host.Error.Flush();
        _errors.Clear();
    }
}
