using System.Buffers.Binary;
using System.Diagnostics;
using Gunyah.Aarch64.Debugging;
using Gunyah.Aarch64.Tests.Harness;
using Gunyah.Aarch64.Tests.Oracles;
using Gunyah.Abi.Programs;

namespace Gunyah.Aarch64.Tests.Debugging;

/// <summary>What a debugger sees of a VM, and does to it.</summary>
public sealed class GdbTests : IDisposable
{
    private const ulong Start = BareCore.RamBase;
    private const ulong Data = BareCore.RamBase + 0x4000;
    private const int Pc = 32;

    // x0 counts, x1 goes to memory at x2 in each round: add, str, add, b.
    private static readonly uint[] _loop = [A64.Add(0, 0, 1), A64.Str(1, 2), A64.Add(1, 1, 2), 0x17FFFFFD];

    private readonly BareVcpu _vcpu = new();
    private readonly GdbServer _server = new(0);
    private readonly Thread _thread;
    private volatile bool _ends;

    public GdbTests()
    {
        for (int i = 0; i < _loop.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(_vcpu.Ram.At(Start + (ulong)(i * 4)), _loop[i]);
        _vcpu.Registers.Pc = Start;
        _vcpu.Registers.X[2] = Data;
        IVcpuEngine engine = new Aarch64Loader(_server).Choose(_vcpu.Ram.At(Start)[..64])!.Start(default)!;
        _thread = new(() =>
        {
            while (!_ends)
                engine.Run(_vcpu, 64);
        });
        _thread.Start();
    }

    public void Dispose()
    {
        _ends = true;
        _server.Dispose();
        _thread.Join();
        _vcpu.Dispose();
    }

    [Fact]
    public void A_VM_stands_at_its_first_instruction_until_a_debugger_lets_it_go()
    {
        using var gdb = new GdbClient(_server.Port);
        Assert.Equal("T02thread:1;", gdb.Ask("?"));
        Assert.Equal((0ul, Start), (gdb.Register(0), gdb.Register(Pc)));
        Assert.Equal("m1", gdb.Ask("qfThreadInfo"));
        Assert.Contains("aarch64", gdb.Ask("qXfer:features:read:target.xml:0,1000"), StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_run_one_instruction_each()
    {
        using var gdb = new GdbClient(_server.Port);
        gdb.Ask("?");
        Assert.Equal("T05thread:1;", gdb.Ask("s"));
        Assert.Equal((1ul, Start + 4), (gdb.Register(0), gdb.Register(Pc)));
        for (int i = 0; i < 4; i++)
            gdb.Ask("vCont;s:1;c");
        Assert.Equal((2ul, 2ul, Start + 4), (gdb.Register(0), gdb.Register(1), gdb.Register(Pc)));
    }

    [Fact]
    public void A_breakpoint_stops_before_its_instruction_each_time_around()
    {
        using var gdb = new GdbClient(_server.Port);
        gdb.Ask("?");
        Assert.Equal("OK", gdb.Ask($"Z0,{Start + 8:x},4"));
        for (ulong round = 1; round < 4; round++)
        {
            Assert.Equal("T05hwbreak:;thread:1;", gdb.Ask("c"));
            Assert.Equal((round, (round - 1) * 2, Start + 8), (gdb.Register(0), gdb.Register(1), gdb.Register(Pc)));
        }

        Assert.Equal("OK", gdb.Ask($"z0,{Start + 8:x},4"));
        gdb.Send("c");
        gdb.SendRaw(3);
        Assert.Equal("T02thread:1;", gdb.Answer());
    }

    [Fact]
    public void A_watchpoint_stops_before_the_store_that_it_watches()
    {
        using var gdb = new GdbClient(_server.Port);
        gdb.Ask("?");
        Assert.Equal("OK", gdb.Ask($"Z2,{Data:x},8"));
        Assert.Equal($"T05watch:{Data:x};thread:1;", gdb.Ask("c"));
        Assert.Equal((1ul, Start + 4), (gdb.Register(0), gdb.Register(Pc)));
        gdb.Ask("s");
        Assert.Equal($"T05watch:{Data:x};thread:1;", gdb.Ask("c"));
        Assert.Equal((2ul, 2ul), (gdb.Register(0), gdb.Register(1)));
    }

    [Fact]
    public void A_watchpoint_stops_before_memory_is_zeroed_around_it()
    {
        using var gdb = new GdbClient(_server.Port);
        gdb.Ask("?");
        BinaryPrimitives.WriteUInt64LittleEndian(_vcpu.Ram.At(Data + 0x100), 7);
        BinaryPrimitives.WriteUInt32LittleEndian(_vcpu.Ram.At(Start + 4), A64.Sys("DC ZVA", 2));
        Assert.Equal("OK", gdb.Ask($"Z2,{Data + 0x100:x},8"));
        Assert.Equal($"T05watch:{Data + 0x100:x};thread:1;", gdb.Ask("c"));
        Assert.Equal(7ul, BinaryPrimitives.ReadUInt64LittleEndian(_vcpu.Ram.At(Data + 0x100)));
        gdb.Ask("s");
        Assert.Equal(0ul, BinaryPrimitives.ReadUInt64LittleEndian(_vcpu.Ram.At(Data + 0x100)));
    }

    /// <summary>Whether the connection is closed or broken.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_VM_runs_on_when_the_connection_ends_while_it_runs(bool isBroken)
    {
        using (var gdb = new GdbClient(_server.Port))
        {
            gdb.Ask("?");
            gdb.Ask($"Z0,{Start + 0x100:x},4");
            gdb.Send("c");
            gdb.End(isBroken);
        }

        // Nothing of the debugger is left once the server has noticed.
        while (_server.Debugger.Stops.MayStopAt(Start + 0x100))
            Thread.Yield();
        ulong steps = _vcpu.Steps;
        while (_vcpu.Steps < steps + 1000)
            Thread.Yield();
    }

    [Fact]
    public void Registers_and_memory_are_changed_and_changed_code_runs()
    {
        using var gdb = new GdbClient(_server.Port);
        gdb.Ask("?");
        gdb.Ask("s");
        Assert.Equal("OK", gdb.Ask("P0=0001000000000000"));
        Assert.Equal("OK", gdb.Ask($"M{Data:x},4:11223344"));
        Assert.Equal("11223344", gdb.Ask($"m{Data:x},4"));
        Assert.Equal("E01", gdb.Ask("m10,4"));
        // add x0, x0, #16 in the place of add x1, x1, #2.
        Assert.Equal("OK", gdb.Ask($"M{Start + 8:x},4:00400091"));
        gdb.Ask("s");
        gdb.Ask("s");
        Assert.Equal(0x110ul, gdb.Register(0));
    }

    [Fact]
    public void A_VM_runs_on_when_its_debugger_goes()
    {
        using (var gdb = new GdbClient(_server.Port))
        {
            gdb.Ask("?");
            gdb.Ask($"Z0,{Start:x},4");
            Assert.Equal("OK", gdb.Ask("D"));
        }

        while (_vcpu.Steps < 1000)
            Thread.Yield();
    }

    [Theory]
    [InlineData("X")]
    [InlineData("m")]
    [InlineData("mzz,4")]
    [InlineData("P")]
    [InlineData("Pff=00")]
    [InlineData("M0,ffffffff:00")]
    [InlineData("Z0")]
    [InlineData("Z9,0,0")]
    [InlineData("Hg77")]
    [InlineData("qXfer:features:read:target.xml:ffffffffffffffff,1")]
    public void Nonsense_is_answered_and_harms_nothing(string packet)
    {
        using var gdb = new GdbClient(_server.Port);
        gdb.Ask("?");
        Assert.Contains(gdb.Ask(packet), new[] { "", "E01" });
        Assert.Equal(Start, gdb.Register(Pc));
    }

    [Fact]
    public void A_packet_with_a_wrong_checksum_is_asked_for_again()
    {
        using var gdb = new GdbClient(_server.Port);
        gdb.SendRaw("$qC#00"u8);
        Assert.Equal('-', (char)gdb.ReadRaw());
        Assert.Equal("QC1", gdb.Ask("qC"));
    }

    [Fact]
    public async Task GDB_itself_sets_a_breakpoint_and_looks_around()
    {
        Peers.Require(File.Exists("/usr/bin/gdb-multiarch"), "gdb-multiarch");
        string[] commands =
        [
            "set architecture aarch64", $"target remote 127.0.0.1:{_server.Port}", $"break *{Start + 8}", "continue", "continue",
            "print $x0", "stepi", "print $x1", "x/2i $pc", "info threads", "detach",
        ];
        var start = new ProcessStartInfo("/usr/bin/gdb-multiarch")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string argument in (string[])["-nx", "-batch", .. commands.SelectMany(each => new[] { "-ex", each })])
            start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        CancellationToken stop = TestContext.Current.CancellationToken;
        Task<string> errors = process.StandardError.ReadToEndAsync(stop);
        string output = await process.StandardOutput.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);

        Assert.True(output.Contains("$1 = 2", StringComparison.Ordinal), output + await errors);
        Assert.Contains("$2 = 4", output, StringComparison.Ordinal);
        Assert.Contains("=> 0x4000000c", output, StringComparison.Ordinal);
        Assert.Contains("Thread 1", output, StringComparison.Ordinal);
    }
}
