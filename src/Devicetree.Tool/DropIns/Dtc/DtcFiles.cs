using System.Diagnostics.CodeAnalysis;
using System.Text;
using Devicetree.Compatibility;
using Devicetree.Source;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>
/// Finds and reads files as dtc does, and notes them for the dependency file: an absolute name as it is, another one in the
/// directory of the including file, then in each <c>-i</c> directory.
/// </summary>
internal sealed class DtcFiles(ToolHost host, DtcOptions options) : ISourceFiles
{
    /// <summary>The name of standard input and output.</summary>
    public const string Standard = "-";

    /// <summary>What messages call standard input.</summary>
    public const string StandardInput = "<stdin>";

    private readonly StringBuilder _opened = new();

    /// <summary>The files that were opened, each with a space before it, as they stand in a dependency file.</summary>
    public string Opened => _opened.ToString();

    /// <summary>Reads the file that the command line names.</summary>
    public bool TryReadInput(string name, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason) =>
        TryFind(name, directory: null, maxLength, out file, out reason);

    /// <inheritdoc/>
    public bool TryRead(
        string name, string includingPath, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason)
    {
        int slash = includingPath.LastIndexOf('/');
        return TryFind(name, slash < 0 ? "" : includingPath[..slash], maxLength, out file, out reason);
    }

    private bool TryFind(
        string name, string? directory, int maxLength, [NotNullWhen(true)] out SourceText? file,
        [NotNullWhen(false)] out string? reason)
    {
        file = null;
        FileProblem problem;
        byte[]? bytes;
        string path = name;
        if (name == Standard)
        {
            path = StandardInput;
            problem = BoundedFile.Read(host.Input, maxLength, out bytes);
        }
        else
        {
            path = string.IsNullOrEmpty(directory) || name.StartsWith('/') ? name : Join(directory, name);
            problem = Read(path, maxLength, isInput: directory is null, out bytes);
            for (int i = 0; problem == FileProblem.Missing && i < options.SearchDirectories.Count && !name.StartsWith('/'); i++)
            {
                path = Join(options.SearchDirectories[i], name);
                problem = Read(path, maxLength, isInput: false, out bytes);
            }
        }
        reason = Describe(problem, maxLength);
        if (bytes is null)
            return false;
        reason = null;
        _opened.Append(' ').Append(EscapedFor(options.DtcVersion, path));
        file = new SourceText(path, bytes);
        return true;
    }

    /// <summary>Makefiles give directories with a slash at the end, and dtc adds none then.</summary>
    private static string Join(string directory, string name) =>
        directory.EndsWith('/') ? directory + name : $"{directory}/{name}";

    private FileProblem Read(string path, int maxLength, bool isInput, out byte[]? bytes)
    {
        bytes = null;
        return path.Contains('\0', StringComparison.Ordinal)
            ? FileProblem.Missing : BoundedFile.Read(host.FullPath(path), maxLength, mayBeSpecial: isInput, out bytes);
    }

    /// <summary>The words of the C library.</summary>
    public static string Describe(FileProblem problem, int maxLength) => problem switch
    {
        FileProblem.Missing => "No such file or directory",
        FileProblem.Denied => "Permission denied",
        FileProblem.Directory => "Is a directory",
        _ => BoundedFile.Describe(problem, maxLength),
    };

    /// <summary>A path as it stands in a dependency file.</summary>
    public static string EscapedFor(DtcVersion version, string path) =>
        version.Has(DtcChanges.EscapedDependencies) ? path.Replace(" ", "\\ ", StringComparison.Ordinal) : path;
}
