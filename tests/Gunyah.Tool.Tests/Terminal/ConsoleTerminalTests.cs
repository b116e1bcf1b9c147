using Gunyah.Machine.Programs;
using Gunyah.Tool.Terminal;

namespace Gunyah.Tool.Tests.Terminal;

public class ConsoleTerminalTests
{
    /// <summary>A limit of hanging, not of speed.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(2);

    [Fact]
    public void What_is_typed_comes_in_order_also_where_the_machine_takes_it_in_pieces()
    {
        byte[] typed = new byte[10_000];
        new Random(1).NextBytes(typed);
        var taken = new List<byte>();
        using var ended = new ManualResetEventSlim();
        using var terminal = new ConsoleTerminal(Host(new MemoryStream(typed), isTerminal: false), static () => Assert.Fail());

        terminal.Connect(
            bytes =>
            {
                int count = Math.Min(bytes.Length, 1000);
                taken.AddRange(bytes[..count]);
                return count;
            },
            ended.Set);

        Assert.True(ended.Wait(_patience, TestContext.Current.CancellationToken));
        Assert.Equal(typed, taken);
    }

    [Fact]
    public void A_user_at_a_terminal_leaves_by_its_keys()
    {
        var taken = new List<byte>();
        using var left = new ManualResetEventSlim();
        using var ended = new ManualResetEventSlim();
        var input = new MemoryStream("ls\r\u0001xmore"u8.ToArray());
        using var terminal = new ConsoleTerminal(Host(input, isTerminal: true), left.Set);

        terminal.Connect(
            bytes =>
            {
                taken.AddRange(bytes);
                return bytes.Length;
            },
            ended.Set);

        Assert.True(ended.Wait(_patience, TestContext.Current.CancellationToken));
        Assert.True(left.IsSet);
        Assert.Equal("ls\r"u8.ToArray(), taken);
    }

    [Fact]
    public void A_line_goes_out_at_its_end_and_a_prompt_after_a_moment()
    {
        using var output = new MemoryStream();
        ToolHost host = Host(Stream.Null, isTerminal: false) with { OutputBytes = output };
        using (var terminal = new ConsoleTerminal(host, static () => { }))
        {
            terminal.Take((byte)'a');
            terminal.Take((byte)'\n');
            Assert.Equal("a\n"u8.ToArray(), output.ToArray());
            terminal.Take((byte)'$');
            Assert.True(SpinWait.SpinUntil(() => output.Length == 3, _patience));
            terminal.Take((byte)'b');
        }

        Assert.Equal("a\n$b"u8.ToArray(), output.ToArray());
    }

    private static ToolHost Host(Stream input, bool isTerminal) => new()
    {
        Output = TextWriter.Null,
        Error = TextWriter.Null,
        OutputColor = false,
        ErrorColor = false,
        Width = 80,
        WorkingDirectory = "",
        Variable = static _ => null,
        Time = TimeProvider.System,
        Entropy = static () => 1,
        Workers = 1,
        Programs = ProgramRegistry.BuiltIn,
        Input = input,
        InputIsTerminal = isTerminal,
    };
}
