namespace Devicetree.Tool.Tests.Verbs;

/// <summary>
/// The errors of <c>Devicetree.Tests/Messages</c> as a user of <c>dt compile</c> meets them: the same reports, from end to end.
/// </summary>
public sealed class CompileMessageTests : IDisposable
{
    private static readonly string _directory = Checkout.File("tests", "Devicetree.Tests", "Messages");

    private readonly TestHost _host = new();

    public static TheoryData<string> Cases =>
        [.. System.IO.Directory.EnumerateFiles(Path.Combine(_directory, "golden"), "*.txt")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public void Dispose() => _host.Dispose();

    [Theory, MemberData(nameof(Cases))]
    public void An_error_is_printed_as_recorded_and_makes_no_blob(string name)
    {
        string cases = Path.Combine(_directory, "cases");
        foreach (string file in System.IO.Directory.EnumerateFiles(cases, "*", SearchOption.AllDirectories))
            _host.Write(Path.GetRelativePath(cases, file), File.ReadAllBytes(file));
        string[] preprocessed = name.Contains("preprocessed", StringComparison.Ordinal) ? ["--no-cpp"] : [];

        int code = _host.Dt(["compile", "--dtc-checks", .. preprocessed, "-I", "include", "-o", "out.dtb", name + ".dts"]);

        string golden = File.ReadAllText(Path.Combine(_directory, "golden", name + ".txt"));
        Assert.Equal(golden, _host.Error);
        bool hasErrors = golden.Contains(": error ", StringComparison.Ordinal);
        Assert.Equal((hasErrors ? 1 : 0, !hasErrors), (code, File.Exists(_host.PathOf("out.dtb"))));
    }
}
