using System.CommandLine;
using Devicetree.Schema.Caching;
using Devicetree.Text.Reports;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Check;

/// <summary><c>dt check [--schemas PATH]… FILE…</c>: checks trees against bindings.</summary>
internal static class CheckVerb
{
    public static Command Create(VerbConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Blobs (.dtb), sources (.dts), directories of which every .dtb is checked, or '-' for the standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var schemas = Many("--schemas", "-s", "Bindings, a folder of them, or a file that dt-mk-schema wrote; without it the core schemas alone.", "PATH");
        var input = new InputSwitches();
        var core = One("--core-schemas", "The folder of the core schemas (default: DT_CORE_SCHEMAS, an installed dt-schema, ours).", "DIR");
        var only = Many("--only", "-l", "Only schemas whose $id holds this text.", "TEXT");
        var chosen = new Option<bool>("--compatible-only", "-c") { Description = "Only the schema that a node's compatible strings choose." };
        var undocumented = new Option<bool>("--undocumented", "-m") { Description = "Also report compatible strings that no schema documents." };
        var @base = One("--base", "The files are overlays: apply each to this tree and report what it brings.", "TREE");
        var baseline = One("--baseline", "Findings that do not count, as --write-baseline wrote them.", "FILE");
        var write = One("--write-baseline", "Write all findings into this file instead of reporting them.", "FILE");
        var shard = One("--shard", "Check part i of n only (default: TEST_SHARD_INDEX and TEST_TOTAL_SHARDS).", "i/n");
        var cache = One("--cache-dir", "Where processed schemas are kept (default: ~/.cache/gunyah-dt).", "DIR");
        var noCache = new Option<bool>("--no-cache") { Description = "Read the schemas anew and keep nothing." };
        Option<string> format = VerbConsole.FormatOption();
        shard.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !Shard.TryParse(result.Tokens[0].Value, out _))
                result.AddError("--shard takes i/n with i from 1 to n.");
        });
        var command = new Command("check", "Check devicetrees against bindings: dt-schema's findings with places, remedies and an exit code.")
        {
            files, schemas, core, only, chosen, undocumented, @base, baseline, write, shard, cache, noCache, format,
        };
        input.AddSources(command);
        input.AddBlobs(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(baseline) is not null && result.GetValue(write) is not null)
                result.AddError("--baseline and --write-baseline exclude each other.");
        });
        command.SetAction(result =>
        {
            string? problem = null;
            if (!(result.GetValue(shard) is string asked && Shard.TryParse(asked, out Shard part))
                && !Shard.TryFromEnvironment(console.Host, out problem, out part))
            {
                return console.Fail(problem);
            }
            return CheckRun.Run(console, new()
            {
                Files = result.GetRequiredValue(files),
                Schemas = result.GetValue(schemas) ?? [],
                CoreSchemas = result.GetValue(core),
                Input = input.Read(result),
                Filter = new() { Parts = result.GetValue(only) ?? [], CompatibleOnly = result.GetValue(chosen) },
                Undocumented = result.GetValue(undocumented),
                Base = result.GetValue(@base),
                Baseline = result.GetValue(baseline),
                WriteBaseline = result.GetValue(write),
                Shard = part,
                CacheFolder = result.GetValue(noCache) ? null : result.GetValue(cache) ?? SchemaCache.DefaultFolder(console.Host.Variable),
                Format = ReportFormats.Parse(result.GetRequiredValue(format)),
            });
        });
        return command;
    }

    private static Option<string?> One(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<string[]> Many(string name, string shortName, string description, string help) =>
        new(name, shortName) { Description = description, HelpName = help, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = false };
}
