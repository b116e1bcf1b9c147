using System.CommandLine;
using Devicetree.Fuzz;

var target = new Option<string[]>("--target")
{
    Description = "Which input to attack; all of them when absent.",
    HelpName =
    string.Join('|', Targets.All.Select(each => each.Name))
};
target.AcceptOnlyFromAmong([.. Targets.All.Select(each => each.Name)]);
var cases = new Option<long?>("--cases") { Description = "How many cases; the target's long run when absent." };
var first = new Option<long>("--first") { Description = "The number of the first case." };
var seed = new Option<int?>("--seed") { Description = "The seed; one of the clock when absent." };
var directory = new Option<string>("--out")
{ Description = "Where the input of a defect is written.", DefaultValueFactory = _ => "." };
var command = new RootCommand(
    "Attacks everything that takes bytes from strangers: devicetrees, and the code of guests. Ends with 1 at the first defect.")
        { target, cases, first, seed, directory };
command.SetAction(result =>
{
    int number = result.GetValue(seed) ?? (int)(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() & int.MaxValue);
    string[] names = result.GetValue(target) is { Length: > 0 } given ? given : [.. Targets.All.Select(each => each.Name)];
    foreach (FuzzTarget each in Targets.All.Where(each => names.Contains(each.Name)))
    {
        if (!new FuzzRun(each, number, Console.Out, result.GetRequiredValue(directory)).Run(result.GetValue(first),
            result.GetValue(cases) ?? each.Cases))
            return 1;
    }
    return 0;
});
return command.Parse(args).Invoke();
