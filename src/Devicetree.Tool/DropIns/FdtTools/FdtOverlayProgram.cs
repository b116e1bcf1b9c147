using Devicetree.Compatibility;
using Devicetree.Flattened;
using Devicetree.Overlays;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>
/// The program that applies overlays under its old name: options, bytes, messages and exit codes of fdtoverlay.
/// </summary>
internal sealed class FdtOverlayProgram
{
    private const string About =
        "apply a number of overlays to a base blob\n\tfdtoverlay <options> [<overlay.dtbo> [<overlay.dtbo>]]";

    private static readonly OptionRule _inputOption = new('i', "input", OptionValue.Required);
    private static readonly OptionRule _outputOption = new('o', "output", OptionValue.Required);
    private static readonly OptionRule _verboseOption = new('v', "verbose");

    private static readonly FdtOption[] _options =
    [
        new(_inputOption, "Input base DT blob"),
        new(_outputOption, "Output DT blob"),
        new(_verboseOption, "Verbose messages"),
    ];

    private readonly ToolHost _host;
    private readonly FdtConsole _console;
    private readonly DtcVersion _version;
    private string? _input;
    private string? _output;
    private bool _verbose;

    private FdtOverlayProgram(ToolHost host, DtcVersion version)
    {
        _host = host;
        _console = new(host);
        _version = version;
    }

    /// <summary>Runs a command line.</summary>
    public static int Run(ToolHost host, string[] args, DtcVersion version)
    {
        var program = new FdtOverlayProgram(host, version);
        int code = program.Run(args);
        program._console.Flush();
        return code;
    }

    private int Run(string[] args)
    {
        string synopsis = _version.Has(DtcChanges.OverlayHelpWithoutTypes)
            ? About : $"{About}\n\n{FdtValueType.HelpOf(_version)}";
        var commandLine = new FdtCommandLine("fdtoverlay", synopsis, _options);
        if (commandLine.Read(args, _console, _version, Apply, out IReadOnlyList<string> overlays) is int done)
            return done;
        if (_input is null)
            return commandLine.Usage(_console, "missing input file");
        if (_output is null)
            return commandLine.Usage(_console, "missing output file");
        if (overlays.Count == 0)
            return commandLine.Usage(_console, "missing overlay file(s)");
        if (_verbose)
        {
            _console.Output.Add("input  = ").Add(_input).Add("\noutput = ").Add(_output).Add('\n');
            for (int i = 0; i < overlays.Count; i++)
                _console.Output.Add("overlay[").AddDecimal(i).Add("] = ").Add(overlays[i]).Add('\n');
        }
        return Overlay(_input, _output, overlays) ? 0 : FdtConsole.Failed;
    }

    private string? Apply(GivenOption option)
    {
        if (option.Rule == _inputOption)
            _input = option.Value;
        else if (option.Rule == _outputOption)
            _output = option.Value;
        else
            _verbose = true;
        return null;
    }

    private bool Overlay(string input, string output, IReadOnlyList<string> names)
    {
        byte[]? @base = FdtFile.Read(input, _host, _console);
        if (@base is null)
            return Refuse("Failed to read '", input, "'");
        uint total = FdtView.ClaimedSize(@base);
        if (total > (uint)@base.Length)
            return Refuse("Base blob is incomplete (", @base.Length.ToString(), " / ", total.ToString(), " bytes read)");
        var overlays = new byte[names.Count][];
        for (int i = 0; i < overlays.Length; i++)
        {
            byte[]? overlay = FdtFile.Read(names[i], _host, _console);
            if (overlay is null)
                return Refuse("Failed to read '", names[i], "'");
            total = FdtView.ClaimedSize(overlay);
            if (total > (uint)overlay.Length)
                return Refuse("Overlay '", names[i], "' is incomplete (", overlay.Length.ToString(), " / ", total.ToString(),
                    " bytes read)");
            overlays[i] = overlay;
        }

        if (!FlatOverlayStack.TryOpen(@base, out FlatOverlayStack? stack, out FdtError? bad, new() { Version = _version }))
            return RefuseCopy(bad.Kind);
        for (int i = 0; i < overlays.Length; i++)
        {
            if (stack.Apply(overlays[i]) is OverlayError error)
                return RefuseOverlay(names[i], error, stack);
        }
        if (!stack.TryPack(out ReadOnlySpan<byte> blob, out FdtErrorKind unpackable))
            return RefuseCopy(unpackable);
        return FdtFile.TryWrite(output, blob, _host, _console) || Refuse("Failed to write '", output, "'");
    }

    private bool RefuseOverlay(string name, OverlayError error, FlatOverlayStack stack)
    {
        // Out of space, the original doubles its buffer until that does not fit anywhere, and then says it of its copy.
        if (error.IsAboutBase || error.Kind == FdtErrorKind.NoSpace)
            return RefuseCopy(error.Kind);
        Refuse("Failed to apply '", name, "': ", Word(error.Kind));
        if (_version.Has(DtcChanges.MissingSymbolsHint) && !stack.HasSymbols)
        {
            _console.Error.Add(
                "base blob does not have a '/__symbols__' node, make sure you have compiled the base blob with '-@' option\n");
        }
        return false;
    }

    private bool RefuseCopy(FdtErrorKind kind) => Refuse("Failed to make temporary copy: ", Word(kind));

    private bool Refuse(params ReadOnlySpan<string> message)
    {
        _console.Error.Add('\n');
        foreach (string part in message)
            _console.Error.Add(part);
        _console.Error.Add('\n');
        return false;
    }

    private static string Word(FdtErrorKind kind) => "FDT_ERR_" + kind.Word();
}
