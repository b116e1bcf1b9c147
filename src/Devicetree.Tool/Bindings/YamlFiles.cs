using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;

namespace Devicetree.Tool.Bindings;

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

    /// <summary>
    /// The files that an operand means: itself, or the bindings below a directory by their names, hidden ones left out.
    /// </summary>
    public static IEnumerable<string> Expand(ToolHost host, string path)
    {
        string full = host.FullPath(path);
        if (!Directory.Exists(full))
            return [path];
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            AttributesToSkip = FileAttributes.Hidden,
            IgnoreInaccessible = true,
        };
        return Directory.EnumerateFiles(full, "*.yaml", options)
            .Select(file => Path.Combine(path, Path.GetRelativePath(full, file)))
            .Order(StringComparer.Ordinal);
    }

    /// <summary>A line as the originals print a YAML error: <c>file:line:column: problem</c>.</summary>
    public static string ErrorLine(Diagnostic diagnostic) =>
        diagnostic.Span.Location is SourceLocation location ? $"{location}: {Original(diagnostic)}" : Original(diagnostic);

    private static string Original(Diagnostic diagnostic) =>
        diagnostic.Rule == YamlRules.Syntax ? YamlProblems.OriginalOf(diagnostic.Message, diagnostic.Remedy) : diagnostic.Message;

    /// <summary>Prints <see cref="ErrorLine"/>.</summary>
    public static void PrintError(ToolHost host, Diagnostic diagnostic) =>
        host.Error.Write(Encoding.UTF8.GetBytes(ErrorLine(diagnostic) + "\n"));
}
