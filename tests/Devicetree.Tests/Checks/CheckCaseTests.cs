using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Checks;

/// <summary>The cases of <c>tests/vectors/checks</c>: what each release of dtc said, against what we say.</summary>
public class CheckCaseTests
{
    private static readonly DtcVersion[] _versions = [DtcVersion.Debian, DtcVersion.Newest];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (CheckCase one in CheckCase.All.Values)
            {
                foreach (DtcVersion version in one.Recorded.Keys)
                    rows.Add(one.Name, version.ToString());
            }
            return rows;
        }
    }

    public static TheoryData<string, string> Checks
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (DtcVersion version in _versions)
            {
                foreach (CheckRow row in CheckTable.Rows.Where(row => row.ExistsIn(version)))
                    rows.Add(row.Name, version.ToString());
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_tree_is_judged_line_for_line_as_dtc_judges_it(string name, string version)
    {
        CheckCase one = CheckCase.All[name];
        DtcVersion asked = Version(version);
        (int ExitCode, string Error) ours = CheckRun.Of(new SourceText("in.dts", one.Source), "out.dtb", asked, one.Options);
        // Where dtc crashes there is nothing to compare with, but something to say.
        if (one.Recorded[asked] is var (code, error))
            Assert.Equal((code, error), ours);
        else
            Assert.StartsWith("in.dts:", ours.Error, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Checks))]
    public void Every_check_has_a_tree_that_it_accepts_and_one_that_it_does_not(string check, string version)
    {
        DtcVersion asked = Version(version);
        CheckCase[] cases = [.. CheckCase.All.Values.Where(one => one.Check == check && one.Recorded.ContainsKey(asked))];
        Assert.Contains(cases, one => !one.IsBad);
        Assert.Contains(cases, one => one.IsBadIn(asked));
        foreach (CheckCase one in cases)
        {
            if (one.Recorded[asked] is var (_, error))
                Assert.True(error.Contains($"({check})", StringComparison.Ordinal) == one.IsBadIn(asked), one.Name);
        }
    }

    private static DtcVersion Version(string text)
    {
        Assert.True(DtcVersion.TryParse(text, out DtcVersion version));
        return version;
    }
}
