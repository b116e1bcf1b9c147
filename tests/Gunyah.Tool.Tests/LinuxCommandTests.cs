using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Gunyah.Machine.Tests.Running;

namespace Gunyah.Tool.Tests;

public sealed class LinuxCommandTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Theory]
    [InlineData]
    [InlineData("--seed", "5")]
    [InlineData("--append", "-- smoke a")]
    [InlineData("--append=-- smoke a")]
    [InlineData("--memory", "8MiB", "--vcpus", "2", "--dialect", "v6", "--append", "quiet")]
    public void The_console_is_the_standard_output_and_power_off_ends_with_0(params string[] options)
    {
        Kernel("hello\nlast", BareMetalCode.SystemOff);

        Assert.Equal(0, _host.Run(["linux", "kernel", .. options]));
        Assert.Equal("hello\nlast", _host.Bytes);
        Assert.Equal(("", ""), (_host.Output, _host.Error));
    }

    [Theory]
    [InlineData("disk.img", 0)]
    [InlineData("disk.img,read", 0)]
    [InlineData("disk.img,other", 1)]
    [InlineData("disk.img,discard", 0)]
    public void A_disk_is_a_file_and_perhaps_what_becomes_of_writes(string disk, int code)
    {
        Kernel("hello\n", BareMetalCode.SystemOff);
        File.WriteAllBytes(_host.PathOf("disk.img"), new byte[1024]);
        Assert.Equal(code, _host.Run("linux", "kernel", "--disk", disk));
        if (code != 0)
            Assert.Contains("GT0001", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_cannot_be_a_disk_is_told_and_nothing_runs()
    {
        Kernel("hello\n", BareMetalCode.SystemOff);
        File.WriteAllBytes(_host.PathOf("disk.img"), new byte[1025]);
        Assert.Equal(3, _host.Run("linux", "kernel", "--disk", "disk.img"));
        Assert.Contains("a whole number of sectors", _host.Error, StringComparison.Ordinal);
        Assert.Equal("", _host.Bytes);
    }

    [Fact]
    public void A_port_that_is_taken_is_told_and_nothing_runs()
    {
        Kernel("hello\n", BareMetalCode.SystemOff);
        var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        string port = $"{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.Equal(3, _host.Run("linux", "kernel", "--gdb", port));
        taken.Stop();
        Assert.StartsWith("gunyah: cannot listen for GDB: ", _host.Error, StringComparison.Ordinal);
        Assert.Equal("", _host.Bytes);
    }

    [Fact]
    public void A_VM_that_waits_for_a_debugger_ends_with_its_time()
    {
        Kernel("hello\n", BareMetalCode.SystemOff);
        Assert.Equal(1, _host.Run("linux", "kernel", "--gdb", "0", "--timeout", "100ms"));
        Assert.StartsWith("gunyah: waits for GDB: target remote localhost:", _host.Error, StringComparison.Ordinal);
        Assert.Equal("", _host.Bytes);
    }

    [Fact]
    public void A_reset_ends_with_1_and_the_last_lines()
    {
        Kernel(string.Concat(Enumerable.Range(1, 60).Select(static line => $"{line}\n")), BareMetalCode.SystemReset);

        Assert.Equal(1, _host.Run("linux", "kernel", "--seed", "1"));
        string[] lines = _host.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("Last lines of the console (50):", lines[0]);
        Assert.Equal("  11", lines[1]);
        Assert.Equal("  60", lines[50]);
        Assert.Contains("GM0114", lines[51], StringComparison.Ordinal);
    }

    [Fact]
    public void A_panic_is_told_in_the_kernels_words()
    {
        Kernel("[    1.0] Kernel panic - not syncing: no root\n", BareMetalCode.SystemReset);
        Assert.Equal(1, _host.Run("linux", "kernel", "--seed", "1"));
        Assert.Contains(
            "GM0115: the kernel reports: Kernel panic - not syncing: no root", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--seed", "1")]
    public void A_kernel_that_stays_after_its_panic_is_stopped(params string[] options)
    {
        Kernel("Kernel panic - not syncing: x\n---[ end Kernel panic - not syncing: x ]---\n", call: 0);
        Assert.Equal(1, _host.Run(["linux", "kernel", .. options]));
        Assert.Contains("GM0115", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_that_runs_on_is_stopped_after_the_time()
    {
        Kernel("for ever\n", call: 0);
        Assert.Equal(1, _host.Run("linux", "kernel", "--timeout", "100ms", "--seed", "1"));
        Assert.Contains("  for ever\n", _host.Error, StringComparison.Ordinal);
        Assert.Contains("GM0105", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_go_to_their_file_and_the_same_seed_repeats_them()
    {
        Kernel("a\nb\n", BareMetalCode.SystemOff);
        File.WriteAllText(_host.PathOf("added"), "contents");
        string[] run = ["linux", "kernel", "--add", "added", "--add", ".", "--seed", "9", "--events"];
        Directory.CreateDirectory(_host.PathOf("out"));
        Assert.Equal(0, _host.Run([.. run, "out/a.jsonl"]));
        byte[] first = File.ReadAllBytes(_host.PathOf("out/a.jsonl"));
        Directory.Delete(_host.PathOf("out"), recursive: true);
        Directory.CreateDirectory(_host.PathOf("out"));
        Assert.Equal(0, _host.Run([.. run, "out/a.jsonl"]));

        Assert.Equal(first, File.ReadAllBytes(_host.PathOf("out/a.jsonl")));
        Assert.All(File.ReadLines(_host.PathOf("out/a.jsonl")), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void The_devicetree_that_the_kernel_was_given_can_be_kept()
    {
        Kernel("hello\n", BareMetalCode.SystemOff);
        Assert.Equal(0, _host.Run("linux", "kernel", "--dialect", "upstream", "--dump", "out/trees"));
        Assert.Equal("hello\n", _host.Bytes);
        Assert.Equal(0, _host.Run("inspect", "out/trees/primary.dtb"));
        Assert.Contains("upstream", _host.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "linux", "nothing")]
    [InlineData(1, "linux", "kernel", "--initrd", "nothing")]
    [InlineData(1, "linux", "kernel", "--add", "nothing")]
    [InlineData(3, "linux", ".")]
    [InlineData(3, "linux", "kernel", "--add", "/dev/null")]
    [InlineData(3, "linux", "kernel", "--events", "no/such/file")]
    [InlineData(2, "linux")]
    [InlineData(2, "linux", "kernel", "--memory", "1")]
    [InlineData(2, "linux", "kernel", "--memory", "much")]
    [InlineData(2, "linux", "kernel", "--vcpus", "9")]
    [InlineData(2, "linux", "kernel", "--dialect", "v7")]
    [InlineData(2, "linux", "kernel", "--events", "-")]
    [InlineData(2, "linux", "kernel", "--dump", "-")]
    [InlineData(3, "linux", "kernel", "--dump", "kernel")]
    [InlineData(2, "linux", "kernel", "--disk")]
    [InlineData(2, "linux", "kernel", "--append", "--vcpu")]
    [InlineData(2, "linux", "kernel", "more")]
    public void What_cannot_be_done_is_said_before_anything_runs(int code, params string[] args)
    {
        Kernel("never", BareMetalCode.SystemOff);
        Assert.Equal(code, _host.Run(args));
        Assert.Equal(("", ""), (_host.Output, _host.Bytes));
        Assert.NotEqual("", _host.Error);
    }

    [Fact]
    public void A_file_that_is_no_kernel_is_refused_with_its_place()
    {
        File.WriteAllBytes(_host.PathOf("zeros"), new byte[100]);
        Assert.Equal(1, _host.Run("linux", "zeros"));
        Assert.Contains("error GM0112: the kernel 'zeros' cannot be used: at offset 0, ", _host.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_file_runs_a_kernel_beside_it()
    {
        Directory.CreateDirectory(_host.PathOf("lab"));
        File.WriteAllBytes(_host.PathOf("lab/kernel"), BareMetalCode.Print("from the file\n", BareMetalCode.SystemOff));
        _host.Write("lab/m.yaml", "primary: {kernel: kernel, memory: 16MiB}\nseed: 1\n");

        Assert.Equal(0, _host.Run("up", "lab/m.yaml"));
        Assert.Contains("from the file", _host.Output, StringComparison.Ordinal);
        _host.Write("lab/m.yaml", "primary: {kernel: none}\n");
        Assert.Equal(1, _host.Run("up", "lab/m.yaml"));
        Assert.Contains("GT0001", _host.Error, StringComparison.Ordinal);
    }

    private void Kernel(string text, ulong call) =>
        File.WriteAllBytes(_host.PathOf("kernel"), BareMetalCode.Print(text, call));
}
