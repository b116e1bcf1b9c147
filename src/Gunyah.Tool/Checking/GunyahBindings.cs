using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Sources;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Checking;

/// <summary>The bindings of a dialect, which are part of this program: the files of <c>bindings/</c>.</summary>
internal sealed class GunyahBindings
{
    private const string Directory = "bindings/";

    private static readonly Lazy<GunyahBindings>[] _all =
        [.. Enum.GetValues<Dialect>().Select(dialect => new Lazy<GunyahBindings>(() => new GunyahBindings(dialect)))];

    private GunyahBindings(Dialect dialect)
    {
        SourceText[] sources = [.. Read(dialect)];
        // What loading has to say, that common properties have no type here, is of no use to who checks a tree.
        Validator = new BindingValidator(SchemaLoader.Load(sources, new SchemaLoadReport(), withBuiltIn: true));
        Ids = [.. sources.Select(source => IdOf(source.Path))];
        HypervisorId = Ids.Single(id => id.EndsWith("gunyah-hypervisor.yaml", StringComparison.Ordinal));
    }

    /// <summary>Applies them.</summary>
    public BindingValidator Validator { get; }

    /// <summary>Their identifiers, to tell them from the core schemas.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>The one that describes <c>/hypervisor</c>, by whatever strings the node has.</summary>
    public string HypervisorId { get; }

    /// <summary>Those of a dialect; read when they are first asked for.</summary>
    public static GunyahBindings Of(Dialect dialect) => _all[(int)dialect].Value;

    private static IEnumerable<SourceText> Read(Dialect dialect)
    {
        string directory = dialect == Dialect.V6 ? Directory : $"{Directory}{dialect.ToString().ToLowerInvariant()}/";
        foreach (string name in typeof(GunyahBindings).Assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            if (!name.StartsWith(directory, StringComparison.Ordinal) || name.IndexOf('/', directory.Length) >= 0)
                continue;
            using Stream stream = typeof(GunyahBindings).Assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return new SourceText(name, bytes);
        }
    }

    /// <summary>The identifier that a binding has by its path below the directory.</summary>
    private static string IdOf(string path) => "http://devicetree.org/schemas/" + path[Directory.Length..];
}
