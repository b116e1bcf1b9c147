using System.Diagnostics;
using System.Runtime.InteropServices;
using Gunyah.Aarch64.Tests.Harness;

namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>The peer itself: what it says is all that it has to say.</summary>
public sealed class QemuUserTests
{
    private const int Entry = 0x1000;
    private const int More = 0x2_0000;
    private const int Tries = 50;

    [Fact]
    public void A_process_that_was_stopped_and_goes_on_still_writes_everything()
    {
        Peers.Require(QemuUser.IsInstalled, "qemu-user");
        var image = new byte[BareCore.RamSize];
        new Random(1).NextBytes(image);
        uint[] program = [.. QemuUser.Write(BareCore.RamBase, More), .. QemuUser.Exit];
        MemoryMarshal.AsBytes<uint>(program).CopyTo(image.AsSpan(Entry));

        // More than a pipe holds, so that it waits in the middle of a write.
        (byte[] output, int status) = QemuUser.Run(image, Entry, static process =>
        {
            for (int i = 0; i < Tries && StateOf(process) != 'S'; i++)
                Thread.Sleep(10);
            foreach (string signal in (string[])["STOP", "CONT"])
                Process.Start("kill", [$"-{signal}", $"{process.Id}"]).WaitForExit();
        });

        Assert.Equal(0, status);
        Assert.True(output.AsSpan().SequenceEqual(image.AsSpan(0, More)));
    }

    private static char StateOf(Process process)
    {
        string text = File.ReadAllText($"/proc/{process.Id}/stat");
        return text[text.LastIndexOf(')') + 2];
    }
}
