using System.Text;
using Devicetree.Text.Diagnostics;
using Gunyah.Machine.Programs;
using Gunyah.Tool.Commands;

namespace Gunyah.Tool.Tests;

/// <summary>The program around the command: output that the system refuses, and faults of ours.</summary>
public sealed class GunyahProgramTests
{
    private const int NoSpace = 28;
    private const int BrokenPipe = 32;

    public static TheoryData<string> Lines =>
        ["up", "up --summary json", "inspect nothere", "check nothere", "--help", "--version", "up --nothere"];

    [Theory]
    [InlineData("up")]
    [InlineData("up --summary json")]
    [InlineData("--help")]
    [InlineData("--version")]
    public void A_result_that_cannot_be_written_is_one_line_and_exit_code_3(string line)
    {
        Assert.Equal(ExitCodes.InputOutput, Run(line, new Refusing(NoSpace), out string remarks));
        Assert.StartsWith("gunyah: cannot write the standard output: ", Assert.Single(LinesOf(remarks)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("up")]
    [InlineData("--help")]
    public void A_reader_that_has_gone_is_no_error_to_speak_of(string line)
    {
        Assert.Equal(ExitCodes.ClosedPipe, Run(line, new Refusing(BrokenPipe), out string remarks));
        Assert.Equal("", remarks);
    }

    [Theory, MemberData(nameof(Lines))]
    public void Remarks_that_cannot_be_written_change_no_exit_code(string line)
    {
        int code = Run(line, new MemoryStream(), out _);
        using var stop = new CancellationTokenSource();
        foreach (int error in (int[])[NoSpace, BrokenPipe])
            Assert.Equal(code, GunyahProgram.Run(line.Split(' '), new MemoryStream(), new Refusing(error), static _ => null,
                Host, stop));
    }

    [Fact]
    public void A_fault_is_one_line_and_its_trace_is_shown_where_it_is_asked_for()
    {
        Assert.Equal(ExitCodes.Fault, Run("up", new MemoryStream(), out string remarks, "fault"));
        Assert.StartsWith("gunyah: internal fault: InvalidOperationException: ", Assert.Single(LinesOf(remarks)),
            StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Fault, Run("up", new MemoryStream(), out remarks, "1,fault"));
        Assert.Contains("   at ", remarks, StringComparison.Ordinal);
    }

    private static string[] LinesOf(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static int Run(string line, Stream output, out string remarks, string? debug = null)
    {
        using var error = new MemoryStream();
        using var stop = new CancellationTokenSource();
        int code = GunyahProgram.Run(line.Split(' '), output, error, name => name == "DT_DEBUG" ? debug : null, Host, stop);
        remarks = Encoding.UTF8.GetString(error.ToArray());
        return code;
    }

    private static ToolHost Host(TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        OutputColor = false,
        ErrorColor = false,
        Width = 100,
        WorkingDirectory = Path.GetTempPath(),
        Variable = static _ => null,
        Time = TimeProvider.System,
        Entropy = static () => 4,
        Workers = 2,
        Programs = ProgramRegistry.BuiltIn,
    };

    private sealed class Refusing(int error) : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("refused", error);

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("refused", error);
    }
}
