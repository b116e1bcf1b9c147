using Devicetree.Tool;
using Devicetree.Tool.Commands;

// The name under which the program was started: a link called dtc makes it dtc.
string name = Path.GetFileName(Environment.GetCommandLineArgs()[0]);
return DtProgram.Run(name, args, ProcessHost.Create());
