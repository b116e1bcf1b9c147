using Devicetree.Text.Programs;
using Devicetree.Tool;
using Devicetree.Tool.Commands;

HeapPages.AskForLargeOne();
ToolHost host = ProcessHost.Create();
new ProgramEdge("dt", host.Variable).WatchThreads(host.Error);
return DtProgram.Run(ProcessHost.Name(), args, host);
