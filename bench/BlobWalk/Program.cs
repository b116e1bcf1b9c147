using System.Diagnostics;
using System.Globalization;
using Devicetree.Flattened;

// Walks blobs with the library: every node, and of every property the name and the value. The peer is bench/Peers/libfdt-walk.c,
// which does the same with libfdt and prints the same line.
//   BlobWalk ROUNDS FILE…
if (args.Length < 2 || !int.TryParse(args[0], CultureInfo.InvariantCulture, out int rounds) || rounds < 1)
{
    Console.Error.WriteLine("BlobWalk ROUNDS FILE...");
    return 2;
}
byte[][] blobs = [.. args[1..].Select(File.ReadAllBytes)];
ulong nodes = 0, properties = 0, sum = 0;
// What the library needs once is made before the clock runs.
Walk(blobs[0]);
nodes = properties = sum = 0;
using var self = Process.GetCurrentProcess();
TimeSpan before = self.TotalProcessorTime;
long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
for (int round = 0; round < rounds; round++)
{
    foreach (byte[] blob in blobs)
        Walk(blob);
}
long allocated = GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
self.Refresh();
double time = (self.TotalProcessorTime - before).TotalNanoseconds;
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{nodes / (ulong)rounds} nodes {properties / (ulong)rounds} properties sum {sum / (ulong)rounds}: {time / properties:F3} ns a property"));
if (allocated > 0)
    Console.Error.WriteLine($"{allocated} bytes were allocated");
return allocated > 0 ? 1 : 0;

void Walk(byte[] blob)
{
    if (!FdtView.TryOpen(blob, out FdtView view, out FdtError? error))
        throw new InvalidDataException(error.ToString());
    FdtWalker walker = view.Walk();
    while (walker.Read())
    {
        if (walker.Tag == FdtTag.BeginNode)
        {
            ReadOnlySpan<byte> name = walker.Name;
            nodes++;
            sum += (uint)name.Length + (name.IsEmpty ? 0u : name[0]);
        }
        else if (walker.TryReadProperty(out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value, out _))
        {
            properties++;
            sum += (uint)value.Length + (name.IsEmpty ? 0u : name[0]) + (value.IsEmpty ? 0u : value[^1]);
        }
    }
}
