using System.Diagnostics.CodeAnalysis;
using System.Text;
using Devicetree.Compatibility;

namespace Devicetree.Tool.DropIns;

/// <summary>Which release of the original a drop-in is: the newest unless told otherwise.</summary>
internal static class DtcVersionChoice
{
    /// <summary>Names the release, for callers that cannot add an option.</summary>
    public const string Variable = "DT_DTC_VERSION";

    private const int Refused = 1;

    /// <summary>An option of ours, on top of those of the original. It goes before the variable.</summary>
    public static readonly OptionRule Option = new('\0', "dtc-version", OptionValue.Required, IsOurs: true);

    /// <summary>Runs a drop-in as the release that is asked for, which is found before it reads its command line.</summary>
    /// <returns>The exit code; that of a failure of the originals when there never was such a release.</returns>
    public static int Run(string name, ToolHost host, string[] args, Func<ToolHost, string[], DtcVersion, int> run)
    {
        if (TryRead(host, args, out DtcVersion version, out string? problem))
            return run(host, args, version);
        host.Error.Write(Encoding.UTF8.GetBytes($"{name}: {problem}\n"));
        host.Error.Flush();
        return Refused;
    }

    private static bool TryRead(ToolHost host, ReadOnlySpan<string> args, out DtcVersion version,
        [NotNullWhen(false)] out string? problem)
    {
        string? text = host.Variable(Variable);
        string source = Variable;
        string option = $"--{Option.Long}";
        for (int i = 0; i < args.Length && args[i] != "--"; i++)
        {
            string? given = args[i].StartsWith(option + "=", StringComparison.Ordinal) ? args[i][(option.Length + 1)..]
                : args[i] == option && i + 1 < args.Length ? args[i + 1] : null;
            if (given is not null)
                (text, source) = (given, option);
        }
        version = DtcVersion.Newest;
        problem = null;
        if (string.IsNullOrEmpty(text) && source == Variable)
            return true;
        if (DtcVersion.TryParseKnown(text, out version))
            return true;
        problem = $"there is no dtc '{text}' ({source}). Name one of {DtcVersion.KnownText}.";
        return false;
    }
}
