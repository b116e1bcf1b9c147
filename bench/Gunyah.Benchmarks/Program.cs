using BenchmarkDotNet.Running;
using Gunyah.Benchmarks.SideBySide;

if (args is [ThreadContest.ChildArgument])
    return ThreadContest.RunChild();
if (args is ["side-by-side", .. string[] subjects])
    return Subjects.Run(subjects);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
