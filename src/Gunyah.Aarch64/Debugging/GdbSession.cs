using System.Globalization;
using System.Text;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Aarch64.Memory;

namespace Gunyah.Aarch64.Debugging;

/// <summary>One debugger at the other end of a connection: what it asks, and what it is answered.</summary>
internal sealed unsafe class GdbSession(GdbPackets packets, Debugger debugger, Cluster cluster)
{
    private const string Ok = "OK";
    private const string Failed = "E01";
    private const string Unknown = "";
    private const string InterruptRequest = "\x03";

    private static readonly TimeSpan _pollTime = TimeSpan.FromMilliseconds(50);

    private Core? _selected;

    /// <summary>Answers until the connection ends, and lets the VM run on then.</summary>
    public void Serve()
    {
        try
        {
            while (packets.Read() is { } request)
            {
                if (request == InterruptRequest)
                    debugger.RequestStop();
                else if (!Answer(request))
                    return;
            }
        }
        catch (IOException)
        {
            // The other end is gone.
        }
        finally
        {
            debugger.Detach();
        }
    }

    private bool Answer(string request)
    {
        if (request is "D" or "k" || request.StartsWith("D;", StringComparison.Ordinal))
        {
            packets.Write(Ok);
            return false;
        }

        if (request[..Math.Min(1, request.Length)] is "c" or "s" || request.StartsWith("vCont;", StringComparison.Ordinal))
        {
            bool steps = request[0] == 's' || request.StartsWith("vCont;s", StringComparison.Ordinal);
            return Resume(steps ? ThreadOf(request[(request.IndexOf(':', StringComparison.Ordinal) + 1)..]) ?? Selected : null);
        }

        packets.Write(Reply(request));
        if (request == "QStartNoAckMode")
            packets.Acknowledges = false;
        return true;
    }

    private string Reply(string request)
    {
        string rest = request.Length > 1 ? request[1..] : "";
        return request[..Math.Min(1, request.Length)] switch
        {
            "?" => WaitForStop(),
            "q" => Query(request),
            "Q" => request == "QStartNoAckMode" ? Ok : Unknown,
            "H" => Select(rest),
            "T" => ThreadOf(rest) is null ? Failed : Ok,
            "g" => ReadAll(),
            "p" => Selected is { } core && TryHex(rest, out ulong number) ? GdbRegisters.Read(core.State, (int)number) : Failed,
            "P" => WriteRegister(rest),
            "m" => ReadMemory(rest),
            "M" => WriteMemory(rest),
            "Z" or "z" => SetStop(request),
            "v" when request == "vCont?" => "vCont;c;C;s;S",
            _ => Unknown,
        };
    }

    private Core? Selected => _selected ?? (cluster.Cores.Count > 0 ? cluster.Cores[0] : null);

    private string Query(string request)
    {
        const string Features = "qXfer:features:read:target.xml:";
        if (request.StartsWith(Features, StringComparison.Ordinal))
            return Part(GdbRegisters.Description, request[Features.Length..]);
        if (request.StartsWith("qSupported", StringComparison.Ordinal))
            return $"PacketSize={GdbPackets.Longest:x};qXfer:features:read+;QStartNoAckMode+;vContSupported+;hwbreak+";
        return request switch
        {
            "qAttached" => "1",
            "qC" => Selected is { } core ? $"QC{Number(core):x}" : Unknown,
            "qfThreadInfo" => "m" + string.Join(',', cluster.Cores.Select(core => Number(core).ToString("x", null))),
            "qsThreadInfo" => "l",
            _ when request.StartsWith("qThreadExtraInfo,", StringComparison.Ordinal) => ThreadOf(request[17..]) is { } core
                ? Convert.ToHexString(Encoding.ASCII.GetBytes($"core, EL{core.State->El}")) : Failed,
            _ => Unknown,
        };
    }

    private static string Part(string whole, string range)
    {
        string[] parts = range.Split(',');
        if (parts.Length != 2 || !TryHex(parts[0], out ulong start) || !TryHex(parts[1], out ulong length)
            || start > (ulong)whole.Length)
        {
            return Failed;
        }

        string part = whole.Substring((int)start, (int)Math.Min(length, (ulong)whole.Length - start));
        return (start + (ulong)part.Length < (ulong)whole.Length ? "m" : "l") + part;
    }

    /// <summary>A core's number as a thread: MPIDR's affinities, from 1 on.</summary>
    private static ulong Number(Core core) => (core.Affinity & 0xFF) + 1;

    private Core? ThreadOf(string text) =>
        TryHex(text, out ulong number) ? cluster.Cores.FirstOrDefault(core => Number(core) == number) : null;

    private string Select(string which)
    {
        if (which.Length < 2)
            return Failed;
        if (which[1..] is not ("0" or "-1") && ThreadOf(which[1..]) is not { } core)
            return Failed;
        if (which[0] == 'g')
            _selected = ThreadOf(which[1..]) ?? _selected;
        return Ok;
    }

    private bool Resume(Core? steps)
    {
        debugger.Resume(steps);
        packets.Write(WaitForStop());
        return true;
    }

    /// <summary>Waits until the VM stands. An interrupt by the user is read meanwhile.</summary>
    private string WaitForStop()
    {
        Standing? standing;
        while ((standing = debugger.WaitForStop(_pollTime)) is null)
        {
            if (!packets.HasMore)
                continue;
            if (packets.Read() is not { } request)
                throw new EndOfStreamException("the debugger is gone");
            if (request == InterruptRequest)
                debugger.RequestStop();
        }

        Core core = standing.Value.Core;
        _selected = core;
        string thread = $"thread:{Number(core):x};";
        return standing.Value.Reason switch
        {
            DebugReason.Breakpoint => $"T05hwbreak:;{thread}",
            DebugReason.Watchpoint => $"T05watch:{standing.Value.Address:x};{thread}",
            DebugReason.Interrupted => $"T02{thread}",
            _ => $"T05{thread}",
        };
    }

    private string ReadAll()
    {
        if (Selected is not { } core)
            return Failed;
        var text = new StringBuilder();
        for (int i = 0; i < GdbRegisters.Count; i++)
            text.Append(GdbRegisters.Read(core.State, i));
        return text.ToString();
    }

    private string WriteRegister(string rest)
    {
        int equals = rest.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && Selected is { } core && TryHex(rest[..equals], out ulong number)
            && GdbRegisters.TryWrite(core.State, (int)Math.Min(number, GdbRegisters.Count), rest[(equals + 1)..]) ? Ok : Failed;
    }

    private string ReadMemory(string rest)
    {
        if (!TryRange(rest, out ulong address, out ulong length) || Selected is not { } core)
            return Failed;
        var bytes = new byte[Math.Min(length, GdbPackets.Longest / 2)];
        int read = 0;
        while (read < bytes.Length)
        {
            int part = PartOfPage(address + (ulong)read, bytes.Length - read);
            if (!core.TryReadVirtual(address + (ulong)read, bytes.AsSpan(read, part)))
                break;
            read += part;
        }

        return read == 0 && bytes.Length != 0 ? Failed : Convert.ToHexString(bytes.AsSpan(0, read));
    }

    private string WriteMemory(string rest)
    {
        int colon = rest.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !TryRange(rest[..colon], out ulong address, out ulong length) || Selected is not { } core
            || rest.Length - colon - 1 != (int)length * 2)
        {
            return Failed;
        }

        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(rest.AsSpan(colon + 1));
        }
        catch (FormatException)
        {
            return Failed;
        }

        int written = 0;
        while (written < bytes.Length)
        {
            int part = PartOfPage(address + (ulong)written, bytes.Length - written);
            if (!core.TryWriteVirtual(address + (ulong)written, bytes.AsSpan(written, part)))
                return Failed;
            written += part;
        }

        debugger.Stops.Changed();
        return Ok;
    }

    private string SetStop(string request)
    {
        string[] parts = request[1..].Split(',', ';');
        if (parts.Length < 3 || !TryHex(parts[1], out ulong address) || !TryHex(parts[2], out ulong length))
            return Failed;
        bool on = request[0] == 'Z';
        switch (parts[0])
        {
            case "0" or "1":
                debugger.Stops.SetBreakpoint(address, on);
                return Ok;
            case "2" or "3" or "4":
                WatchKind kind = parts[0] switch { "2" => WatchKind.Write, "3" => WatchKind.Read, _ => WatchKind.Access };
                debugger.Stops.SetWatchpoint(new(address, length, kind), on);
                return Ok;
            default:
                return Unknown;
        }
    }

    private static int PartOfPage(ulong address, int length) =>
        (int)Math.Min((ulong)length, Tlb.PageSize - (address & (Tlb.PageSize - 1)));

    private static bool TryRange(string text, out ulong address, out ulong length)
    {
        (address, length) = (0, 0);
        string[] parts = text.Split(',');
        return parts.Length == 2 && TryHex(parts[0], out address) && TryHex(parts[1], out length);
    }

    private static bool TryHex(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value);
}
