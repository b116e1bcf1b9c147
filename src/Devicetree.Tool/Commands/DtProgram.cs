using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.Commands;

/// <summary>
/// The one program behind all names. Started under the name of a drop-in, or as <c>dt NAME …</c>, it is that tool with its options;
/// else its first argument is a verb.
/// </summary>
internal static class DtProgram
{
    /// <summary>Runs a command line.</summary>
    /// <param name="name">The name under which the program was started, without folders.</param>
    /// <param name="args">The arguments after it.</param>
    /// <param name="host">What else of the outside is used.</param>
    /// <returns>The exit code: that of the original for a drop-in, else one of <see cref="ExitCodes"/>.</returns>
    public static int Run(string name, string[] args, ToolHost host)
    {
        if (DropInTable.Find(name) is DropIn linked)
            return linked.Run(host, args);
        if (args.Length > 0 && DropInTable.Find(args[0]) is DropIn named)
            return named.Run(host, args[1..]);
        return DtCommand.Run(args, host);
    }
}
