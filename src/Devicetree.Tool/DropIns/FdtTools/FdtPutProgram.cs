using System.Text;
using Devicetree.Compatibility;
using Devicetree.Flattened;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>The program that changes a blob under its old name: options, bytes, messages and exit codes of fdtput.</summary>
internal sealed class FdtPutProgram
{
    private static readonly OptionRule _create = new('c', "create");
    private static readonly OptionRule _remove = new('r', "remove");
    private static readonly OptionRule _delete = new('d', "delete");
    private static readonly OptionRule _autoPathOption = new('p', "auto-path");
    private static readonly OptionRule _typeOption = new('t', "type", OptionValue.Required);
    private static readonly OptionRule _verboseOption = new('v', "verbose");

    private FdtCommandLine CommandLine => new(
        "fdtput",
        $"""
        write a property value to a device tree
        	fdtput <options> <dt file> <node> <property> [<value>...]
        	fdtput -c <options> <dt file> [<node>...]
        	fdtput -r <options> <dt file> [<node>...]
        	fdtput -d <options> <dt file> <node> [<property>...]

        The command line arguments are joined together into a single value.
        {FdtValueType.HelpOf(_version)}
        """,
        [
            new(_create, _version.Has(DtcChanges.PutCreates) ? "Create nodes" : "Create nodes if they don't already exist"),
            new(_remove, _version.Has(DtcChanges.PutCreates)
                ? "Delete nodes (and any subnodes)" : "Delete nodes (and any subnodes) if they already exist"),
            new(_delete, "Delete properties if they already exist"),
            new(_autoPathOption, "Automatically create nodes as needed for the node path"),
            new(_typeOption, "Type of data"),
            new(_verboseOption, "Display each value decoded from command line"),
        ]);

    private readonly FdtConsole _console;
    private readonly DtcVersion _version;
    private FdtValueType _type;
    private OptionRule? _operation;
    private bool _autoPath;
    private bool _verbose;

    private FdtPutProgram(FdtConsole console, DtcVersion version)
    {
        _console = console;
        _version = version;
    }

    /// <summary>Runs a command line.</summary>
    public static int Run(ToolHost host, string[] args, DtcVersion version)
    {
        var console = new FdtConsole(host);
        int code = new FdtPutProgram(console, version).Run(args, host);
        console.Flush();
        return code;
    }

    private int Run(string[] args, ToolHost host)
    {
        if (CommandLine.Read(args, _console, _version, Apply, out IReadOnlyList<string> operands) is int done)
            return done;
        if (operands.Count == 0)
            return CommandLine.Usage(_console, "missing filename");
        if (operands.Count == 1 && (_operation is null || _operation == _delete))
            return CommandLine.Usage(_console, "missing node");
        if (operands.Count == 2 && _operation is null)
            return CommandLine.Usage(_console, "missing property");
        byte[]? bytes = FdtFile.Read(operands[0], host, _console);
        if (bytes is null)
            return FdtConsole.Failed;
        string[] words = [.. operands.Skip(1)];
        if (!FdtEditor.TryOpen(bytes, out FdtEditor? editor, out FdtError? error, _version))
        {
            // The original notices at its first look into the blob.
            if (words.Length > 0)
                FdtPatch.Report(_console, words[0], error.Kind);
            return FdtConsole.Failed;
        }
        if (!Change(new FdtPatch(editor, _console, _version), words))
            return FdtConsole.Failed;
        // A blob that cannot be packed is written as it is.
        editor.TryPack(out _);
        return FdtFile.TryWrite(operands[0], editor.Blob, host, _console) ? 0 : FdtConsole.Failed;
    }

    private string? Apply(GivenOption option)
    {
        if (option.Rule == _typeOption)
        {
            return !FdtValueType.TryParse(option.Value!, _version, out _type) ? "Invalid type string"
                : _type.Letter == FdtValueType.Raw ? "Unsupported raw data type" : null;
        }
        if (option.Rule == _autoPathOption)
            _autoPath = true;
        else if (option.Rule == _verboseOption)
            _verbose = true;
        else
            _operation = option.Rule;
        return null;
    }

    private bool Change(FdtPatch patch, string[] words)
    {
        if (_operation is null)
            return (!_autoPath || patch.CreatePath(words[0])) && TryEncode(words.AsSpan(2), out byte[] value)
                && patch.Set(words[0], words[1], value);
        if (_operation == _delete)
            return Array.TrueForAll(words[1..], property => patch.DeleteProperty(words[0], property));
        if (_operation == _remove)
            return Array.TrueForAll(words, patch.DeleteNode);
        return Array.TrueForAll(words, _autoPath ? patch.CreatePath : patch.CreateNode);
    }

    private bool TryEncode(ReadOnlySpan<string> words, out byte[] bytes)
    {
        bytes = [];
        FdtText log = _console.Error;
        if (_verbose)
            log.Add("Decoding value:\n");
        var value = new List<byte>();
        foreach (string word in words)
        {
            if (_type.Letter == FdtValueType.Text)
            {
                value.AddRange(Encoding.UTF8.GetBytes(word));
                value.Add(0);
                if (_verbose)
                    log.Add("\tstring: '").Add(word).Add("'\n");
                continue;
            }
            if (!TryReadNumber(word, out int number))
                return false;
            // Of an element of two bytes the original writes the first alone, with the low byte of the number.
            AddElement(value, number, _type.Size == 0 ? sizeof(int) : _type.Size);
            if (_verbose)
                log.Add(_type.Size switch { 1 => "\tbyte: ", 2 => "\tshort: ", _ => "\tint: " }).AddDecimal(number).Add('\n');
        }
        if (_verbose)
            log.Add("Value size ").AddDecimal(value.Count).Add('\n');
        bytes = [.. value];
        return true;
    }

    /// <summary>
    /// Reads a number as the original does; what is none is refused in every version (<see cref="StrictChoices.NumbersRead"/>).
    /// </summary>
    private bool TryReadNumber(string word, out int number)
    {
        bool isWhole = _version.Has(DtcChanges.WholeNumbers);
        if (isWhole ? CNumber.TryReadWhole(word, _type.Letter, out number) : CScan.TryRead(word, _type.Letter, out number))
            return true;
        if (_verbose || !isWhole)
            _console.Error.Add("Couldn't parse \"").Add(word).Add("\" as an integer\n");
        return false;
    }

    private static void AddElement(List<byte> value, int number, int size)
    {
        if (size == sizeof(int))
        {
            value.Add((byte)(number >> 24));
            value.Add((byte)(number >> 16));
            value.Add((byte)(number >> 8));
        }
        value.Add((byte)number);
        if (size == sizeof(short))
            value.Add(0);
    }
}
