using System.CommandLine;
using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Programs;

namespace Devicetree.Tool.Verbs.Setup;

/// <summary>
/// <c>dt man DIR</c>: writes manual pages, one for the program and one for each verb, from the declarations of its options.
/// </summary>
internal static class ManVerb
{
    /// <summary>Declares the verb.</summary>
    /// <param name="console">The outside.</param>
    /// <param name="root">The command that is described.</param>
    public static Command Create(VerbConsole console, Command root)
    {
        var directory = new Argument<string>("DIR") { Description = "Where the pages go; created if it is missing." };
        var command = new Command("man", "Write manual pages: dt.1, and dt-VERB.1 for each verb.") { directory };
        command.SetAction(result => Run(console, ManPages.Of(root), result.GetRequiredValue(directory)));
        return command;
    }

    private static int Run(VerbConsole console, IReadOnlyDictionary<string, string> pages, string directory)
    {
        try
        {
            Directory.CreateDirectory(console.Host.FullPath(directory));
        }
        catch (Exception refusal) when (OutputFailedException.IsRefusal(refusal))
        {
            return console.Fail($"cannot make {directory}: {OutputFailedException.ReasonOf(refusal)}");
        }
        foreach ((string name, string text) in pages)
        {
            string path = Path.Combine(directory, name);
            int code = console.Write(path, Encoding.UTF8.GetBytes(text));
            if (code != ExitCodes.Good)
                return code;
            console.Output.WriteLine(console.Piece(path));
        }
        return ExitCodes.Good;
    }
}
