using Devicetree.Compatibility;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>
/// The program that prints the structure of a blob under its old name: options, output, messages and exit codes of fdtdump.
/// </summary>
internal sealed class FdtDumpProgram
{
    private const string Banner = """

        **** fdtdump is a low-level debugging tool, not meant for general use.
        **** If you want to decompile a dtb, you probably want
        ****     dtc -I dtb -O dts <filename>


        """;

    private const uint Magic = 0xd00dfeed;

    /// <summary>The newest version of the format that it takes.</summary>
    private const uint MaxVersion = 17;

    /// <summary>Bytes of a header, all of which must be there, also for versions with less.</summary>
    private const int HeaderSize = 40;

    private static readonly OptionRule _debugOption = new('d', "debug");
    private static readonly OptionRule _scanOption = new('s', "scan");

    private static readonly FdtCommandLine _commandLine = new(
        "fdtdump",
        "fdtdump [options] <file>",
        [
            new(_debugOption, "Dump debug information while decoding the file"),
            new(_scanOption, "Scan for an embedded fdt in file"),
        ]);

    private readonly FdtConsole _console;
    private readonly DtcVersion _version;
    private bool _debug;
    private bool _scan;

    private FdtDumpProgram(FdtConsole console, DtcVersion version)
    {
        _console = console;
        _version = version;
    }

    /// <summary>Runs a command line.</summary>
    public static int Run(ToolHost host, string[] args, DtcVersion version)
    {
        var console = new FdtConsole(host);
        int code = new FdtDumpProgram(console, version).Run(args, host);
        console.Flush();
        return code;
    }

    private int Run(string[] args, ToolHost host)
    {
        _console.Error.Add(Banner);
        if (_commandLine.Read(args, _console, _version, Apply, out IReadOnlyList<string> files) is int done)
            return done;
        if (files.Count != 1)
            return _commandLine.Usage(_console, "missing input filename");
        string file = files[0];
        byte[]? bytes = FdtFile.Read(file, host, _console);
        if (bytes is null)
            return _console.Fatal($"could not read: {file}");
        int start = 0;
        if (_scan)
        {
            start = FindHeader(bytes, file);
            if (start < 0)
                return _console.Fatal($"{file}: could not locate fdt magic");
            _console.Output.Add(file).Add(": found fdt at offset ");
            AddOffset(start).Add('\n');
        }
        else if (!IsHeader(bytes))
        {
            return _console.Fatal($"{file}: header is not valid");
        }
        return new FdtDump(bytes, start, _debug, _console, _version.Has(DtcChanges.DumpEndsAtUnknownTag)).Print(file);
    }

    private string? Apply(GivenOption option)
    {
        _debug |= option.Rule == _debugOption;
        _scan |= option.Rule == _scanOption;
        return null;
    }

    /// <summary>The first place with a magic number and a header that could be one; negative where there is none.</summary>
    private int FindHeader(ReadOnlySpan<byte> bytes, string file)
    {
        // The last four bytes are not searched, as in the original.
        for (int at = 0; bytes.Length - at >= sizeof(uint); at++)
        {
            int found = bytes[at..^sizeof(uint)].IndexOf((byte)(Magic >> 24));
            if (found < 0)
                return -1;
            at += found;
            if (FdtDump.Word(bytes, at) != Magic)
                continue;
            if (IsHeader(bytes[at..]))
                return at;
            if (_debug)
            {
                _console.Output.Add(file).Add(": skipping fdt magic at offset ");
                AddOffset(at).Add('\n');
            }
        }
        return -1;
    }

    /// <summary>
    /// True when the fields of a header are such that one may look further. The total size must leave room behind it.
    /// </summary>
    private bool IsHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || FdtDump.Word(bytes, 0) != Magic)
            return false;
        var header = new FdtDumpHeader(bytes);
        uint length = (uint)bytes.Length;
        return (header.Version <= MaxVersion || _version.Has(DtcChanges.DumpAnyVersion)) && header.LastCompatible <= MaxVersion
            && header.TotalSize < length && header.StructOffset < length && header.StringsOffset < length;
    }

    /// <summary>An offset as C's <c>%#tx</c> prints it.</summary>
    private FdtText AddOffset(int offset) =>
        offset == 0 ? _console.Output.Add('0') : _console.Output.Add("0x").AddHex((uint)offset);
}
