using Devicetree.Tool.Tests;

namespace Conformance.Tests.Tools;

/// <summary>One command line for an original and for our drop-in of that name, each with its own copy of the files.</summary>
internal sealed class DropInPair(string program) : IDisposable
{
    /// <summary>What processes that a signal ended have at least for an exit code.</summary>
    private const int Signalled = 128;

    private readonly TestHost _ours = new() { Variables = { ["DT_DTC_VERSION"] = ExternalTool.Dtc.ToString() } };
    private readonly TemporaryDirectory _theirs = new();
    private ToolResult? _result;

    /// <summary>What the original said and how it ended.</summary>
    public ToolResult Theirs => _result ?? throw new InvalidOperationException("nothing was run");

    /// <summary>True when the original crashed.</summary>
    public bool Crashed => Theirs.ExitCode >= Signalled;

    public DropInPair With(string name, byte[] bytes)
    {
        _ours.Write(name, bytes);
        _theirs.Write(name, bytes);
        return this;
    }

    public byte[] Read(string name) => _ours.Read(name);

    /// <summary>
    /// Runs both and compares exit codes, both streams and files that may have been written. Names of files stand in braces. What
    /// crashes the original must be refused.
    /// </summary>
    public DropInPair Run(string what, string[] args, params string[] written) => Run(what, args, sameWords: true, written);

    /// <summary>
    /// As the other, but which of several defects is named may differ: for inputs so damaged that it depends on the order in
    /// which memory is touched.
    /// </summary>
    public DropInPair RunForVerdict(string what, string[] args, params string[] written) =>
        Run(what, args, sameWords: false, written);

    private DropInPair Run(string what, string[] args, bool sameWords, string[] written)
    {
        string[] Fill(Func<string, string> pathOf) =>
            [.. args.Select(word => word.StartsWith('{') && word.EndsWith('}') ? pathOf(word[1..^1]) : word)];

        _result = ExternalTool.Start(program, Fill(_theirs.PathOf));
        int code = _ours.Run(program, Fill(_ours.PathOf));
        if (Crashed)
        {
            Assert.True(code is > 0 and < Signalled, $"{what}: the original crashes, this must be refused");
            return this;
        }
        string Neutral(string text) => text.Replace(_theirs.PathOf(""), "", StringComparison.Ordinal)
            .Replace(_ours.PathOf(""), "", StringComparison.Ordinal);

        Assert.Equal((what, _result.ExitCode), (what, code));
        if (sameWords)
        {
            Assert.Equal((what, Neutral(_result.StandardError)), (what, Neutral(_ours.Error)));
            Assert.Equal((what, Neutral(_result.StandardOutput)), (what, Neutral(_ours.Output)));
        }
        foreach (string name in written)
        {
            bool exists = File.Exists(_theirs.PathOf(name));
            Assert.True(exists == File.Exists(_ours.PathOf(name)), $"{what}: {name} is {(exists ? "not " : "")}written");
            if (exists)
                Assert.True(File.ReadAllBytes(_theirs.PathOf(name)).AsSpan().SequenceEqual(_ours.Read(name)),
                    $"{what}: {name} has other bytes");
        }
        return this;
    }

    public void Dispose()
    {
        _ours.Dispose();
        _theirs.Dispose();
    }
}
