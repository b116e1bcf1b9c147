using System.Formats.Tar;
using System.IO.Compression;
using Conformance.Tests.Bindings;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;

namespace Conformance.Tests.Schema;

/// <summary>
/// The core schemas of the newest dt-schema (commit 01b5073), from the archive in the directory that GUNYAH_REFERENCE names. No
/// Debian package has them and they are not ours to commit, so tests that need them are skipped, in CI too, where the variable is
/// not set.
/// </summary>
public sealed class ReferenceCore : IDisposable
{
    private const string Archive = "dt-schema-core.tar.gz";

    private readonly Lazy<DirectoryInfo> _directory = new(Unpack);
    private readonly Lazy<(ProcessedSchemas, SchemaLoadReport)> _kernel;

    public ReferenceCore() => _kernel = new(() =>
    {
        var report = new SchemaLoadReport();
        return (SchemaLoader.Load([BindingCorpus.Root], CoreSchemas.In(Directory), report, Environment.ProcessorCount), report);
    });

    /// <summary>The directory of the reference's files; null when nobody says where it is.</summary>
    public static string? Reference { get; } = Environment.GetEnvironmentVariable("GUNYAH_REFERENCE");

    /// <summary>The directory that holds <c>schemas</c> and <c>meta-schemas</c>.</summary>
    public string Directory => Path.Combine(_directory.Value.FullName, "dtschema");

    /// <summary>
    /// The kernel's bindings processed with these core schemas, once for all tests of a class, and what was wrong with them.
    /// </summary>
    public (ProcessedSchemas Schemas, SchemaLoadReport Report) Kernel => _kernel.Value;

    /// <summary>Skips the test where the archive is missing.</summary>
    public static void Require() => Assert.SkipUnless(
        Reference is not null && File.Exists(Path.Combine(Reference, Archive)),
        $"GUNYAH_REFERENCE names no directory with {Archive}");

    public void Dispose()
    {
        if (_directory.IsValueCreated)
            _directory.Value.Delete(recursive: true);
    }

    private static DirectoryInfo Unpack()
    {
        DirectoryInfo directory = System.IO.Directory.CreateTempSubdirectory("gunyah-core-");
        using FileStream file = File.OpenRead(Path.Combine(Reference!, Archive));
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(unpacked, directory.FullName, overwriteFiles: false);
        return directory;
    }
}
