using System.Diagnostics;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Commands;

namespace Devicetree.Tool.Tests.Verbs.Setup;

/// <summary>Links, completion and manual pages: what is set up once on a machine.</summary>
public sealed class SetupTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Every_name_of_an_original_gets_a_link_to_the_program()
    {
        _host.Write("opt/dt", "a program");
        _host.Program = _host.PathOf("opt/dt");
        Assert.Equal(0, _host.Dt("links", "bin"));
        Assert.Equal(DropInTable.All.Select(dropIn => "bin/" + dropIn.Name), _host.Output.TrimEnd().Split('\n'));
        Assert.All(DropInTable.All, dropIn => Assert.Equal("a program", File.ReadAllText(_host.PathOf("bin/" + dropIn.Name))));
        Assert.Equal(DropInTable.All.Count, Directory.GetFiles(_host.PathOf("bin")).Length);

        // Once more, and from where the program has moved to.
        Assert.Equal(0, _host.Dt("links", "bin"));
        _host.Write("new/dt", "another program");
        _host.Program = _host.PathOf("new/dt");
        Assert.Equal(0, _host.Dt("links", "bin"));
        Assert.Equal("another program", File.ReadAllText(_host.PathOf("bin/dtc")));
    }

    [Fact]
    public void Beside_the_program_links_can_be_moved_with_it()
    {
        _host.Write("opt/dt", "a program");
        _host.Program = _host.PathOf("opt/dt");
        Assert.Equal(0, _host.Dt("links", "opt"));
        Assert.Equal("dt", new FileInfo(_host.PathOf("opt/fdtget")).LinkTarget);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("directory")]
    [InlineData("link")]
    public void What_is_no_link_of_ours_is_left_alone_with_everything_else(string kind)
    {
        _host.Write("opt/dt", "a program");
        _host.Write("other", "the original");
        _host.Program = _host.PathOf("opt/dt");
        Directory.CreateDirectory(_host.PathOf("bin"));
        string path = _host.PathOf("bin/fdtdump");
        if (kind == "file")
            File.WriteAllText(path, "the original");
        else if (kind == "directory")
            Directory.CreateDirectory(path);
        else
            File.CreateSymbolicLink(path, _host.PathOf("other"));

        Assert.Equal(1, _host.Dt("links", "bin"));
        Assert.Contains("DT0070", _host.Error, StringComparison.Ordinal);
        Assert.Single(Directory.GetFileSystemEntries(_host.PathOf("bin")));
        Assert.Equal("", _host.Output);

        Assert.Equal(kind == "directory" ? 3 : 0, _host.Dt("links", "--force", "bin"));
        Assert.Equal("the original", File.ReadAllText(_host.PathOf("other")));
        if (kind != "directory")
            Assert.Equal("a program", File.ReadAllText(path));
    }

    [Fact]
    public void Without_a_program_of_its_own_there_is_nothing_to_link_to()
    {
        Assert.Equal(1, _host.Dt("links", "bin"));
        Assert.Contains("DT0071", _host.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_host.PathOf("bin")));
    }

    [Fact]
    public void Links_that_the_system_refuses_are_exit_code_3()
    {
        _host.Write("file", "");
        _host.Program = "/usr/bin/dt";
        Assert.Equal(ExitCodes.InputOutput, _host.Dt("links", "file"));
        Assert.StartsWith("dt: cannot make links in file: ", _host.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dt che", "check")]
    [InlineData("dt fdt", "fdtoverlay fdtget fdtput fdtdump")]
    [InlineData("dt schema ", "check")]
    [InlineData("dt schema check --no-c", "--no-cache")]
    [InlineData("dt check --format s", "sarif")]
    [InlineData("dt check --fo", "--format")]
    [InlineData("dt decompile --annotate --so", "--sort")]
    [InlineData("dt completion ", "bash fish zsh")]
    [InlineData("dt check boa", "")]
    public void Bash_completes_verbs_options_and_their_words(string line, string expected)
    {
        if (Outcome("bash", "-c", "true") is null)
            Assert.Skip("There is no bash here.");
        Assert.Equal(0, _host.Dt("completion", "bash"));
        string[] words = line.Split(' ');
        string script = _host.Output
            + $"COMP_WORDS=({string.Join(' ', words.Select(word => $"'{word}'"))}); COMP_CWORD={words.Length - 1}; _dt; printf '%s\\n' \"${{COMPREPLY[@]}}\"\n"
            + "complete -p dt >&2\n";
        string? found = Outcome("bash", "-c", script);
        Assert.NotNull(found);
        Assert.Equal(expected.Split(' ').Order(StringComparer.Ordinal),
            found.TrimEnd('\n').Split('\n').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("zsh", "-n")]
    [InlineData("fish", "--no-execute")]
    public void Other_shells_read_their_scripts(string shell, string check)
    {
        Assert.Equal(0, _host.Dt("completion", shell));
        string script = _host.Output;
        // Every option of every verb is there, whatever the shell calls it.
        Assert.Equal(0, _host.Dt("check", "--help"));
        Assert.Contains(shell == "fish" ? " -l write-baseline" : "--write-baseline", script, StringComparison.Ordinal);
        if (Outcome(shell, "-c", "true") is null)
            Assert.Skip($"There is no {shell} here.");
        _host.Write("script", script);
        Assert.NotNull(Outcome(shell, check, _host.PathOf("script")));
    }

    [Fact]
    public void There_is_a_manual_page_for_every_verb_that_man_reads_without_warnings()
    {
        Assert.Equal(0, _host.Dt("man", "man"));
        string[] pages = _host.Output.TrimEnd().Split('\n');
        Assert.Contains("man/dt.1", pages);
        Assert.Contains("man/dt-schema-check.1", pages);
        foreach (string page in pages)
        {
            string text = File.ReadAllText(_host.PathOf(page));
            Assert.StartsWith(".TH ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n", text, StringComparison.Ordinal);
            if (Outcome("groff", "-v") is null)
                continue;
            Assert.Equal("", Outcome("bash", "-c", $"groff -man -Tutf8 -ww -z '{_host.PathOf(page)}' 2>&1"));
        }
        string check = File.ReadAllText(_host.PathOf("man/dt-check.1"));
        Assert.Contains(@"\-\-write\-baseline", check, StringComparison.Ordinal);
        Assert.Contains("text|json|sarif|github", check, StringComparison.Ordinal);
    }

    /// <summary>What a program prints; null where it is not there or fails.</summary>
    private static string? Outcome(string program, params string[] arguments)
    {
        try
        {
            using Process process =
                Process.Start(new ProcessStartInfo(program, arguments)
                { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
