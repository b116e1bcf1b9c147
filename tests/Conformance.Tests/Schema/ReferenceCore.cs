using System.Formats.Tar;
using System.IO.Compression;
using Conformance.Tests.Bindings;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;

[assembly: AssemblyFixture(typeof(Conformance.Tests.Schema.ReferenceCore))]

namespace Conformance.Tests.Schema;

/// <summary>
/// The core schemas of the newest dt-schema (commit 01b5073), from the archive in the directory that GUNYAH_REFERENCE names. No
/// Debian package has them and they are not ours to commit, so tests that need them are skipped, in CI too, where the variable is
/// not set. Unpacked once for all tests.
/// </summary>
public sealed class ReferenceCore : IDisposable
{
    private const string Archive = "dt-schema-core.tar.gz";

    private readonly Lazy<DirectoryInfo> _directory = new(Unpack);
    private readonly Lazy<(ProcessedSchemas, SchemaLoadReport)> _kernel;
    private readonly Lazy<BoardVerdicts> _verdicts;

    public ReferenceCore()
    {
        _kernel = new(() => Load(CoreSchemas.In(Directory)));
        _verdicts = new(() => new(Kernel.Schemas));
    }

    /// <summary>The kernel's bindings processed with core schemas of our own writing, and what is found with them.</summary>
    internal static Lazy<BoardVerdicts> OwnVerdicts { get; } = new(() => new(OwnKernel));

    /// <summary>The kernel's bindings processed with core schemas of our own writing.</summary>
    public static ProcessedSchemas OwnKernel => _ownKernel.Value;

    private static readonly Lazy<ProcessedSchemas> _ownKernel = new(() => Load(CoreSchemas.BuiltIn).Schemas);

    /// <summary>The directory of the reference's files; null when nobody says where it is.</summary>
    public static string? Reference { get; } = Environment.GetEnvironmentVariable("GUNYAH_REFERENCE");

    /// <summary>The directory that holds <c>schemas</c> and <c>meta-schemas</c>.</summary>
    public string Directory => Path.Combine(_directory.Value.FullName, "dtschema");

    /// <summary>
    /// The kernel's bindings processed with these core schemas, once for all tests, and what was wrong with them.
    /// </summary>
    public (ProcessedSchemas Schemas, SchemaLoadReport Report) Kernel => _kernel.Value;

    /// <summary>What is found in boards with these core schemas.</summary>
    internal BoardVerdicts Verdicts => _verdicts.Value;

    /// <summary>Skips the test where the archive is missing.</summary>
    public static void Require() => Assert.SkipUnless(
        Reference is not null && File.Exists(Path.Combine(Reference, Archive)),
        $"GUNYAH_REFERENCE names no directory with {Archive}");

    public void Dispose()
    {
        if (_directory.IsValueCreated)
            _directory.Value.Delete(recursive: true);
    }

    private static (ProcessedSchemas Schemas, SchemaLoadReport Report) Load(CoreSchemas core)
    {
        var report = new SchemaLoadReport();
        return (SchemaLoader.Load([BindingCorpus.Root], core, report, Environment.ProcessorCount), report);
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
