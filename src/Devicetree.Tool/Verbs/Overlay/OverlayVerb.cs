using System.CommandLine;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs.Overlay;

/// <summary><c>dt overlay BASE OVERLAY… [-o OUT] [--explain]</c>: applies overlays to a tree.</summary>
internal static class OverlayVerb
{
    public static Command Create(VerbConsole console)
    {
        var @base = new Argument<string>("BASE") { Description = "The tree: a blob (.dtb) or a source (.dts)." };
        var overlays = new Argument<string[]>("OVERLAY")
        {
            Description = "Overlays in the order in which they are applied: blobs (.dtbo) or sources (.dtso, .dts).",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o")
        { Description = "Where the resulting blob goes; '-' for the standard output.", HelpName = "FILE" };
        var explain = new Option<bool>("--explain")
        { Description = "Say what each fragment changes; without -o nothing is written." };
        var input = new InputSwitches();
        var findings = new FindingSwitches();
        var command = new Command("overlay",
            "Apply overlays to a tree, or to an overlay; references in the result lead where they led before.")
        {
            @base, overlays, output, explain,
        };
        input.AddSources(command);
        input.AddBlobs(command);
        findings.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(output) is null && !result.GetValue(explain))
                result.AddError("-o FILE says where the result goes, or --explain that there shall be none.");
        });
        command.SetAction(result => OverlayRun.Run(console, new()
        {
            Base = result.GetRequiredValue(@base),
            Overlays = result.GetRequiredValue(overlays),
            Output = result.GetValue(output),
            Explain = result.GetValue(explain),
            Input = input.Read(result) with { Symbols = true },
            Findings = findings.Read(result),
        }));
        return command;
    }
}
