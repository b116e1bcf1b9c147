using System.Text;
using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Text.Diagnostics;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Abi.Rpc;
using Gunyah.ResourceManager;

namespace Architecture.Tests;

/// <summary>
/// The pages of docs/reference are written from tables of the code. Set GUNYAH_UPDATE_DOCS=1 to write them again; without
/// it a page that differs from its table fails.
/// </summary>
public class ReferencePageTests
{
    [Fact]
    public void The_hypercall_page_says_what_the_table_says() => Check("hypercalls.md", HypercallPage());

    [Fact]
    public void The_message_page_says_what_the_table_says() => Check("messages.md", MessagePage());

    [Fact]
    public void The_event_page_says_what_the_table_says() => Check("events.md", EventPage());

    [Fact]
    public void The_profile_page_says_what_the_table_says() => Check("profiles.md", ProfilePage());

    [Fact]
    public void The_page_of_checks_says_what_the_table_says() => Check("checks.md", CheckPage());

    [Fact]
    public void The_page_of_differences_from_dtc_says_what_the_tables_say() => Check("dtc-compatibility.md", DtcPage());

    [Fact]
    public void The_page_of_diagnostics_says_what_the_tables_say() => Check("diagnostics.md", Begin(
        "Diagnostics",
        "the tables of rules of both programs",
        "`dt explain ID` and `gunyah explain ID` print the same. IDs are given once and keep their meaning; words may change. Rules of "
        + "[checks](checks.md) can be turned on and off by name.")
        .Append(DiagnosticPage.Sections()).ToString());

    private static void Check(string name, string expected)
    {
        string path = Path.Combine(Repository.Root.FullName, "docs", "reference", name);
        if (Environment.GetEnvironmentVariable("GUNYAH_UPDATE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.Exists(path) ? File.ReadAllText(path) : "");
    }

    private static string HypercallPage()
    {
        StringBuilder page = Begin(
            "Hypercalls",
            "`HypercallTable` of Gunyah.Abi",
            "A number *n* is called as `hvc #(0x6000 + n)`, or over SMCCC as function `0xC6008000 + n` with the inputs one register further.",
            "`cap: type/rights` is a capability of the caller; *setup* ones are looked up in any state and need only the right to activate. `res0` must be zero, `res1` all ones.");
        page.Append("| n | call | inputs X0… | outputs X0… | errors besides those of its look-ups |\n|---|---|---|---|---|\n");
        foreach (HypercallRow row in HypercallTable.Rows)
        {
            string inputs = string.Join(", ", row.Inputs.Select(Input));
            string errors = string.Join(", ", row.Errors);
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| 0x{(int)row.Number:x2} | `{row.Name}` | {inputs} | {string.Join(", ", row.Outputs)} | {errors} |\n");
        }

        return page.ToString();
    }

    private static string Input(HypercallInput input) => input.Kind switch
    {
        HypercallInputKind.Capability when input.Lookup == CapabilityLookup.Generic =>
            $"{input.Name}: {input.Needs.Type} (setup)",
        HypercallInputKind.Capability => $"{input.Name}: {input.Needs.Type}/0x{input.Needs.Bits:x}",
        HypercallInputKind.Bits => $"{input.Name} (bits 0x{input.Mask:x}, others {UnknownBits(input)})",
        _ => input.Name,
    };

    private static string UnknownBits(HypercallInput input)
    {
        string reference = Answer(input.UnknownBits);
        string documented = Answer(input.DocumentedUnknownBits ?? input.UnknownBits);
        return documented == reference ? documented : $"{documented}; profile reference: {reference}";

        static string Answer(Gunyah.Abi.GunyahError error) => error == Gunyah.Abi.GunyahError.Ok ? "ignored" : error.ToString();
    }

    private static string MessagePage()
    {
        StringBuilder page = Begin(
            "Resource Manager messages",
            "`RmMessages` of Gunyah.Abi and `RequestTable` of Gunyah.ResourceManager",
            "Every message known from any source. A request that this Resource Manager does not serve answers `Unimplemented`.",
            "*Length* is that of the payload in bytes, where there is only one. *Payload* lists the fields with their sizes in bytes; lists have their elements in parentheses, and `res` is reserved.");
        page.Append("| id | message | kind | sender | length | served | payload |\n|---|---|---|---|---|---|---|\n");
        foreach (RmMessageRow row in RmMessages.Rows)
        {
            string served = ResourceManagerProgram.ServedRequests.Contains(row.Id) ? "yes" : row.Kind == RmMessageKind.Request
                ? "no" : "";
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| 0x{(uint)row.Id:x8} | `{row.Name}` | {row.Kind} | {row.Sender} | {row.Length} | {served} ");
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Payload} |\n");
        }

        return page.ToString();
    }

    private static string EventPage()
    {
        StringBuilder page = Begin(
            "Events",
            "`EventTable` of Gunyah.Abi",
            "`gunyah up --events FILE.jsonl` writes one JSON object a line: `sequence`, `time` (nanoseconds since the machine started), `event`, `vm`, `vcpu`, then the fields below.");
        page.Append("| event | fields | text |\n|---|---|---|\n");
        foreach (EventRow row in EventTable.Rows)
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| `{row.Name}` | {string.Join(", ", row.Values.Select(value => $"{value.Name} ({value.Format})"))} | {row.Text} |\n");
        return page.ToString();
    }

    private static string ProfilePage()
    {
        StringBuilder page = Begin(
            "Profiles",
            "`Deviations` of Gunyah.Abi",
            "Where the open-source code differs from its documentation, `profile: documented` (the default) answers as documented and `profile: reference` as the code does.");
        page.Append("| id | documented | reference | source |\n|---|---|---|---|\n");
        foreach (Deviation deviation in Deviations.All)
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| `{deviation.Id}` | {deviation.Documented} | {deviation.Reference} | {deviation.Source} |\n");
        return page.ToString();
    }

    private static string CheckPage()
    {
        StringBuilder page = Begin(
            "Checks of the devicetree compiler",
            "`CheckTable` of Devicetree",
            "`dtc -W NAME` makes findings of a check warnings, `-E NAME` errors, also in the checks that it needs; `no-NAME` takes the level away, also from the checks that need it. They run in this order. A check does not run when one that it needs has failed, and none runs after one that failed as an error.",
            "*Versions* names what changed in dtc where not all versions are alike. *Rule* is the ID of our diagnostics.",
            "*extra*: the build of Linux leaves the check to `make W=1`. `dt compile` and `dt check` run it with `--dtc-checks` or `-W NAME`; the name `dtc` runs it by default.");
        page.Append("| check | default | needs | what holds | rule | versions |\n|---|---|---|---|---|---|\n");
        foreach (CheckRow row in CheckTable.Rows)
        {
            string level = (row.Default == CheckLevels.None ? "off" : row.Default.ToString().ToLowerInvariant())
                + (row.IsExtra ? ", extra" : "");
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| `{row.Name}` | {level} | {Names(row.Needs)} | {row.Tests.Replace("|", "\\|", StringComparison.Ordinal)} | {row.Rule.Id} | {Versions(row)} |\n");
        }

        page.Append("\n## Checks of our own\n\n`dt compile` and `dt check` run them after those of dtc; the name `dtc` does not know them.\n\n| check | default | what holds | rule |\n|---|---|---|---|\n");
        foreach (CheckRow row in CheckTable.OwnRows)
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| `{row.Name}` | {row.Default.ToString().ToLowerInvariant()} | {row.Tests} | {row.Rule.Id} |\n");
        page.Append("\n## What to do\n\n| rule | remedy |\n|---|---|\n");
        foreach (DiagnosticRule rule in CheckTable.Rows.Concat(CheckTable.OwnRows).Select(row => row.Rule)
            .DistinctBy(rule => rule.Id).Where(rule => rule.Remedy.Length > 0))
            page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {rule.Id} `{rule.Name}` | {rule.Remedy} |\n");
        return page.ToString();
    }

    private static string DtcPage()
    {
        StringBuilder page = Begin(
            "Versions of dtc, and where `dt` is stricter",
            "`DtcChanges` and `StrictChoices` of Devicetree",
            $"The library, the verbs of `dt` and the drop-in names (`dtc`, `fdtoverlay`, `fdtdump`, `fdtget`, `fdtput`) follow {DtcVersion.Newest}. A drop-in name does as another release when `--dtc-version X.Y.Z` or the variable `DT_DTC_VERSION` names one of {DtcVersion.KnownText}; what was never released is refused.");
        page.Append("## What changed between versions\n\n| change | since | what |\n|---|---|---|\n");
        foreach (DtcChange change in DtcChanges.All)
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| `{change.Id}` | {change.Since} | {change.Summary} |\n");
        page.Append("\n## Where `dt` is stricter\n\nWhere doing as the original does would lose or corrupt data, the verbs of `dt` do otherwise; the drop-in names do as the original, unless their column says otherwise.\n\n");
        page.Append("| choice | drop-in names | verbs of `dt` |\n|---|---|---|\n");
        foreach (StrictChoice choice in StrictChoices.All)
            page.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"| `{choice.Id}` | {choice.Compatible} | {choice.Strict} |\n");
        return page.ToString();
    }

    private static string Names(IReadOnlyList<string> checks) => string.Join(", ", checks.Select(check => $"`{check}`"));

    private static string Versions(CheckRow row)
    {
        List<string> notes = [];
        if (row.Since is DtcChange since)
            notes.Add($"since {since.Since}");
        if (row.Until is DtcChange until)
            notes.Add($"until before {until.Since}");
        if (row.NeedsSince is DtcChange change)
            notes.Add($"needs {Names([.. row.Needs.TakeLast(row.NeedsAdded)])} since {change.Since}");
        return string.Join(", ", notes);
    }

    private static StringBuilder Begin(string title, string table, params string[] paragraphs)
    {
        StringBuilder page = new();
        page.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"# {title}\n\nWritten from {table} by `ReferencePageTests`; do not edit by hand.\n\n");
        foreach (string paragraph in paragraphs)
            page.Append(paragraph).Append("\n\n");
        return page;
    }
}
