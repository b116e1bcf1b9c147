using System.Text;
using Devicetree.Text.Programs;

namespace Gunyah.Tool.Commands;

/// <summary>The program around the command: its streams, and what becomes of what nobody answered.</summary>
internal static class GunyahProgram
{
    /// <summary>Its name in messages.</summary>
    public const string Name = "gunyah";

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments without the program's name.</param>
    /// <param name="output">The standard output.</param>
    /// <param name="error">The standard error.</param>
    /// <param name="variable">Answers what an environment variable holds.</param>
    /// <param name="host">Makes the outside of a command with writers to the two streams.</param>
    /// <param name="stop">Ends a run in an orderly way; cancelled when the output fails, as a machine that nobody hears need not
    /// run on.</param>
    /// <returns>One of <see cref="Devicetree.Text.Diagnostics.ExitCodes"/>.</returns>
    public static int Run(
        IReadOnlyList<string> args, Stream output, Stream error, Func<string, string?> variable,
        Func<TextWriter, TextWriter, ToolHost> host, CancellationTokenSource stop) =>
        new ProgramEdge(Name, variable).Run(
            output, error,
            (results, remarks) => GunyahCommand.Run(
                args, host(WriterTo(results), WriterTo(remarks)) with { OutputBytes = results }, stop.Token),
            stop.Cancel);

    /// <summary>The writer of every thread: each line goes out as a whole, when it is written.</summary>
    private static TextWriter WriterTo(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(false)) { AutoFlush = true });
}
