namespace Devicetree.Tool.Verbs.Compile;

/// <summary>How outputs are called.</summary>
internal static class OutputName
{
    private const string Overlay = ".dtso";

    /// <summary>The output of a source in a directory: the name of the source with the ending of what is made.</summary>
    public static string Of(CompileOptions options, string source) =>
        options.Output ?? Path.Combine(options.OutputDirectory ?? "",
        Path.GetFileNameWithoutExtension(source) + EndingOf(options, source));

    private static string EndingOf(CompileOptions options, string source) =>
        options.PreprocessOnly ? ".pre" + Path.GetExtension(source)
        : Path.GetExtension(source) == Overlay ? ".dtbo" : ".dtb";
}
