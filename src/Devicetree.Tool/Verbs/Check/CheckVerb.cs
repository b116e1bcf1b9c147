using System.CommandLine;
using Devicetree.Checks;
using Devicetree.Schema.Caching;
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
        var schemas = Many("--schemas", "-s",
            "Bindings, a directory of them, or a file that dt-mk-schema wrote; without this option, only the core schemas.", "PATH");
        var input = new InputSwitches();
        var compilerChecks = new CheckSwitches();
        var core = One("--core-schemas",
            "The directory of the core schemas (default: DT_CORE_SCHEMAS, an installed dt-schema, ours).", "DIR");
        var only = Many("--only", "-l", "Use only schemas whose $id contains this text.", "TEXT");
        var chosen = new Option<bool>("--compatible-only", "-c")
        { Description = "Use only the schema that a node's compatible strings choose." };
        var undocumented = new Option<bool>("--undocumented", "-m")
        { Description = "Also report compatible strings that no schema documents." };
        var @base = One("--base", "The files are overlays: apply each to this tree and report what it brings.", "TREE");
        var shard = One("--shard",
            "Check part i of n only (default: TEST_SHARD_INDEX and TEST_TOTAL_SHARDS, or CI_NODE_INDEX and CI_NODE_TOTAL).",
            "i/n");
        var cache = One("--cache-dir", "Where processed schemas are kept (default: ~/.cache/gunyah-dt).", "DIR");
        var noCache = new Option<bool>("--no-cache") { Description = "Read the schemas again, and keep nothing." };
        var bindingFindings = new Option<bool>("--binding-findings")
        {
            Description = "Also report what is wrong with the bindings, as 'dt schema check' does.",
        };
        var findings = new FindingSwitches();
        shard.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !Shard.TryParse(result.Tokens[0].Value, out _))
                result.AddError("--shard takes i/n with i from 1 to n.");
        });
        var command = new Command("check",
            "Check devicetrees against bindings: dt-schema's findings with places, remedies and an exit code.")
        {
            files, schemas, core, only, chosen, undocumented, @base, bindingFindings, shard, cache, noCache,
        };
        input.AddSources(command);
        input.AddBlobs(command);
        compilerChecks.AddTo(command);
        findings.AddTo(command);
        findings.AddBaselines(command);
        command.SetAction(result =>
        {
            FindingSettings settings = findings.Read(result);
            if (!compilerChecks.TryRead(result, out CheckSettings? checks, out string? problem))
                return console.Misused("check", problem);
            if (!(result.GetValue(shard) is string asked && Shard.TryParse(asked, out Shard part))
                && !Shard.TryFromEnvironment(console, settings.Quiet, out part, out int code))
            {
                return code;
            }
            return CheckRun.Run(console, new()
            {
                Files = result.GetRequiredValue(files),
                Schemas = result.GetValue(schemas) ?? [],
                CoreSchemas = result.GetValue(core),
                Input = input.Read(result),
                Checks = checks,
                Filter = new() { Parts = result.GetValue(only) ?? [], CompatibleOnly = result.GetValue(chosen) },
                Undocumented = result.GetValue(undocumented),
                Base = result.GetValue(@base),
                BindingFindings = result.GetValue(bindingFindings),
                Shard = part,
                CacheDirectory = result.GetValue(noCache) ? null : result.GetValue(cache)
                    ?? SchemaCache.DefaultDirectory(console.Host.Variable),
                Findings = settings,
            });
        });
        return command;
    }

    private static Option<string?> One(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

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
