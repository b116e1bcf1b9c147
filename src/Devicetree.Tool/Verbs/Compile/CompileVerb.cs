using System.CommandLine;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary><c>dt compile [-o OUT|--out-dir DIR] FILE…</c>: sources to blobs, preprocessor included.</summary>
internal static class CompileVerb
{
    public static Command Create(VerbConsole console)
    {
        var switches = new CompileSwitches();
        var command = new Command(
            "compile", "Compile devicetree sources to blobs: the same bytes as 'cpp | dtc', many files at once on all cores.");
        switches.AddTo(command);
        command.SetAction(result =>
        {
            if (switches.TryRead(result, console.Host, out CompileOptions? options, out string? problem))
                return CompileRun.Run(console, options);
            return console.Misused("compile", problem);
        });
        return command;
    }
}
