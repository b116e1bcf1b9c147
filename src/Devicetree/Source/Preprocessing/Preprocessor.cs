using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>
/// The C preprocessor as GCC's cpp is for assembler sources (<c>-nostdinc -undef -x assembler-with-cpp</c>), which is how the
/// kernel's makefiles prepare devicetree sources. Its text is cpp's, white space included.
/// </summary>
internal static class Preprocessor
{
    private static readonly (string Name, BuiltInMacro Meaning)[] _builtIns =
    [
        ("__FILE__", BuiltInMacro.File),
        ("__LINE__", BuiltInMacro.Line),
        ("__COUNTER__", BuiltInMacro.Counter),
        ("__INCLUDE_LEVEL__", BuiltInMacro.IncludeLevel),
        ("__BASE_FILE__", BuiltInMacro.BaseFile),
        ("__DATE__", BuiltInMacro.Date),
        ("__TIME__", BuiltInMacro.Time),
        ("__TIMESTAMP__", BuiltInMacro.Timestamp),
        ("__has_include", BuiltInMacro.HasInclude),
        ("__has_include_next", BuiltInMacro.HasIncludeNext),
    ];

    private const string CommandLine = "<command-line>";

    /// <summary>Preprocesses a source.</summary>
    /// <param name="main">The source. Files that it includes are looked for beside its path.</param>
    /// <param name="options">Where files come from, macros, and limits.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>The text, or null when there was an error.</returns>
    public static PreprocessedSource? Run(SourceText main, PreprocessorOptions options, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(main);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(diagnostics);
        IncludeCache cache = options.Cache ?? new IncludeCache();
        PreprocessorState state = cache.Rent();
        try
        {
            return Run(state, main, options, diagnostics);
        }
        finally
        {
            cache.Return(state);
        }
    }

    private static PreprocessedSource? Run(PreprocessorState state, SourceText main, PreprocessorOptions options,
        DiagnosticBag diagnostics)
    {
        state.Begin(options, diagnostics);
        state.Files.Begin(main.Path, options.MaxSourceBytes);
        foreach ((string name, BuiltInMacro meaning) in _builtIns)
        {
            int id = state.Identifiers.Intern(Encoding.ASCII.GetBytes(name));
            state.Macros.Set(id, MacroDefinition.OfBuiltIn(id, meaning));
        }
        state.Output.Marker(0, main.Path, "");
        state.Output.Marker(0, "<built-in>", "");
        RunText(state, "<built-in>", Predefined(options));
        state.Output.Marker(0, CommandLine, "");
        RunText(state, CommandLine, Definitions(options));
        RunForced(state, options);
        state.Output.Marker(1, main.Path, "");
        if (!state.IsStopped)
        {
            state.Files.Enter(FileScanner.Scan(main, state.Identifiers, state.Scanning), -1, -1, 0);
            state.Runner.Run();
        }
        if (state.HasErrors)
            return null;
        var text = new SourceText(main.Path, state.Output.ToArray(), state.Origins.Freeze());
        return new(text, [.. state.Files.Opened]);
    }

    private static void RunText(PreprocessorState state, string name, string text)
    {
        if (text.Length == 0 || state.IsStopped)
            return;
        state.Files.Enter(state.Cache.TextOf(name, text, state.Scanning), -1, -1, 0);
        state.Runner.Run();
    }

    /// <summary>Reads the files of <c>-include</c>, as if the command line included them.</summary>
    private static void RunForced(PreprocessorState state, PreprocessorOptions options)
    {
        foreach (string name in options.ForcedIncludes)
        {
            ScannedFile place = state.Cache.TextOf(CommandLine, $"-include {name}\n", state.Scanning);
            if (state.IsStopped || state.Files.Find(name, IncludeSearch.WorkingDirectory,
                place.Source.Span(0, place.Source.Bytes.Length - 1), out int directory) is not ScannedFile file)
                continue;
            state.Files.Enter(file, directory, -1, 0, name.Length);
            state.Output.Marker(1, file.Source.Path, " 1");
            state.Runner.Run();
            state.Output.Marker(0, CommandLine, " 2");
        }
    }

    private static string Predefined(PreprocessorOptions options) =>
        "#define __STDC__ 1\n#define __STDC_HOSTED__ 1\n#define __ASSEMBLER__ 1\n"
        + (options.PredefineDts ? "#define __DTS__ 1\n" : "");

    private static string Definitions(PreprocessorOptions options)
    {
        var text = new StringBuilder();
        foreach (CommandLineMacro macro in options.Macros)
        {
            // What follows a line end cannot be given on a command line; cpp drops it.
            string value = macro.Value is null ? "" : " " + macro.Value.Split('\n')[0];
            text.Append(macro.Value is null ? "#undef " : "#define ").Append(macro.Name.Split('\n')[0]).Append(value)
                .Append('\n');
        }
        return text.ToString();
    }
}
