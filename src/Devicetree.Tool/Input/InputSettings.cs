using Devicetree.Compatibility;
using Devicetree.Loading;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;

namespace Devicetree.Tool.Input;

/// <summary>What a command line says about inputs, as the loader takes it.</summary>
internal static class InputSettings
{
    private static readonly PreprocessorOptions _preprocessing = new();
    private static readonly DtsParserOptions _parsing = new();

    /// <summary>Tells the loader what a command line says.</summary>
    /// <param name="host">The outside.</param>
    /// <param name="options">What the command line says.</param>
    /// <param name="asked">Told every path of an included file before it is looked at.</param>
    /// <param name="emitsLineMarkers">Whether the preprocessed text is a result.</param>
    public static LoadingOptions Of(
        InputHost host, InputOptions options, Action<string>? asked = null, bool emitsLineMarkers = false)
    {
        return new()
        {
            Preprocessing = !options.Preprocess ? null : new()
            {
                IncludeDirectories = options.IncludeDirectories,
                Macros = options.Macros,
                ForcedIncludes = options.ForcedIncludes,
                Files = new HostIncludeFiles(host, asked),
                Cache = new IncludeCache(),
                Now = host.Time.GetLocalNow(),
                SourceDateEpoch = host.Variable("SOURCE_DATE_EPOCH"),
                MaxIncludes = Times(_preprocessing.MaxIncludes),
                MaxSourceBytes = Times(_preprocessing.MaxSourceBytes),
                MaxOutputBytes = Times(_preprocessing.MaxOutputBytes),
                MaxExpandedTokens = Times(_preprocessing.MaxExpandedTokens),
                EmitLineMarkers = emitsLineMarkers,
            },
            Compilation = new()
            {
                Version = DtcVersion.Newest,
                GenerateSymbols = options.Symbols,
                MaxSourceBytes = Times(_parsing.MaxSourceBytes),
                MaxValueBytes = Times(_parsing.MaxValueBytes),
                Files = new HostSourceFiles(host, [.. options.SearchDirectories, .. options.IncludeDirectories], asked),
            },
            Entry = options.Entry,
        };

        int Times(int usual) => (int)Math.Min((long)usual * options.Limits, Array.MaxLength);
    }
}
