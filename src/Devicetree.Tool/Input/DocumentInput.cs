using Devicetree.Loading;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.Input;

/// <summary>
/// Brings in the devicetrees that a command line names, from files, directories and the standard input, for every verb in the
/// same way. Used by several threads.
/// </summary>
/// <param name="host">The outside.</param>
/// <param name="options">How they are read.</param>
internal sealed class DocumentInput(ToolHost host, LoadingOptions options)
{
    /// <summary>The name by which the standard input is meant.</summary>
    public const string Standard = "-";

    private const string StandardName = "<stdin>";

    /// <summary>Many times what any devicetree needs; larger files are refused unread.</summary>
    private static readonly int _largestFile = new DtsParserOptions().MaxSourceBytes;

    private readonly DocumentLoader _loader = new(options);

    /// <summary>What of the outside sources are read with.</summary>
    public static InputHost Outside(ToolHost host) => new(host.FullPath, host.Time, host.Variable);

    /// <summary>See <see cref="InputSettings.Of"/>.</summary>
    public static LoadingOptions Settings(
        ToolHost host, InputOptions options, Action<string>? asked = null, bool emitsLineMarkers = false) =>
        InputSettings.Of(Outside(host), options, asked, emitsLineMarkers);

    /// <summary>Brings in a devicetree.</summary>
    /// <param name="path">The file or directory as the user wrote it, or <see cref="Standard"/>.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    /// <param name="failure">What the system refused, without a full stop; null when nothing.</param>
    /// <returns>The document; null when it is of no use.</returns>
    public DevicetreeDocument? Load(string path, DiagnosticBag diagnostics, out string? failure)
    {
        failure = null;
        if (options.Accepts.HasFlag(DocumentKinds.Directory) && path != Standard && Directory.Exists(host.FullPath(path)))
            return _loader.LoadDirectory(host.FullPath(path), path, diagnostics);
        return Read(host, path, diagnostics, out failure) is SourceText file ? _loader.Load(file, diagnostics) : null;
    }

    /// <summary>Reads a file, or the standard input.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="path">The file as the user wrote it, or <see cref="Standard"/>.</param>
    /// <param name="diagnostics">Takes that there is no such file.</param>
    /// <param name="failure">What the system refused, without a full stop; null when nothing.</param>
    public static SourceText? Read(ToolHost host, string path, DiagnosticBag diagnostics, out string? failure)
    {
        failure = null;
        bool isStandard = path == Standard;
        FileProblem problem = isStandard
            ? BoundedFile.Read(host.Input, _largestFile, out byte[]? bytes)
            : BoundedFile.Read(host.FullPath(path), _largestFile, mayBeSpecial: true, out bytes);
        if (bytes is not null)
            return new(isStandard ? StandardName : path, bytes);
        if (problem == FileProblem.Missing)
            diagnostics.Report(InputRules.Missing, default, path);
        else
            failure = $"cannot read {path}: {BoundedFile.Describe(problem, _largestFile)}";
        return null;
    }
}
