using System.CommandLine;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Tool.Input;
using Gunyah.Guest.Platform;
using Gunyah.Tool.Checking;
using Gunyah.Tool.Input;
using Gunyah.Tool.Inspection;

namespace Gunyah.Tool.Commands;

/// <summary><c>gunyah inspect TREE</c>: what a guest would find in a devicetree.</summary>
internal static class InspectCommand
{
    private const string Text = "text";
    private const string Json = "json";

    public static Command Create(ToolHost host)
    {
        var path = new Argument<string>("TREE")
        {
            Description =
            "A devicetree blob or source, or a directory like /proc/device-tree."
        };
        var format = new Option<string>("--format")
        { Description = "How to print.", DefaultValueFactory = _ => Text, HelpName = $"{Text}|{Json}" };
        format.AcceptOnlyFromAmong(Text, Json);
        var sources = new InputSwitches();
        Option<string?> @base = DevicetreeInput.BaseOption();
        var command = new Command("inspect",
            "Show what a Gunyah guest would find in a devicetree, and what 'gunyah check' finds odd about it.")
        {
            path, @base, format,
        };
        sources.AddSources(command);
        command.SetAction(result => Run(
            host, new DevicetreeInput(host, sources.Read(result)), result.GetRequiredValue(path), result.GetValue(@base),
            result.GetRequiredValue(format) == Json));
        return command;
    }

    private static int Run(ToolHost host, DevicetreeInput input, string path, string? baseName, bool json)
    {
        var printer = new CommandReport(host, "inspect");
        InputTree? @base = null;
        var diagnostics = new DiagnosticBag();
        int code;
        if (baseName is not null)
        {
            @base = input.LoadBase(baseName, diagnostics, out code);
            printer.Print(diagnostics, baseName);
            if (@base is null)
                return code;
            diagnostics = new();
        }
        InputTree? tree = input.Load(path, baseName, @base, diagnostics, out code);
        printer.Print(diagnostics, path);
        if (tree is null)
            return code;

        GuestPlatform platform = PlatformDiscovery.Discover(tree.Tree);
        var findings = new TreeFindings(path, tree.Places);
        if (platform.IsGunyahGuest)
            GunyahTreeCheck.Run(tree.Tree, platform, asked: null, findings);
        if (json)
            InspectionJson.Write(host.Output, path, tree.Tree, platform, findings.Items);
        else if (platform.IsGunyahGuest)
            InspectionText.Write(new PrintableWriter(host.Output), path, tree.Tree, platform, findings.Items);
        else
            host.Output.WriteLine($"{path}: this is not the devicetree of a Gunyah guest: {platform.Reason}");
        return platform.IsGunyahGuest ? ExitCodes.Good : ExitCodes.Findings;
    }
}
