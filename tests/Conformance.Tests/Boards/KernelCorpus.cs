using Conformance.Tests.Tools;

namespace Conformance.Tests.Boards;

/// <summary>
/// Board files of Debian's linux-source-6.1, compiled as the kernel's makefiles do: preprocessor, then dtc. Unpacked by
/// <c>.ci/corpus</c>.
/// </summary>
public sealed class KernelCorpus : IDisposable
{
    private readonly DirectoryInfo _scratch = Directory.CreateTempSubdirectory("gunyah-boards-");
    private readonly Dictionary<string, Lazy<string>> _compiled = [];
    private readonly Lock _gate = new();

    /// <summary>The unpacked source, or null.</summary>
    public static string? Source { get; } = FindSource();

    /// <summary>Skips the test (fails it under CI) where the corpus or one of its tools is missing.</summary>
    public static void Require()
    {
        ExternalTool.Require("dtc", "fdtoverlay", "cpp");
        if (Source is null)
            ExternalTool.Missing("the Linux source is not unpacked (.ci/corpus)");
    }

    /// <summary>The blob of a board, by its path below arch/arm64/boot/dts without the ending.</summary>
    public string Compile(string board)
    {
        Lazy<string> blob;
        lock (_gate)
        {
            if (!_compiled.TryGetValue(board, out blob!))
                _compiled.Add(board, blob = new(() => CompileNow(board)));
        }

        return blob.Value;
    }

    /// <summary>The board files of an architecture, <c>arm64</c> or <c>arm</c>, in order.</summary>
    public static IEnumerable<string> Boards(string architecture) =>
        Directory.EnumerateFiles(SourcesOf(architecture), "*.dts", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    /// <summary>Preprocesses a board file as the kernel's makefiles do.</summary>
    /// <returns>False when the preprocessor refuses it: some need headers that a build generates.</returns>
    public static bool TryPreprocess(string architecture, string source, string output) => ExternalTool.Start(
        "cpp",
        [
            "-nostdinc", "-undef", "-D__DTS__", "-x", "assembler-with-cpp",
            .. IncludeDirectories(architecture).SelectMany(directory => (string[])["-I", directory]),
            source, output,
        ]).ExitCode == 0;

    /// <summary>Where <c>#include</c> looks.</summary>
    public static IEnumerable<string> IncludeDirectories(string architecture) =>
        [Path.Combine(Source!, "include"), SourcesOf(architecture), Path.Combine(Source!, "scripts/dtc/include-prefixes")];

    /// <summary>A fresh directory below the corpus's own scratch directory.</summary>
    public string NewDirectory(string name) => _scratch.CreateSubdirectory(name.Replace('/', '_')).FullName;

    public void Dispose() => _scratch.Delete(recursive: true);

    private string CompileNow(string board)
    {
        string name = Path.Combine(_scratch.FullName, board.Replace('/', '_'));
        string source = Path.Combine(SourcesOf("arm64"), board + ".dts");

        Assert.True(TryPreprocess("arm64", source, name + ".pre.dts"), board);
        ExternalTool.Run("dtc", "-q", "-b", "0", "-i", Path.GetDirectoryName(source)!, "-O", "dtb", "-o", name + ".dtb",
            name + ".pre.dts");
        return name + ".dtb";
    }

    private static string SourcesOf(string architecture) => Path.Combine(Source!, "arch", architecture, "boot/dts");

    private static string? FindSource()
    {
        string[] candidates =
        [
            Environment.GetEnvironmentVariable("GUNYAH_LINUX_SOURCE") ?? "",
            Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "gunyah-corpus"),
        ];
        return candidates.FirstOrDefault(directory =>
            directory.Length > 0 && Directory.Exists(Path.Combine(directory, "arch/arm64/boot/dts")));
    }
}
