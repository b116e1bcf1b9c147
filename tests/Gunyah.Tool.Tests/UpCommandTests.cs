using System.Text.Json;
using Devicetree;
using Devicetree.Flattened;
using Gunyah.Abi.Programs;
using Gunyah.Guest.Kernel;
using Gunyah.Machine.Programs;

namespace Gunyah.Tool.Tests;

public sealed class UpCommandTests : IDisposable
{
    private readonly TestHost _host = new() { Programs = Programs };

    private static ProgramRegistry Programs { get; } = ProgramRegistry.BuiltIn
        .With("throws", static () => new GuestKernel(static _ => throw new InvalidOperationException("its own bug")))
        .With("spins", static () => new SpinningProgram());

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Without_a_file_the_example_runs_and_tells_its_story()
    {
        Assert.Equal(0, _host.Run("up", "--messages", "50"));

        Assert.Equal("", _host.Error);
        string[] steps =
        [
            "primary is running", "identifies Gunyah", "finds the Resource Manager at /hypervisor/gunyah-resource-mgr@",
            "VM_ALLOCATE",
            "learns of a new pair of queues", "echo is running", "finds its queues", "sent 48 of 50", "stops echo",
            "echo is exited",
            "VM_DEALLOCATE", "100 messages exchanged", "Message queues", "echo:1 primary->echo", "Left behind: no capability",
            "two-vms: good after",
        ];
        int place = 0;
        foreach (string step in steps)
        {
            int found = _host.Output.IndexOf(step, place, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{step}' is not in the rest of\n{_host.Output[place..]}");
            place = found;
        }
    }

    [Fact]
    public void The_same_seed_prints_the_same_text_and_writes_the_same_events()
    {
        Assert.Equal(0, _host.Run("up", "--messages", "50", "--seed", "42", "--events", "a.jsonl"));
        string first = _host.Output;
        Assert.Equal(0, _host.Run("up", "--messages", "50", "--seed", "42", "--events", "b.jsonl"));
        Assert.Equal(0, _host.Run("up", "--messages", "50", "--seed", "43", "--events", "c.jsonl"));

        byte[] a = File.ReadAllBytes(_host.PathOf("a.jsonl"));
        Assert.NotEqual(first, _host.Output);
        Assert.Equal(a, File.ReadAllBytes(_host.PathOf("b.jsonl")));
        Assert.NotEqual(a, File.ReadAllBytes(_host.PathOf("c.jsonl")));
        Assert.All(File.ReadLines(_host.PathOf("a.jsonl")), line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void The_summary_as_JSON_is_all_there_is_on_standard_output()
    {
        Assert.Equal(0, _host.Run("up", "--seed", "1", "--messages", "50", "--summary", "json"));

        using JsonDocument summary = JsonDocument.Parse(_host.Output);
        JsonElement root = summary.RootElement;
        Assert.True(root.GetProperty("good").GetBoolean());
        Assert.Equal("completed", root.GetProperty("end").GetString());
        Assert.Equal(0, root.GetProperty("leftBehind").GetArrayLength());
        JsonElement queue = root.GetProperty("queues").EnumerateArray()
            .Single(q => q.GetProperty("name").GetString() == "echo:1 primary->echo");
        Assert.Equal(50, queue.GetProperty("sent").GetInt32());
        Assert.Equal(50, queue.GetProperty("received").GetInt32());
    }

    [Theory]
    [InlineData("v6")]
    [InlineData("upstream")]
    [InlineData("qcom")]
    public void A_dump_holds_trees_that_inspect_understands(string dialect)
    {
        Assert.Equal(0, _host.Run("up", "--seed", "1", "--messages", "10", "--dialect", dialect, "--dump", "out"));

        Assert.Equal(
            ["echo.dtb", "echo.dtbo", "primary.dtb", "primary.dtbo"],
            Directory.EnumerateFiles(_host.PathOf("out")).Select(Path.GetFileName).Order());
        Assert.Equal(0, _host.Run("inspect", "out/primary.dtb", "--format", "json"));
        using JsonDocument primary = JsonDocument.Parse(_host.Output);
        Assert.Equal(dialect, primary.RootElement.GetProperty("dialect").GetString());
        // In the dialect qcom the tree has what the open-source Resource Manager writes against the rules.
        Assert.All(
            primary.RootElement.GetProperty("findings").EnumerateArray(),
            finding => Assert.StartsWith("GUN10", finding.GetProperty("rule").GetString(), StringComparison.Ordinal));
        Assert.Equal(0, _host.Run("inspect", "out/echo.dtb", "--format", "json"));
        using JsonDocument echo = JsonDocument.Parse(_host.Output);
        Assert.Equal(1, echo.RootElement.GetProperty("messageQueuePairs").GetArrayLength());
    }

    [Fact]
    public void A_machine_file_names_a_board_beside_it()
    {
        Directory.CreateDirectory(_host.PathOf("lab"));
        File.WriteAllBytes(_host.PathOf("lab/board.dtb"), FdtWriter.Write(Board("lab,board")));
        _host.Write("lab/m.yaml", "devicetree: board.dtb\nvms: [{name: a}]\nexchange: {messages: 5}\nseed: 1\n");

        Assert.Equal(0, _host.Run("up", "lab/m.yaml", "--dump", "out"));
        Assert.True(FdtReader.TryRead(File.ReadAllBytes(_host.PathOf("out/primary.dtb")), out Tree? tree, out _));
        Assert.True(tree.Root.IsCompatible("lab,board"));
    }

    [Fact]
    public void The_command_line_goes_before_the_file()
    {
        _host.Write("m.yaml", "dialect: qcom\nseed: 9\nvms: [{name: a, queue: {size: 64}}]\nexchange: {messages: 5, size: 64}\n");

        Assert.Equal(0, _host.Run("up", "m.yaml", "--dialect", "upstream", "--messages", "7", "--size", "1000", "--profile",
            "reference", "--summary", "json"));
        using JsonDocument summary = JsonDocument.Parse(_host.Output);
        Assert.Equal(14, summary.RootElement.GetProperty("results")[0].GetProperty("value").GetInt32());
        Assert.Equal(9, summary.RootElement.GetProperty("seed").GetInt32());
    }

    [Theory]
    [InlineData("up", "--mesages", "5")]
    [InlineData("up", "--mesages")]
    [InlineData("up", "--mesages=5")]
    [InlineData("up", "-q")]
    [InlineData("up", "--events", "--sumary")]
    [InlineData("check", "--strict")]
    [InlineData("check", "--strict", "a.dtb")]
    [InlineData("check", "a.dtb", "-x")]
    [InlineData("inspect", "--json")]
    [InlineData("up", "--messages", "-1")]
    [InlineData("up", "--messages", "many")]
    [InlineData("up", "--messages")]
    [InlineData("up", "--size", "0")]
    [InlineData("up", "--size", "1024")]
    [InlineData("up", "--seed", "x")]
    [InlineData("up", "--dialect", "v7")]
    [InlineData("up", "--profile", "loose")]
    [InlineData("up", "--summary", "xml")]
    [InlineData("up", "--dump", "-")]
    [InlineData("up", "--timeout", "10")]
    [InlineData("up", "--timeout", "0s")]
    [InlineData("up", "a.yaml", "b.yaml")]
    [InlineData("down")]
    [InlineData("inspect")]
    [InlineData("inspect", "a", "--format", "xml")]
    public void Wrong_usage_is_code_2_with_a_hint(params string[] args)
    {
        Assert.Equal(2, _host.Run(args));

        Assert.Equal("", _host.Output);
        Assert.StartsWith("gunyah: ", _host.Error, StringComparison.Ordinal);
        Assert.Contains("--help'", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_called_like_an_option_stands_after_two_hyphens()
    {
        _host.Write("--mesages", "nothing: here\n");
        Assert.Equal(1, _host.Run("up", "--", "--mesages"));
        Assert.Contains("--mesages:1:1: error GM0003", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_a_result()
    {
        Assert.Equal(0, _host.Run("up", "--help"));
        Assert.Contains("--devicetree", _host.Output, StringComparison.Ordinal);
        Assert.Equal("", _host.Error);
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error_of_the_input()
    {
        Assert.Equal(1, _host.Run("up", "no.yaml"));
        Assert.StartsWith("error GT0001: there is no file or directory 'no.yaml'", _host.Error, StringComparison.Ordinal);
        Assert.Equal(1, _host.Run("up", "--devicetree", "no.dtb"));
        Assert.Equal(1, _host.Run("up", "--devicetree", "no/such/directory.dtb"));
    }

    [Fact]
    public void A_file_that_is_there_but_cannot_be_read_is_code_3()
    {
        Assert.Equal(3, _host.Run("up", "."));
        Assert.StartsWith("gunyah: cannot read .: ", _host.Error, StringComparison.Ordinal);
        Assert.Equal(3, _host.Run("up", ""));
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_code_3()
    {
        Assert.Equal(3, _host.Run("up", "--seed", "1", "--messages", "1", "--events", "no/such/directory.jsonl"));
        Assert.StartsWith("gunyah: cannot write no/such/directory.jsonl: ", _host.Error, StringComparison.Ordinal);
        _host.Write("file", "");
        Assert.Equal(3, _host.Run("up", "--seed", "1", "--messages", "1", "--dump", "file"));
        Assert.StartsWith("gunyah: cannot write file: ", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_cannot_be_written_is_reported_before_the_run()
    {
        _host.Write("file", "");
        Directory.CreateDirectory(_host.PathOf("full/echo.dtbo"));
        _host.Write("full/primary.dtb", "old");
        foreach (string directory in (string[])["file", "file/under", "full"])
        {
            Assert.Equal(3, _host.Run("up", "--seed", "1", "--dump", directory, "--events", "e.jsonl"));
            Assert.Equal("", _host.Output);
            Assert.StartsWith($"gunyah: cannot write {directory}: ", _host.Error, StringComparison.Ordinal);
        }
        Assert.Equal("old", File.ReadAllText(_host.PathOf("full/primary.dtb")));
        Assert.False(File.Exists(_host.PathOf("e.jsonl")));
        Assert.Equal(3, _host.Run("up", "--seed", "1", "--events", "full"));
        Assert.Equal("", _host.Output);
    }

    [Fact]
    public void Events_go_to_the_standard_output_and_then_nothing_else_does()
    {
        string[] run = ["up", "--messages", "5", "--seed", "3", "--events"];
        Assert.Equal(0, _host.Run([.. run, "e.jsonl"]));
        string story = _host.Output;

        Assert.Equal(0, _host.Run([.. run, "-"]));

        Assert.Equal(File.ReadAllText(_host.PathOf("e.jsonl")), _host.Output);
        Assert.Equal(story, _host.Error);
        Assert.False(File.Exists(_host.PathOf("-")));
    }

    [Fact]
    public void The_summary_calls_VMs_by_the_names_of_the_file()
    {
        _host.Write("m.yaml", "seed: 1\nvms: [{name: first}, {name: second}]\nexchange: {messages: 5}\n");

        Assert.Equal(0, _host.Run("up", "m.yaml"));
        string table = _host.Output[_host.Output.IndexOf("VMs", StringComparison.Ordinal)..];
        Assert.Matches(@"first +\d+ +ran well, given back +1", table);
        Assert.Matches(@"second +\d+ +ran well, given back +1", table);
        Assert.Contains("primary: 20 messages exchanged", table, StringComparison.Ordinal);

        Assert.Equal(0, _host.Run("up", "m.yaml", "--summary", "json"));
        using JsonDocument summary = JsonDocument.Parse(_host.Output);
        Assert.Equal(
            ["primary", "first", "second"],
            summary.RootElement.GetProperty("vms").EnumerateArray().Select(static vm => vm.GetProperty("name").GetString()));
        Assert.Equal("primary", summary.RootElement.GetProperty("results")[0].GetProperty("vm").GetString());
    }

    [Fact]
    public void A_wrong_machine_file_is_code_1_and_says_where()
    {
        _host.Write("m.yaml", "vms: [{name: a}]\ndialact: v6\nrounds: 0\n");

        Assert.Equal(1, _host.Run("up", "m.yaml"));
        Assert.Equal("", _host.Output);
        Assert.Equal(
            """
            m.yaml:2:1: error GM0003: unknown key 'dialact'
                2 | dialact: v6
                  | ^~~~~~~
                help: Did you mean 'dialect'?
            m.yaml:3:9: error GM0008: 'rounds' is 0, which is outside 1 to 1000000
                3 | rounds: 0
                  |         ^
                help: Write a value from 1 to 1000000

            """,
            _host.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void A_wrong_devicetree_source_is_code_1_and_says_where()
    {
        _host.Write("b.dts", "/dts-v1/;\n/ {\n\tfoo = <&missing>;\n};\n");

        Assert.Equal(1, _host.Run("up", "--devicetree", "b.dts"));
        Assert.Contains("b.dts:3:", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_blob_is_code_1_and_says_at_which_offset()
    {
        File.WriteAllBytes(_host.PathOf("b.dtb"), FdtWriter.Write(Board("a,b"))[..100]);

        Assert.Equal(1, _host.Run("up", "--devicetree", "b.dtb"));
        Assert.Contains("b.dtb: ", _host.Error, StringComparison.Ordinal);
        Assert.Contains("at offset 0x", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_board_that_has_a_hypervisor_already_is_code_1_with_one_diagnostic()
    {
        Tree board = Board("a,b");
        board.Root.AddChild("hypervisor");
        File.WriteAllBytes(_host.PathOf("b.dtb"), FdtWriter.Write(board));

        Assert.Equal(1, _host.Run("up", "--devicetree", "b.dtb"));
        Assert.Contains("error GM0103: ", _host.Error, StringComparison.Ordinal);
        Assert.Single(_host.Error.Split("error GM")[1..]);
    }

    [Fact]
    public void A_VM_that_fails_is_code_1_and_the_summary_comes_all_the_same()
    {
        _host.Write("m.yaml", "seed: 1\nvms: [{name: a, program: throws}]\n");

        Assert.Equal(1, _host.Run("up", "m.yaml"));
        Assert.Contains("its own bug", _host.Error, StringComparison.Ordinal);
        Assert.Contains("completed with failures", _host.Output, StringComparison.Ordinal);
        Assert.Contains("Left behind: no capability", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_that_never_ends_is_stopped_by_the_time_out()
    {
        _host.Write("m.yaml", "primary: {program: spins}\nvms: [{name: a}]\n");

        Assert.Equal(1, _host.Run("up", "m.yaml", "--timeout", "50ms"));
        Assert.Contains("error GM0105: ", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)] // Before the machine began, as it may be on a slow host.
    [InlineData(50)]
    public void A_machine_is_stopped_by_the_user(int milliseconds)
    {
        _host.Write("m.yaml", "primary: {program: spins}\nvms: [{name: a}]\n");
        using var stop = new CancellationTokenSource(milliseconds);

        Assert.Equal(1, _host.Run(stop.Token, "up", "m.yaml"));
        Assert.Contains("error GM0106: ", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Colours_come_only_where_they_are_wanted()
    {
        Assert.Equal(0, _host.Run("up", "--seed", "1", "--messages", "1"));
        Assert.DoesNotContain('\e', _host.Output);

        using var colored = new TestHost { Color = true };
        Assert.Equal(0, colored.Run("up", "--seed", "1", "--messages", "1"));
        Assert.Contains('\e', colored.Output);
    }

    private static Tree Board(string compatible)
    {
        using var host = new TestHost();
        Assert.Equal(0, host.Run("up", "--seed", "1", "--messages", "0", "--dump", "out"));
        Assert.True(FdtReader.TryRead(File.ReadAllBytes(host.PathOf("out/primary.dtb")), out Tree? tree, out _));
        tree.Root.RemoveChild("hypervisor");
        tree.Root.SetString("compatible", compatible);
        return tree;
    }

    private sealed class SpinningProgram : IVcpuProgram
    {
        public VcpuStep Run(IVcpu vcpu, int budget) => VcpuStep.Yield;
    }
}
