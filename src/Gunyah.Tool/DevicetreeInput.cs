using Devicetree;
using Devicetree.Loading;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Gunyah.Tool;

/// <summary>Brings devicetrees in from the disk: blobs, sources and folders.</summary>
internal sealed class DevicetreeInput(ToolHost host)
{
    /// <summary>Many times what any board needs; larger files are refused unread.</summary>
    private const long LargestFile = 64 * 1024 * 1024;

    private static readonly DocumentLoader Loader = new(new()
    {
        PlainTrees = true,
        Preprocessing = new() { Files = new DiskIncludeFiles() },
        Compilation = new() { Files = new DiskSourceFiles() },
    });

    /// <summary>Reads a devicetree; prints what is wrong with it.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="code">The exit code where there is no tree.</param>
    public Tree? Load(string path, out int code)
    {
        var diagnostics = new DiagnosticBag();
        Tree? tree = Load(path, diagnostics, out code);
        new DiagnosticPrinter(host).Print(diagnostics, path);
        return tree;
    }

    /// <summary>Reads a devicetree.</summary>
    /// <param name="path">A file or a folder.</param>
    /// <param name="diagnostics">Takes what is wrong with it; only that it cannot be read at all is printed.</param>
    /// <param name="code">The exit code where there is no tree.</param>
    public Tree? Load(string path, DiagnosticBag diagnostics, out int code)
    {
        code = ExitCodes.Findings;
        if (Directory.Exists(host.FullPath(path)))
        {
            return Loader.LoadDirectory(host.FullPath(path), path, diagnostics)?.Tree;
        }
        if (ReadFile(path, out code) is not { } source)
            return null;
        Tree? tree = Loader.Load(source, diagnostics)?.Tree;
        code = tree is null ? ExitCodes.Findings : ExitCodes.Good;
        return tree;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The path as the user wrote it.</param>
    /// <param name="code">The exit code where it cannot be read.</param>
    public SourceText? ReadFile(string path, out int code)
    {
        code = ExitCodes.Good;
        try
        {
            using FileStream file = File.OpenRead(host.FullPath(path));
            if (file.Length > LargestFile)
            {
                code = new DiagnosticPrinter(host).CannotRead(path, $"it has more than {LargestFile} bytes");
                return null;
            }

            using var contents = new MemoryStream();
            file.CopyTo(contents);
            return new SourceText(path, contents.ToArray());
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            code = new DiagnosticPrinter(host).Refuse(InputRules.Missing, path);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            code = new DiagnosticPrinter(host).CannotRead(path, failure.Message);
            return null;
        }
    }
}
