namespace Architecture.Tests;

/// <summary>The projects of devicetrees.</summary>
internal static partial class DirectoryRows
{
    private static Dictionary<string, DirectoryRow[]> Devicetree => new()
    {
        ["Devicetree.Text"] =
        [
            new("Sources"),
            new("Diagnostics", "Sources"),
            new("Reports", "Diagnostics", "Sources"),
            new("Files"),
            new("Programs", "Diagnostics", "Files"),
            new("Yaml", "Diagnostics", "Sources"),
        ],
        ["Devicetree"] =
        [
            new("."),
            new("Compatibility"),
            new("Live", "."),
            new("Flattened", ".", "Compatibility", "Live"),
            new("References", ".", "Live"),
            new("Typing", ".", "Live", "References"),
            new("Interpretation", "."),
            new("Decompilation", ".", "Compatibility", "Live", "Flattened", "References"),
            new("Decompilation/Annotation", ".", "Live", "References", "Typing", "Decompilation", "Interpretation"),
            new("Comparison", ".", "Compatibility", "Live", "References", "Typing", "Decompilation", "Decompilation/Annotation"),
            new("Directories", ".", "Live"),
            new("Formatting"),
            new("Overlays", ".", "Compatibility", "Flattened"),
            new("Source/Preprocessing"),
            new("Source", ".", "Compatibility", "Live"),
            new("Checks", ".", "Compatibility", "Live", "References", "Typing"),
            new("Compilation/Passes", ".", "Compatibility", "Live", "Source", "Checks"),
            new("Compilation", ".", "Compatibility", "Live", "Decompilation", "Source", "Checks", "Compilation/Passes"),
            new(
                "Loading", ".", "Compatibility", "Live", "Flattened", "Decompilation", "Directories", "Source/Preprocessing",
                "Source",
                "Compilation"),
        ],
        ["Devicetree.Schema"] =
        [
            new("Model"),
            new("Patterns"),
            new("BuiltIn"),
            new("Processing", "Model", "Patterns"),
            new("Loading", "Model", "BuiltIn", "Processing"),
            new("Caching", "Model", "BuiltIn", "Processing", "Loading"),
            new("Decoding", "Processing"),
            new("Decoding/Splitting", "Processing", "Decoding"),
            new("Decoding/Trees", "Processing", "Decoding", "Decoding/Splitting"),
            new("Validation", "Model", "Decoding"),
            new("Validation/Keywords", "Model", "Patterns", "Decoding", "Validation"),
            new("Validation/Compilation", "Model", "Processing", "Decoding", "Validation", "Validation/Keywords"),
            new("Validation/Bindings", "Model", "Patterns", "Processing", "Decoding", "Validation", "Validation/Compilation"),
            new("Findings", "Processing", "Decoding", "Decoding/Trees", "Validation", "Validation/Keywords",
                "Validation/Bindings"),
            new("Findings/Python", "Model", "Processing", "Loading", "Decoding", "Validation", "Findings"),
            new(
                "Findings/Explained", "Model", "Processing", "Loading", "Decoding", "Decoding/Trees", "Validation",
                "Validation/Keywords",
                "Validation/Compilation", "Validation/Bindings", "Findings"),
            new("Documents", "Model", "Processing", "Loading", "Decoding", "Validation", "Validation/Compilation"),
            new("Documents/Python", "Validation", "Findings", "Findings/Python", "Documents"),
            new("Style"),
            new("Examples", "Model", "Decoding/Trees", "Validation/Bindings", "Findings", "Findings/Explained"),
            new(
                "Authoring", "Model", "Processing", "Loading", "Decoding", "Validation", "Findings", "Findings/Explained",
                "Documents", "Style",
                "Examples"),
        ],
        ["Devicetree.Tool"] =
        [
            new("."),
            new("Input", "."),
            new("Bindings", "."),
            new("DropIns", ".", "Input"),
            new("DropIns/Dtc", ".", "DropIns"),
            new("DropIns/FdtTools", ".", "DropIns", "DropIns/Dtc"),
            new("DropIns/Dtb2Py", ".", "DropIns"),
            new("DropIns/DtCheckCompatible", ".", "DropIns"),
            new("DropIns/DtDocValidate", ".", "Bindings", "DropIns"),
            new("DropIns/DtExtractExample", ".", "Bindings", "DropIns"),
            new("DropIns/DtMkSchema", ".", "DropIns"),
            new("DropIns/DtValidate", ".", "Input", "DropIns"),
            new("Verbs", ".", "Input"),
            new("Verbs/Overlay", "Input", "Verbs"),
            new("Verbs/Check", ".", "Input", "Bindings", "Verbs", "Verbs/Overlay"),
            new("Verbs/Compile", ".", "Input", "Verbs"),
            new("Verbs/Diff", ".", "Input", "Verbs"),
            new("Verbs/Queries", "Verbs"),
            new("Verbs/Get", "Input", "Verbs", "Verbs/Queries"),
            new("Verbs/Print", "Input", "Verbs", "Verbs/Queries"),
            new("Verbs/Schema", ".", "Input", "Bindings", "Verbs", "Verbs/Check"),
            new("Verbs/Setup", ".", "Input", "Verbs"),
            new(
                "Commands", ".", "Input", "DropIns", "DropIns/Dtc", "DropIns/FdtTools", "DropIns/Dtb2Py",
                "DropIns/DtCheckCompatible",
                "DropIns/DtDocValidate", "DropIns/DtExtractExample", "DropIns/DtMkSchema", "DropIns/DtValidate", "Verbs",
                "Verbs/Check", "Verbs/Compile", "Verbs/Diff", "Verbs/Get", "Verbs/Print", "Verbs/Queries", "Verbs/Overlay",
                "Verbs/Schema",
                "Verbs/Setup"),
            new("Program", ".", "Commands"),
        ],
    };
}
