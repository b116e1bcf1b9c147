using Devicetree.Text.Diagnostics;
using Devicetree.Text.Programs;

namespace Devicetree.Tool.Commands;

/// <summary>
/// The one program behind all names. Started under the name of a drop-in, or as <c>dt NAME …</c>, it is that tool with its
/// options; else its first argument is a verb.
/// </summary>
internal static class DtProgram
{
    /// <summary>Runs a command line.</summary>
    /// <param name="name">The name under which the program was started, without directories.</param>
    /// <param name="args">The arguments after it.</param>
    /// <param name="host">What else of the outside is used.</param>
    /// <returns>
    /// The exit code: that of the original for a drop-in, else one of <see cref="ExitCodes"/>; for both those of
    /// <see cref="ProgramEdge"/> where output cannot be written and for faults of ours.
    /// </returns>
    public static int Run(string name, string[] args, ToolHost host)
    {
        DropIn? linked = DropInTable.Find(name);
        DropIn? dropIn = linked ?? (args.Length > 0 ? DropInTable.Find(args[0]) : null);
        string[] rest = dropIn is null || linked is not null ? args : args[1..];
        var edge = new ProgramEdge(dropIn?.Name ?? "dt", host.Variable);
        return edge.Run(host.Output, host.Error, (output, error) =>
        {
            ToolHost inner = host with { Output = output, Error = error, Fault = edge.Remember };
            return dropIn is null ? DtCommand.Run(rest, inner) : dropIn.Run(inner, rest);
        });
    }
}
