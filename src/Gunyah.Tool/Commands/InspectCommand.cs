using System.CommandLine;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Gunyah.Guest.Platform;
using Gunyah.Tool.Inspection;

namespace Gunyah.Tool.Commands;

/// <summary><c>gunyah inspect FILE.dtb|DIR</c>: what a guest would find in a devicetree.</summary>
internal static class InspectCommand
{
    private const string Text = "text";
    private const string Json = "json";

    public static Command Create(ToolHost host)
    {
        var path = new Argument<string>("FILE.dtb|DIR") { Description = "A devicetree blob or source, or a folder like /proc/device-tree." };
        var format = new Option<string>("--format") { Description = "How to print.", DefaultValueFactory = _ => Text };
        format.AcceptOnlyFromAmong(Text, Json);
        var command = new Command("inspect", "Tell what a Gunyah guest would find in a devicetree, and what is missing or odd.") { path, format };
        command.SetAction(result => Run(host, result.GetRequiredValue(path), result.GetRequiredValue(format) == Json));
        return command;
    }

    private static int Run(ToolHost host, string path, bool json)
    {
        if (new DevicetreeInput(host).Load(path, out int code) is not { } tree)
            return code;

        GuestPlatform platform = PlatformDiscovery.Discover(tree);
        if (json)
            InspectionJson.Write(host.Output, path, platform);
        else if (platform.IsGunyahGuest)
            InspectionText.Write(new PrintableWriter(host.Output), path, platform);
        else
            host.Output.WriteLine($"{path}: this is not the devicetree of a Gunyah guest: {platform.Reason}");
        return platform.IsGunyahGuest ? ExitCodes.Good : ExitCodes.Findings;
    }
}
