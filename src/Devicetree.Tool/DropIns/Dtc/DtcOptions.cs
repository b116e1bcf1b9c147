using Devicetree.Checks;
using Devicetree.Compatibility;
using Devicetree.Live;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>The command line of dtc.</summary>
internal sealed class DtcOptions(DtcVersion version)
{
    private const char LocalFixups = 'L';

    /// <summary>In the order of dtc's help; the last one is ours.</summary>
    private static readonly OptionRule[] _rules =
    [
        new('q', "quiet"),
        new('I', "in-format", OptionValue.Required),
        new('o', "out", OptionValue.Required),
        new('O', "out-format", OptionValue.Required),
        new('V', "out-version", OptionValue.Required),
        new('d', "out-dependency", OptionValue.Required),
        new('R', "reserve", OptionValue.Required),
        new('S', "space", OptionValue.Required),
        new('p', "pad", OptionValue.Required),
        new('a', "align", OptionValue.Required),
        new('b', "boot-cpu", OptionValue.Required),
        new('f', "force"),
        new('i', "include", OptionValue.Required),
        new('s', "sort"),
        new('H', "phandle", OptionValue.Required),
        new('W', "warning", OptionValue.Required),
        new('E', "error", OptionValue.Required),
        new('@', "symbols"),
        new(LocalFixups, "local-fixups"),
        new('A', "auto-alias"),
        new('T', "annotate"),
        new('h', "help"),
        new('v', "version"),
        DtcVersionChoice.Option,
    ];

    public DtcVersion DtcVersion => version;

    public CheckSettings Checks { get; private set; } = CheckSettings.DefaultOf(version);

    public int Quiet { get; private set; }

    public string? InputFormat { get; set; }

    public string? OutputFormat { get; set; }

    public string Output { get; private set; } = DtcFiles.Standard;

    public string Input { get; private set; } = DtcFiles.Standard;

    public int OutputVersion { get; private set; } = 17;

    public string? DependencyFile { get; private set; }

    public int SpareReservations { get; private set; }

    public int MinimumSize { get; private set; }

    public int Padding { get; private set; }

    public int Alignment { get; private set; }

    public uint? BootCpu { get; private set; }

    public bool Force { get; private set; }

    public List<string> SearchDirectories { get; } = [];

    public bool Sort { get; private set; }

    public PhandleFormat Phandles { get; private set; } = PhandleFormat.Epapr;

    public bool Symbols { get; private set; }

    public bool Fixups { get; private set; }

    public bool Aliases { get; private set; }

    public int Annotate { get; private set; }

    /// <summary>Reads a command line.</summary>
    /// <returns>The exit code when there is nothing more to do.</returns>
    public int? Read(string[] args, DtcConsole console)
    {
        var reader = new OptionReader("dtc", version.Has(DtcChanges.LocalFixupsOption)
            ? _rules : [.. _rules.Where(rule => rule.Short != LocalFixups)]);
        bool isReadable = reader.TryRead(args, out string? problem);
        foreach (GivenOption option in reader.Options)
        {
            if (Apply(option, console) is int code)
                return code;
        }
        if (!isReadable)
        {
            console.Line(problem!);
            return console.Usage(DtcVersion, "unknown option");
        }
        if (reader.Operands.Count > 1)
            return console.Usage(DtcVersion, "missing files");
        if (reader.Operands.Count == 1)
            Input = reader.Operands[0];
        return MinimumSize != 0 && Padding != 0 ? console.Fatal("Can't set both -p and -S") : null;
    }

    private int? Apply(GivenOption option, DtcConsole console)
    {
        string value = option.Value ?? "";
        switch (option.Rule.Short)
        {
            case 'q': Quiet++; break;
            case 'I': InputFormat = value; break;
            case 'O': OutputFormat = value; break;
            case 'o': Output = value; break;
            case 'V': OutputVersion = (int)CNumber.Parse(value); break;
            case 'd': DependencyFile = value; break;
            case 'R': SpareReservations = Math.Max(0, (int)CNumber.Parse(value)); break;
            case 'S': MinimumSize = (int)CNumber.Parse(value); break;
            case 'p': Padding = (int)CNumber.Parse(value); break;
            case 'a':
                Alignment = (int)CNumber.Parse(value);
                return int.IsPow2(Alignment) ? null : console.Fatal($"Invalid argument \"{Alignment}\" to -a option");
            case 'b':
                long cpu = CNumber.Parse(value);
                BootCpu = cpu == -1 ? null : (uint)cpu;
                break;
            case 'f': Force = true; break;
            case 'i': SearchDirectories.Add(value); break;
            case 's': Sort = true; break;
            case 'H' when value == "legacy": Phandles = PhandleFormat.Legacy; break;
            case 'H' when value == "epapr": Phandles = PhandleFormat.Epapr; break;
            case 'H' when value == "both": Phandles = PhandleFormat.Both; break;
            case 'H': return console.Fatal($"Invalid argument \"{value}\" to -H option");
            case 'W': return Switch(CheckLevels.Warning, value, console);
            case 'E': return Switch(CheckLevels.Error, value, console);
            case '@': Symbols = true; break;
            case LocalFixups: Fixups = true; break;
            case 'A': Aliases = true; break;
            case 'T': Annotate++; break;
            case 'h':
                console.Result(DtcUsage.Text(DtcVersion));
                return 0;
            case 'v':
                console.Result($"Version: DTC {DtcVersion}\n");
                return 0;
        }
        return null;
    }

    private int? Switch(CheckLevels level, string argument, DtcConsole console)
    {
        if (Checks.TryWith(level, argument) is not CheckSettings changed)
            return console.Fatal($"Unrecognized check name \"{CheckSettings.NameIn(argument)}\"");
        Checks = changed;
        return null;
    }
}
