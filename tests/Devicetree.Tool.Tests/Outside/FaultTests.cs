using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Commands;

namespace Devicetree.Tool.Tests.Outside;

/// <summary>Faults of ours, raised on purpose.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly TestHost _host = new();

    public static TheoryData<string> Names => [.. DropInTable.All.Select(dropIn => dropIn.Name), "print", "compile", "--help"];

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void A_fault_is_one_line_that_asks_for_a_report(string name)
    {
        _host.Variables["DT_DEBUG"] = "fault";
        Assert.Equal(ExitCodes.Fault, _host.Dt(name));
        Assert.Equal("", _host.Output);
        Assert.StartsWith($"{(DropInTable.Find(name) is null ? "dt" : name)}: internal fault: InvalidOperationException: ",
            _host.Error, StringComparison.Ordinal);
        Assert.Contains("Report this line", _host.Error, StringComparison.Ordinal);
        Assert.Equal(_host.Error.Length - 1, _host.Error.IndexOf('\n', StringComparison.Ordinal));
    }

    [Fact]
    public void The_trace_is_shown_where_it_is_asked_for()
    {
        _host.Variables["DT_DEBUG"] = "1,fault";
        Assert.Equal(ExitCodes.Fault, _host.Dt("print", "a.dtb"));
        Assert.Contains("   at Devicetree.Text.Programs.", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_in_the_middle_of_a_batch_ends_it_at_once()
    {
        int done = 0;
        Exception? failure = Record.Exception(() => OrderedWork.Run(1000, 4, index => index, (index, _) => index, index =>
        {
            done++;
            if (index == 3)
                throw new InvalidOperationException("of ours");
        }));
        Assert.NotNull(failure);
        Assert.Equal(4, done);
    }
}
