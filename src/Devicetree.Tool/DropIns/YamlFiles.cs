using System.Text;
using Devicetree.Diagnostics;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;

namespace Devicetree.Tool.DropIns;

/// <summary>What the drop-ins of dt-schema's tools have in common about the YAML files that they read.</summary>
internal static class YamlFiles
{
    /// <summary>Reads a file that the command line names.</summary>
    /// <param name="host">Where relative paths start.</param>
    /// <param name="path">The file; places are called by it.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static SchemaValue? Load(ToolHost host, string path, DiagnosticBag diagnostics) =>
        ReadSource(host, path, diagnostics) is SourceText source ? YamlLoader.Load(source, diagnostics) : null;

    /// <summary>The bytes of a file that the command line names.</summary>
    public static SourceText? ReadSource(ToolHost host, string path, DiagnosticBag diagnostics)
    {
        int limit = YamlLimits.Default.MaxBytes;
        FileProblem problem = BoundedFile.Read(host.FullPath(path), limit, mayBeSpecial: true, out byte[]? bytes);
        if (bytes is not null)
            return new SourceText(path, bytes);
        diagnostics.Report(YamlRules.Unreadable, default, $"{path}: {BoundedFile.Describe(problem, limit)}");
        return null;
    }

    /// <summary>One line as the originals print a YAML error: <c>file:line:column: problem</c>.</summary>
    public static void PrintError(ToolHost host, Diagnostic diagnostic)
    {
        string place = diagnostic.Span.Location is SourceLocation location ? $"{location}: " : "";
        host.Error.Write(Encoding.UTF8.GetBytes($"{place}{diagnostic.Message}\n"));
    }
}
