using Devicetree.Text.Programs;
using Devicetree.Tool;
using Devicetree.Tool.Commands;

// The name under which the program was started: a link called dtc makes it dtc.
string name = Path.GetFileName(Environment.GetCommandLineArgs()[0]);
ToolHost host = ProcessHost.Create();
new ProgramEdge("dt", host.Variable).WatchThreads(host.Error);
return DtProgram.Run(name, args, host);
