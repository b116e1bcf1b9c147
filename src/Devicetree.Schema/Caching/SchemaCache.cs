using System.Globalization;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Files;

namespace Devicetree.Schema.Caching;

/// <summary>
/// Keeps processed schemas on disk. A file of the cache is named by a hash of everything that its content depends on, so it is
/// right or it is not there; it is written beside its place and moved there in one step, so that any number of processes may use
/// one directory. Whatever is damaged is made again. A cache that cannot be written is as good as none: nothing fails because of
/// it.
/// </summary>
/// <param name="directory">The absolute path of its directory, which is made when it is missing.</param>
public sealed class SchemaCache(string directory)
{
    /// <summary>The directory's name below the one of the user's caches.</summary>
    private const string Name = "gunyah-dt";

    private const int MaxBytes = 512 << 20;

    /// <summary>How many files of each kind are kept; the oldest go.</summary>
    private const int Kept = 16;

    /// <summary>
    /// Where caches are when nobody says: below <c>XDG_CACHE_HOME</c>, else below <c>.cache</c> at home; null where neither is
    /// known.
    /// </summary>
    /// <param name="variable">Answers what an environment variable holds.</param>
    public static string? DefaultDirectory(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable("XDG_CACHE_HOME") is string caches && Path.IsPathRooted(caches))
            return Path.Combine(caches, Name);
        return variable("HOME") is string home && Path.IsPathRooted(home) ? Path.Combine(home, ".cache", Name) : null;
    }

    /// <summary>
    /// The schemas of bindings, from the cache or processed and kept; see
    /// <see cref="SchemaLoader.Load(IReadOnlyList{SchemaPlace}, CoreSchemas, SchemaLoadReport, int)"/>.
    /// </summary>
    public ProcessedSchemas Load(IReadOnlyList<SchemaPlace> places, CoreSchemas core, SchemaLoadReport report, int workers = 1)
    {
        ArgumentNullException.ThrowIfNull(report);
        var inputs = new CacheInputs(places, core, workers);
        CacheIndex index = CacheIndex.Read(PathOf("index", inputs.PlacesKey));
        string key = index.KeyOf(inputs.Files) ?? inputs.ContentKey;
        if (Open(key) is CachedStore found)
        {
            if (!index.Holds(inputs.Files))
                KeepIndex(inputs, key);
            found.Report(report);
            return new ProcessedSchemas(found);
        }
        var own = new SchemaLoadReport();
        ProcessedSchemas schemas = SchemaLoader.Load(places, core, own, workers);
        byte[] image = CacheImage.Build((MemoryStore)schemas.Store, own);
        // What changed while it was read may be half old and half new.
        if (new CacheInputs(places, core, workers).Files.SequenceEqual(inputs.Files)
            && TryWrite(PathOf("schemas", inputs.ContentKey), image))
            KeepIndex(inputs, inputs.ContentKey);
        // Through the image, so that a first run and every later one see the same.
        CachedStore store = CachedStore.Open(image)!;
        store.Report(report);
        return new ProcessedSchemas(store);
    }

    /// <summary>
    /// The schemas of a processed-schema file, from the cache or read and kept; see <see cref="ProcessedSchemaFile"/>.
    /// </summary>
    /// <returns>Null when the file is of no use, which is never kept.</returns>
    public ProcessedSchemas? LoadProcessed(string path, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var inputs = new CacheInputs([path], CoreSchemas.None, workers: 1);
        CacheIndex index = CacheIndex.Read(PathOf("index", inputs.PlacesKey));
        string key = index.KeyOf(inputs.Files) ?? inputs.ContentKey;
        if (Open(key) is CachedStore found)
        {
            if (!index.Holds(inputs.Files))
                KeepIndex(inputs, key);
            return new ProcessedSchemas(found);
        }
        ProcessedSchemas? schemas = ProcessedSchemaFile.Read(path, diagnostics);
        if (schemas is null)
            return null;
        byte[] image = CacheImage.Build((MemoryStore)schemas.Store, new SchemaLoadReport());
        if (new CacheInputs([path], CoreSchemas.None, workers: 1).Files.SequenceEqual(inputs.Files)
            && TryWrite(PathOf("schemas", inputs.ContentKey), image))
            KeepIndex(inputs, inputs.ContentKey);
        return schemas;
    }

    private static bool IsHarmless(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or NotSupportedException;

    private string PathOf(string kind, string key) => Path.Combine(directory, $"{kind}-{key}.bin");

    private CachedStore? Open(string key)
    {
        BoundedFile.TryRead(PathOf("schemas", key), MaxBytes, out byte[]? bytes, out _);
        return bytes is null ? null : CachedStore.Open(bytes);
    }

    private void KeepIndex(CacheInputs inputs, string key) =>
        TryWrite(PathOf("index", inputs.PlacesKey), CacheIndex.Write(inputs.Files, key));

    private bool TryWrite(string path, byte[] bytes)
    {
        string half = string.Create(CultureInfo.InvariantCulture,
            $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.tmp");
        try
        {
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(half, bytes);
            File.Move(half, path, overwrite: true);
            DropOld(Path.GetFileName(path)[..Path.GetFileName(path).IndexOf('-', StringComparison.Ordinal)]);
            return true;
        }
        catch (Exception failure) when (IsHarmless(failure))
        {
            Remove(half);
            return false;
        }
    }

    /// <summary>Removes all but the newest files of a kind. Who has one of them open keeps it.</summary>
    private void DropOld(string kind)
    {
        IEnumerable<FileInfo> files = new DirectoryInfo(directory).EnumerateFiles($"{kind}-*")
            .OrderByDescending(file => file.LastWriteTimeUtc);
        foreach (FileInfo file in files.Skip(Kept))
            Remove(file.FullName);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (IsHarmless(failure))
        {
            // Somebody else's; it will be tried again.
        }
    }
}
