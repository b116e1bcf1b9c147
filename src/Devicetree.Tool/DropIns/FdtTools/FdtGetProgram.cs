using System.Buffers.Binary;
using System.Text;
using Devicetree.Compatibility;
using Devicetree.Flattened;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>
/// The program that prints values of a blob under its old name: options, output, messages and exit codes of fdtget.
/// </summary>
internal sealed class FdtGetProgram
{
    private static readonly OptionRule _typeOption = new('t', "type", OptionValue.Required);
    private static readonly OptionRule _properties = new('p', "properties");
    private static readonly OptionRule _nodes = new('l', "list");
    private static readonly OptionRule _defaultOption = new('d', "default", OptionValue.Required);

    private FdtCommandLine CommandLine => new(
        "fdtget",
        $"""
        read values from device tree
        	fdtget <options> <dt file> [<node> <property>]...
        	fdtget -p <options> <dt file> [<node> ]...

        Each value is printed on a new line.
        {FdtValueType.HelpOf(_version)}
        """,
        [
            new(_typeOption, "Type of data"),
            new(_properties, "List properties for each node"),
            new(_nodes, "List subnodes for each node"),
            new(_defaultOption, "Default value to display when the property is missing"),
        ]);

    /// <summary>Nodes above one another that a list of children is made through.</summary>
    private const int MaxLevel = 32;

    private readonly FdtConsole _console;
    private readonly DtcVersion _version;
    private FdtValueType _type;
    private OptionRule? _list;
    private string? _default;

    private FdtGetProgram(FdtConsole console, DtcVersion version)
    {
        _console = console;
        _version = version;
    }

    private FdtText Output => _console.Output;

    /// <summary>Runs a command line.</summary>
    public static int Run(ToolHost host, string[] args, DtcVersion version)
    {
        var console = new FdtConsole(host);
        int code = new FdtGetProgram(console, version).Run(args, host);
        console.Flush();
        return code;
    }

    private int Run(string[] args, ToolHost host)
    {
        if (CommandLine.Read(args, _console, _version, Apply, out IReadOnlyList<string> operands) is int done)
            return done;
        if (operands.Count == 0)
            return CommandLine.Usage(_console, "missing filename");
        if (operands.Count == 1)
            return 0;
        int step = _list is null ? 2 : 1;
        if ((operands.Count - 1) % step != 0)
            return CommandLine.Usage(_console, "must have an even number of arguments");
        byte[]? blob = FdtFile.Read(operands[0], host, _console);
        if (blob is null)
            return FdtConsole.Failed;
        blob = UnfinishedBlob.Read(blob) ?? blob;
        bool isReadable = FdtView.TryOpen(blob, out FdtView view, out FdtError? bad, _version);
        for (int i = 1; i < operands.Count; i += step)
        {
            FdtErrorKind error = bad?.Kind ?? 0;
            int node = -1;
            if (isReadable && view.TryFindNode(Encoding.UTF8.GetBytes(operands[i]), out node, out error))
            {
                if (!Show(view, node, step == 2 ? operands[i + 1] : ""))
                    return FdtConsole.Failed;
            }
            else if (_default is not null)
            {
                Output.Add(_default).Add('\n');
            }
            else
            {
                return Report(operands[i], error);
            }
        }
        return 0;
    }

    private string? Apply(GivenOption option)
    {
        if (option.Rule == _typeOption)
            return FdtValueType.TryParse(option.Value!, _version, out _type) ? null : "invalid type string";
        if (option.Rule == _defaultOption)
            _default = option.Value;
        else
            _list = option.Rule;
        return null;
    }

    private bool Show(FdtView view, int node, string property)
    {
        if (_list is not null)
            return _list == _properties ? ListProperties(view, node) : ListChildren(view, node);
        if (view.TryGetValue(node, Encoding.UTF8.GetBytes(property), out ReadOnlySpan<byte> value, out FdtErrorKind error))
        {
            if (!ShowValue(value))
                return false;
            Output.Add('\n');
            return true;
        }
        if (_default is null)
            return Report(property, error) == 0;
        Output.Add(_default).Add('\n');
        return true;
    }

    private bool ShowValue(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
            return true;
        if (_type.Letter == FdtValueType.Raw)
        {
            Output.Add(value);
            return true;
        }
        if (_type.Letter == FdtValueType.Text || (_type.Letter == 0 && FdtValueText.IsPrintable(value)))
            return ShowStrings(value);
        int size = _type.Size != 0 ? _type.Size : value.Length % sizeof(uint) == 0 ? sizeof(uint) : 1;
        if (value.Length % size != 0)
        {
            _console.Error.Add("Property length must be a multiple of selected data size\n");
            return false;
        }
        for (int at = 0; at < value.Length; at += size)
        {
            if (at > 0)
                Output.Add(' ');
            uint element = size switch
            {
                1 => value[at],
                2 => BinaryPrimitives.ReadUInt16BigEndian(value[at..]),
                _ => BinaryPrimitives.ReadUInt32BigEndian(value[at..]),
            };
            if (_type.Letter == FdtValueType.Hexadecimal)
                Output.AddHex(element);
            else
                Output.AddDecimal(_type.Letter == FdtValueType.Unsigned ? element : (int)element);
        }
        return true;
    }

    private bool ShowStrings(ReadOnlySpan<byte> value)
    {
        if (value[^1] != 0)
        {
            _console.Error.Add("Unterminated string\n");
            return false;
        }
        int start = 0;
        while (start < value.Length)
        {
            if (start > 0)
                Output.Add(' ');
            int length = value[start..].IndexOf((byte)0);
            Output.Add(value.Slice(start, length));
            start += length + 1;
        }
        return true;
    }

    private bool ListProperties(FdtView view, int node)
    {
        FdtWalker walker = view.Walk(node);
        for (bool isFirst = true; walker.Read(); isFirst = false)
        {
            switch (walker.Tag)
            {
                case FdtTag.BeginNode when isFirst:
                case FdtTag.Nop when !isFirst:
                    break;
                case FdtTag.Property:
                    if (walker.TryReadProperty(out ReadOnlySpan<byte> name, out _, out _))
                        Output.Add(name).Add('\n');
                    break;
                default:
                    // Only the end of the whole block, or no node at all, is an error, and a silent one.
                    return walker.Tag != FdtTag.End && !isFirst;
            }
        }
        return false;
    }

    /// <summary>
    /// Lists the children as the original does, which walks through all of a node and takes a NOP for an error.
    /// </summary>
    private bool ListChildren(FdtView view, int node)
    {
        int level = 0;
        int next;
        for (int at = node; ; at = next)
        {
            switch (view.ReadTag(at, out next))
            {
                case FdtTag.BeginNode:
                    if (level == 1)
                        ListChild(view, at);
                    if (++level >= MaxLevel)
                    {
                        Output.Add("Nested too deep, aborting.\n");
                        return false;
                    }
                    break;
                case FdtTag.EndNode:
                    if (--level <= 0)
                        return true;
                    break;
                case FdtTag.Property:
                    break;
                case FdtTag.Nop:
                    if (level <= 1)
                        Output.Add("Unknown tag 0x00000004\n");
                    return false;
                default:
                    return false;
            }
        }
    }

    private void ListChild(FdtView view, int child)
    {
        ReadOnlySpan<byte> shown = !view.TryGetName(child, out ReadOnlySpan<byte> name, out _) ? "/* NULL pointer error */"u8
            : name.IsEmpty ? "/"u8
            : name;
        Output.Add(shown).Add('\n');
    }

    private int Report(string where, FdtErrorKind error)
    {
        _console.Error.Add("Error at '").Add(where).Add("': FDT_ERR_").Add(error.Word()).Add('\n');
        return FdtConsole.Failed;
    }
}
