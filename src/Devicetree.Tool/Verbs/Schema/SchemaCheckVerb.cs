using System.CommandLine;
using Devicetree.Schema.Caching;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Schema;

/// <summary><c>dt schema check BINDING…</c>: checks bindings and their examples.</summary>
internal static class SchemaCheckVerb
{
    public static Command Create(VerbConsole console)
    {
        var files = new Argument<string[]>("BINDING")
        {
            Description = "Bindings (.yaml), or directories of which every one is checked.",
            Arity = ArgumentArity.OneOrMore,
        };
        var schemas = Many(
            "--schemas", "-s", "What examples are checked against: bindings, directories, a file that dt-mk-schema wrote (default: the kernel's bindings when they are among them).",
            "PATH");
        var headers = Many("--include-dir", "-I",
            "Where examples find <dt-bindings/…> (default: that of the source tree around each binding).", "DIR");
        var core = new Option<string?>("--core-schemas")
        {
            Description = "The directory of the core schemas and of the rules for bindings (default: DT_CORE_SCHEMAS; an installed dt-schema, our rules; ours).",
            HelpName = "DIR",
        };
        var noExamples = new Option<bool>("--no-examples")
        { Description = "Check the text only: style, rules for bindings, references." };
        var undocumented = new Option<bool>("--undocumented", "-m")
        { Description = "Also report compatible strings of examples that no schema documents." };
        var cache = new Option<string?>("--cache-dir")
        { Description = "Where processed schemas are kept (default: ~/.cache/gunyah-dt).", HelpName = "DIR" };
        var noCache = new Option<bool>("--no-cache") { Description = "Read the schemas again, and keep nothing." };
        var findings = new FindingSwitches();
        var command = new Command("check",
            "Check bindings: style, rules for bindings, references; examples compiled and checked, with places in the YAML.")
        {
            files, schemas, headers, core, noExamples, undocumented, cache, noCache,
        };
        findings.AddTo(command);
        findings.AddBaselines(command);
        command.SetAction(result => SchemaCheckRun.Run(console, new()
        {
            Files = result.GetRequiredValue(files),
            Schemas = result.GetValue(schemas) ?? [],
            Headers = result.GetValue(headers) ?? [],
            CoreSchemas = result.GetValue(core),
            Examples = !result.GetValue(noExamples),
            Undocumented = result.GetValue(undocumented),
            CacheDirectory = result.GetValue(noCache) ? null : result.GetValue(cache)
                ?? SchemaCache.DefaultDirectory(console.Host.Variable),
            Findings = findings.Read(result),
        }));
        return command;
    }

    private static Option<string[]> Many(string name, string shortName, string description, string help) =>
        new(name, shortName)
        {
            Description = description,
            HelpName = help,
            Arity =
            ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false
        };
}
