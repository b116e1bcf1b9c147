using Devicetree.Compatibility;

namespace Devicetree.Tool.Tests.DropIns;

/// <summary>The cases of <c>tests/vectors/dtc</c>: what each release of dtc did, against what our <c>dtc</c> does.</summary>
public class DtcCaseTests
{
    public static TheoryData<string, string> Cases
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (DtcCase one in DtcCase.All.Values)
            {
                foreach (DtcVersion version in one.Recorded.Keys)
                    rows.Add(one.Name, version.ToString());
            }
            return rows;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void A_command_line_gives_the_bytes_the_words_and_the_exit_code_of_dtc(string name, string version)
    {
        DtcCase one = DtcCase.All[name];
        using var host = new TestHost();
        host.Variables["DT_DTC_VERSION"] = version;
        string? help = one.Arguments.Contains("-h") ? null : HelpOf(host);
        foreach ((string file, byte[] bytes) in one.Files)
            host.Write(file, bytes);
        int code = host.Run("dtc", [.. one.Arguments]);
        DtcRecord ours = DtcRecord.Of(code, host.Error + host.Output, help, host.PathOf);
        Assert.True(DtcVersion.TryParse(version, out DtcVersion asked));
        if (one.Recorded[asked] is DtcRecord theirs)
            Assert.Equal(theirs, ours);
        else
            Assert.True(ours is { ExitCode: 1, Said.Length: > 0, Blob: null }, $"dtc crashes, this must be refused: {ours}");
    }

    private static string HelpOf(TestHost host)
    {
        Assert.Equal(0, host.Run("dtc", "-h"));
        return host.Output;
    }
}
