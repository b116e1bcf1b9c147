using System.Text;
using Devicetree.Compatibility;
using Devicetree.Flattened;

namespace Devicetree.Tool.Tests.DropIns;

/// <summary>Every row of <see cref="DtcChanges"/> against what each release of the originals did.</summary>
public class ChangeCaseTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (string name in ChangeCase.All.Keys)
            {
                foreach (DtcVersion version in DtcVersion.Known)
                    rows.Add(name, version.ToString());
            }
            return rows;
        }
    }

    public static TheoryData<string> Changes => [.. DtcChanges.All.Select(change => change.Id)];

    [Theory, MemberData(nameof(Cases))]
    public void A_change_shows_with_the_release_that_made_it(string name, string version)
    {
        ChangeCase one = ChangeCase.All[name];
        Assert.True(DtcVersion.TryParseKnown(version, out DtcVersion release));
        using var host = new TestHost { Variables = { ["DT_DTC_VERSION"] = version } };
        foreach ((string file, byte[] bytes) in one.Files)
            host.Write(file, bytes);
        for (int i = 0; i < one.Commands.Count; i++)
        {
            ChangeStep theirs = one.Recorded[release][i];
            ChangeStep ours = Run(host, one.Commands[i], release);
            string what = $"{version}: {string.Join(' ', one.Commands[i])}";
            if (theirs.ExitCode is null)
                Assert.True(ours.ExitCode is 0 or 1 or 2,
                    $"{what} crashes; this must be refused, or read without a crash: {ours}");
            else if (one.Choice is null)
                Assert.Equal($"{what}: {theirs}", $"{what}: {ours}");
            else
                Assert.Equal(theirs.ExitCode, ours.ExitCode);
        }
    }

    [Theory, MemberData(nameof(Changes))]
    public void Every_change_has_a_case_in_which_its_release_differs_from_the_one_before(string id)
    {
        DtcChange change = DtcChanges.All.Single(one => one.Id == id);
        int since = DtcVersion.Known.ToList().IndexOf(change.Since);
        Assert.InRange(since, 1, DtcVersion.Known.Count - 1);
        Assert.Contains(ChangeCase.All.Values, one => one.Change == id
            && !one.Recorded[DtcVersion.Known[since - 1]].SequenceEqual(one.Recorded[change.Since]));
    }

    [Fact]
    public void Every_case_is_one_of_a_change()
    {
        Assert.All(ChangeCase.All.Values, one => Assert.Contains(DtcChanges.All, change => change.Id == one.Change));
        Assert.All(ChangeCase.All.Values, one =>
            Assert.True(one.Choice is null || StrictChoices.All.Any(choice => choice.Id == one.Choice)));
    }

    private static ChangeStep Run(TestHost host, string[] words, DtcVersion release)
    {
        Dictionary<string, byte[]> before = Files(host);
        if (words[0] != "check")
            return ChangeStep.Of(host.Run(words[0], words[1..]), host.ErrorBytes, host.OutputBytes, before, Files(host));
        FdtError? error = FdtChecker.Check(before[words[1]], release);
        string word = error is null ? "<no error>" : $"FDT_ERR_{error.Kind.Word()}";
        return ChangeStep.Of(error is null ? 0 : 1, [], Encoding.UTF8.GetBytes(word + "\n"), before, before);
    }

    private static Dictionary<string, byte[]> Files(TestHost host) =>
        Directory.EnumerateFiles(host.Directory).ToDictionary(path => Path.GetFileName(path)!, File.ReadAllBytes);
}
