using Devicetree.Compatibility;

namespace Devicetree.Tool.DropIns;

/// <summary>Which version of the original a drop-in is: that of Debian 12 unless told otherwise.</summary>
internal static class DtcVersionChoice
{
    /// <summary>Names the version, for callers that cannot add an option.</summary>
    public const string Variable = "DT_DTC_VERSION";

    /// <summary>An option of ours, on top of those of the original.</summary>
    public static readonly OptionRule Option = new('\0', "dtc-version", OptionValue.Required);

    /// <summary>The version that a command line asks for before its options are read; a text that is none counts for nothing.</summary>
    public static DtcVersion Read(ToolHost host, ReadOnlySpan<string> args)
    {
        string? text = host.Variable(Variable);
        for (int i = 0; i < args.Length; i++)
        {
            string prefix = $"--{Option.Long}";
            if (args[i].StartsWith(prefix + "=", StringComparison.Ordinal))
                text = args[i][(prefix.Length + 1)..];
            else if (args[i] == prefix && i + 1 < args.Length)
                text = args[i + 1];
        }
        return DtcVersion.TryParse(text, out DtcVersion version) ? version : DtcVersion.Debian;
    }
}
