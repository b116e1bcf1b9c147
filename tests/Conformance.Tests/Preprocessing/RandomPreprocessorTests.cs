using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Conformance.Tests.Tools;
using Devicetree.Source.Preprocessing;

namespace Conformance.Tests.Preprocessing;

/// <summary>Random sources through cpp and through ours: the same bytes, or both refuse.</summary>
public class RandomPreprocessorTests
{
    private const int Shown = 3;

    /// <summary>GUNYAH_PREPROCESSOR_SEEDS=100000 for a long run.</summary>
    private static readonly int _seeds =
        int.Parse(Environment.GetEnvironmentVariable("GUNYAH_PREPROCESSOR_SEEDS") ?? "500", CultureInfo.InvariantCulture);

    [Fact]
    public void A_random_source_comes_out_byte_for_byte_as_from_cpp()
    {
        ExternalTool.Require("cpp");
        var differences = new ConcurrentBag<string>();
        int accepted = 0, refused = 0;
        Parallel.For(0, _seeds, CppPair.OneEachCore, seed =>
        {
            using var directory = new TemporaryDirectory();
            directory.Write("g.h", Encoding.UTF8.GetBytes(RandomPreprocessorSource.GuardedHeader));
            directory.Write("p.h", Encoding.UTF8.GetBytes(RandomPreprocessorSource.PlainHeader));
            string text = new RandomPreprocessorSource(seed).Make();
            string source = directory.Write("in.dts", Encoding.UTF8.GetBytes(text));
            byte[]? theirs = CppPair.Theirs(source, directory.PathOf("out"), "-I", directory.PathOf(""));
            var options = new PreprocessorOptions
            {
                EmitLineMarkers = true,
                IncludeDirectories = [directory.PathOf("")],
                Files =
                new DiskIncludeFiles()
            };
            byte[]? ours = CppPair.Ours(source, options, out string diagnostics);
            if (CppPair.Difference(theirs, ours) is string difference)
                differences.Add($"seed {seed}: {difference}\n{diagnostics}\n{text}\n");
            Interlocked.Increment(ref theirs is null ? ref refused : ref accepted);
        });
        IEnumerable<string> shown = differences.OrderBy(text => text.Length).Take(Shown);
        Assert.True(differences.IsEmpty, $"{differences.Count} of {_seeds} differ:\n{string.Join('\n', shown)}");
        // Were nearly all of one kind, the generator would no longer test the other.
        Assert.InRange(accepted, _seeds / 3, _seeds);
        Assert.InRange(refused, _seeds / 100, _seeds);
    }
}
