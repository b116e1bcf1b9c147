using Gunyah.Tool;
using Gunyah.Tool.Commands;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    // The first Ctrl+C ends the run in an orderly way; a second one ends the process.
    pressed.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};
return GunyahCommand.Run(args, ConsoleHost.Create(), stop.Token);
