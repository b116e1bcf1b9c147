using System.Runtime.InteropServices;
using Devicetree.Text.Programs;
using Gunyah.Tool;
using Gunyah.Tool.Commands;

StandardStream.OccupyClosed();
using Stream error = StandardStream.OpenError();
new ProgramEdge(GunyahProgram.Name, Environment.GetEnvironmentVariable).WatchThreads(error);
using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return GunyahProgram.Run(args, StandardStream.OpenOutput(), error, Environment.GetEnvironmentVariable, ConsoleHost.Create, stop);

void Stop(PosixSignalContext context)
{
    // The first one ends the run in an orderly way; a second one ends the process.
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}
