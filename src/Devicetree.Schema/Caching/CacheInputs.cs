using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Text.Files;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Caching;

/// <summary>Everything that processed schemas depend on: this program, where files are looked for, and what is in them.</summary>
internal sealed class CacheInputs
{
    private readonly CoreSchemas _core;
    private readonly int _workers;
    private readonly Lazy<string> _contentKey;

    /// <summary>Looks for the files.</summary>
    public CacheInputs(IReadOnlyList<SchemaPlace> places, CoreSchemas core, int workers)
    {
        _core = core;
        _workers = workers;
        var files = new SchemaFileSet(core.Directory is string directory ? [.. places, directory] : places);
        Files = files.Files;
        XxHash128 hash = Begin();
        foreach (SchemaPlace place in places)
        {
            Add(hash, place.Path);
            Add(hash, place.Name);
        }
        Add(hash, core.Directory ?? "");
        AddBuiltIn(hash);
        PlacesKey = End(hash);
        _contentKey = new(HashContents);
    }

    /// <summary>The files that were found, in the order in which they are read.</summary>
    public IReadOnlyList<SchemaFile> Files { get; }

    /// <summary>Names what was asked for.</summary>
    public string PlacesKey { get; }

    /// <summary>Names what was found, byte for byte.</summary>
    public string ContentKey => _contentKey.Value;

    /// <summary>The keys of one build of this library are of no use to another, which may process schemas differently.</summary>
    private static XxHash128 Begin()
    {
        var hash = new XxHash128();
        hash.Append([CacheLayout.Form]);
        Add(hash, typeof(CacheInputs).Module.ModuleVersionId.ToString());
        return hash;
    }

    private static string End(XxHash128 hash) => Convert.ToHexStringLower(hash.GetCurrentHash());

    private static void Add(XxHash128 hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    /// <summary>The length goes before, so that no two lists of parts look the same.</summary>
    private static void Add(XxHash128 hash, ReadOnlySpan<byte> part)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
        hash.Append(length);
        hash.Append(part);
    }

    private void AddBuiltIn(XxHash128 hash)
    {
        foreach (SourceText source in _core.Sources)
            Add(hash, source.Path);
    }

    private string HashContents()
    {
        var digests = new byte[Files.Count][];
        Parallel.For(0, digests.Length, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(_workers, 1) }, i =>
        {
            FileProblem problem = BoundedFile.Read(Files[i].Path, int.MaxValue - 1, mayBeSpecial: true, out byte[]? bytes);
            digests[i] = bytes is null ? [(byte)problem] : XxHash128.Hash(bytes);
        });
        XxHash128 hash = Begin();
        Add(hash, PlacesKey);
        for (int i = 0; i < digests.Length; i++)
        {
            Add(hash, Files[i].Path);
            Add(hash, digests[i]);
        }
        return End(hash);
    }
}
