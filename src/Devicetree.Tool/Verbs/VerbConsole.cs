using System.Text;
using Devicetree.Loading;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Programs;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs;

/// <summary>What every verb does with the outside in the same way: text streams, files, exit codes.</summary>
/// <param name="host">The outside.</param>
/// <param name="output">Takes results as text; flushed when the command ends.</param>
/// <param name="error">Takes diagnostics as text; flushed when the command ends.</param>
internal sealed class VerbConsole(ToolHost host, TextWriter output, TextWriter error)
{
    /// <summary>The name of a file by which the standard input or output is meant.</summary>
    public const string Standard = DocumentInput.Standard;

    public ToolHost Host => host;

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>Reads a file, or the standard input for <see cref="Standard"/>.</summary>
    /// <param name="path">The path as the user wrote it; diagnostics call the file so.</param>
    /// <param name="diagnostics">Takes that there is no such file.</param>
    /// <param name="code">Raised to the exit code of what went wrong; that a file cannot be read is printed.</param>
    public SourceText? Read(string path, DiagnosticBag diagnostics, ref int code)
    {
        int errors = diagnostics.ErrorCount;
        SourceText? file = DocumentInput.Read(host, path, diagnostics, out string? failure);
        Count(diagnostics.ErrorCount > errors, failure, ref code);
        return file;
    }

    /// <summary>Brings in a devicetree.</summary>
    /// <param name="input">How.</param>
    /// <param name="path">The file or directory as the user wrote it, or <see cref="Standard"/>.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="code">Raised to the exit code of what went wrong; that a file cannot be read is printed.</param>
    public DevicetreeDocument? Load(DocumentInput input, string path, DiagnosticBag diagnostics, ref int code)
    {
        int errors = diagnostics.ErrorCount;
        DevicetreeDocument? document = input.Load(path, diagnostics, out string? failure);
        Count(diagnostics.ErrorCount > errors, failure, ref code);
        return document;
    }

    /// <summary>Writes a file as a whole or not at all, or to the standard output for <see cref="Standard"/>.</summary>
    /// <returns>The exit code; that a file cannot be written is printed.</returns>
    public int Write(string path, ReadOnlySpan<byte> bytes)
    {
        if (path == Standard)
        {
            output.Flush();
            // What a blob holds must not steer a terminal; a file or a pipe gets it as it is.
            host.Output.Write(host.OutputIsTerminal ? PrintableText.Of(bytes) : bytes);
            host.Output.Flush();
            return ExitCodes.Good;
        }
        return ResultFile.TryWrite(host.FullPath(path), bytes, out string? failure)
            ? ExitCodes.Good : Fail($"cannot write {path}: {failure}");
    }

    /// <summary>Writes text as UTF-8, see <see cref="Write(string, ReadOnlySpan{byte})"/>.</summary>
    public int Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    /// <summary>A piece of a result that comes from an input: made printable for a terminal, else as it is.</summary>
    public string Piece(string text) => host.OutputIsTerminal ? PrintableText.Of(text) : text;

    /// <summary>Says what the system refused.</summary>
    public int Fail(string message)
    {
        error.WriteLine($"dt: {PrintableText.Of(message)}");
        return ExitCodes.InputOutput;
    }

    /// <summary>Says what is wrong with a command line.</summary>
    public int Misused(string verb, string problem)
    {
        error.WriteLine($"dt: {PrintableText.Of(problem)}");
        error.WriteLine($"Try 'dt {verb} --help'.");
        return ExitCodes.Usage;
    }

    private void Count(bool isWrong, string? failure, ref int code)
    {
        if (isWrong)
            code = Math.Max(code, ExitCodes.Findings);
        if (failure is not null)
            code = Math.Max(code, Fail(failure));
    }
}
