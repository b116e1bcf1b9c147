using System.Diagnostics;
using System.Text;

namespace Devicetree.Tool.Tests.Outside;

/// <summary>What is there already where a file is to be written.</summary>
public sealed class TargetTests : IDisposable
{
    private const string Loose = "/dts-v1/;\n/ { a=<1>; };\n";
    private const string Laid = "/dts-v1/;\n\n/ {\n\ta = <1>;\n};\n";

    private readonly TestHost _host = new();

    public TargetTests() => _host.Write("a.dts", Loose);

    /// <summary>Everything that writes one file, <c>@</c> for its name; the inputs are <c>a.dts</c> and <c>a.dtb</c>.</summary>
    public static TheoryData<string> Writers =>
    [
        "compile -o @ a.dts", "decompile -o @ a.dtb", "overlay a.dtb o.dtbo -o @", "compile -o x.dtb -d @ a.dts",
        "dtc -o @ a.dts",
        "dtc -I dtb -O dts -o @ a.dtb", "dtc -o x.dtb -d @ a.dts", "fdtoverlay -i a.dtb -o @ o.dtbo",
    ];

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Writers))]
    public void A_device_node_stays_one(string line)
    {
        Prepare();
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root makes device nodes");
        Assert.SkipUnless(Shell($"mknod {_host.PathOf("null")} c 1 3"), "no device nodes can be made here");
        Assert.Equal(0, Dt(line, "null"));
        Assert.Equal("character special file", Status("null", "%F"));
    }

    [Theory, MemberData(nameof(Writers))]
    public async Task The_reader_of_a_pipe_gets_everything(string line)
    {
        Prepare();
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no named pipes in the file system");
        Assert.Equal(0, Dt(line, "file"));
        Assert.True(Shell($"mkfifo {_host.PathOf("pipe")}"));
        // A thread of its own: the writer below waits for it, whatever the other tests do with those of the pool.
        Task<byte[]> reader = Task.Factory.StartNew(() => File.ReadAllBytes(_host.PathOf("pipe")),
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.Equal(0, Dt(line, "pipe"));
        byte[] expected = Encoding.UTF8.GetBytes(
            Encoding.UTF8.GetString(_host.Read("file")).Replace("file", "pipe", StringComparison.Ordinal));
        byte[] got = await reader.WaitAsync(Hanging.Limit, TestContext.Current.CancellationToken);
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(got));
        Assert.Equal("fifo", Status("pipe", "%F"));
    }

    [Theory, MemberData(nameof(Writers))]
    public void A_link_stays_one_and_its_file_is_written(string line)
    {
        Prepare();
        Assert.Equal(0, Dt(line, "file"));
        byte[] expected = _host.Read("file");
        _host.Write("elsewhere/real", "old, and longer than what is written " + new string('x', 10_000));
        File.CreateSymbolicLink(_host.PathOf("file.link"), _host.PathOf("elsewhere/real"));
        File.Delete(_host.PathOf("file"));
        File.Move(_host.PathOf("file.link"), _host.PathOf("file"));
        Assert.Equal(0, Dt(line, "file"));
        Assert.NotNull(new FileInfo(_host.PathOf("file")).LinkTarget);
        Assert.Equal(expected, _host.Read("elsewhere/real"));
    }

    [Theory, MemberData(nameof(Writers))]
    public void A_replaced_file_keeps_its_owner_and_its_rights(string line)
    {
        Prepare();
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "only root gives files away");
        _host.Write("file", "old");
        Assert.True(Shell($"chown 65534:65533 {_host.PathOf("file")} && chmod 0640 {_host.PathOf("file")}"));
        Assert.Equal(0, Dt(line, "file"));
        Assert.Equal("65534:65533 640", Status("file", "%u:%g %a"));
    }

    [Fact]
    public void A_replaced_file_keeps_its_rights_when_it_is_laid_out()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "rights are those of Unix");
        Assert.True(Shell($"chmod 0600 {_host.PathOf("a.dts")}"));
        Assert.Equal(0, _host.Dt("format", "-w", "a.dts"));
        Assert.Equal("600", Status("a.dts", "%a"));
        Assert.Equal(Laid, Encoding.UTF8.GetString(_host.Read("a.dts")));
    }

    [Fact]
    public void A_link_to_a_source_stays_one_when_it_is_laid_out()
    {
        File.CreateSymbolicLink(_host.PathOf("link.dts"), "a.dts");
        Assert.Equal(0, _host.Dt("format", "-w", "link.dts"));
        Assert.Equal("a.dts", new FileInfo(_host.PathOf("link.dts")).LinkTarget);
        Assert.Equal(Laid, Encoding.UTF8.GetString(_host.Read("a.dts")));
    }

    [Fact]
    public void A_file_with_the_longest_of_names_is_written()
    {
        string name = new string('n', 251) + ".dtb";
        Assert.Equal(0, _host.Dt("compile", "-o", name, "a.dts"));
        Assert.NotEmpty(_host.Read(name));
    }

    [Fact]
    public void What_cannot_be_written_leaves_nothing_behind()
    {
        Directory.CreateDirectory(_host.PathOf("directory"));
        Assert.Equal(3, _host.Dt("compile", "-o", "directory", "a.dts"));
        Assert.Equal("dt: cannot write directory: it is a directory\n", _host.Error);
        Assert.Equal(3, _host.Dt("compile", "-o", "nothere/a.dtb", "a.dts"));
        Assert.Equal("dt: cannot write nothere/a.dtb: no such file or directory\n", _host.Error);
        Assert.Equal(["a.dts", "directory"], Directory.EnumerateFileSystemEntries(_host.Directory).Select(Path.GetFileName)
            .Order());
    }

    private void Prepare()
    {
        _host.Write("o.dtso", "/dts-v1/;\n/plugin/;\n&{/} { b = <2>; };\n");
        Assert.Equal(0, _host.Dt("compile", "-o", "a.dtb", "a.dts"));
        Assert.Equal(0, _host.Dt("compile", "-o", "o.dtbo", "o.dtso"));
    }

    private int Dt(string line, string target) => _host.Dt(line.Replace("@", target, StringComparison.Ordinal).Split(' '));

    private string Status(string name, string format)
    {
        using Process process =
            Process.Start(new ProcessStartInfo("stat", ["-c", format, _host.PathOf(name)]) { RedirectStandardOutput = true })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.TrimEnd();
    }

    private static bool Shell(string command)
    {
        using Process process = Process.Start("sh", ["-c", command]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
