namespace Devicetree.Tool.Tests.Verbs;

public sealed class CompileWatchTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Watching_compiles_again_when_an_include_changes_or_appears_and_ends_when_told()
    {
        _host.Write("v.h", "#define V 1\n");
        _host.Write("a.dts", "/dts-v1/;\n#include \"v.h\"\n/ { p = <V>; };\n");
        using var stop = new CancellationTokenSource();
        _host.Stop = stop.Token;
        Task<int> run = Task.Factory.StartNew(
            () => _host.Dt("compile", "--watch", "-o", "a.dtb", "a.dts"), TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning, TaskScheduler.Default);

        await Until(() => Ends(1));
        _host.Write("v.h", "#define V 0x22\n");
        await Until(() => Ends(0x22));
        // What is missing is watched for, too.
        File.Delete(_host.PathOf("v.h"));
        await Until(() => _host.Error.Contains("v.h", StringComparison.Ordinal)
            && _host.Error.Contains("error", StringComparison.Ordinal));
        _host.Write("v.h", "#define V 0x333\n");
        await Until(() => Ends(0x33));

        Assert.False(run.IsCompleted);
        await stop.CancelAsync();
        Assert.Equal(0, await run.WaitAsync(Hanging.Limit, TestContext.Current.CancellationToken));
    }

    /// <summary>Whether the last byte of the value, which the strings block follows, is this one.</summary>
    private bool Ends(byte value) =>
        File.Exists(_host.PathOf("a.dtb")) && _host.Read("a.dtb").AsSpan().IndexOf((ReadOnlySpan<byte>)[value, 0, 0, 0, 2]) > 0;

    private static async Task Until(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Hanging.Limit);
        while (!isSo())
            await Task.Delay(20, limit.Token);
    }
}
