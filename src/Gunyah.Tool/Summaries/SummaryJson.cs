using System.Text;
using System.Text.Json;
using Gunyah.Machine.Reports;

namespace Gunyah.Tool.Summaries;

/// <summary>The closing summary as one JSON object.</summary>
internal static class SummaryJson
{
    private static readonly JsonWriterOptions _indented = new() { Indented = true };

    /// <summary>Writes the object and a line break.</summary>
    public static void Write(TextWriter output, MachineReport report)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, _indented))
            Write(json, report);
        output.WriteLine(Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length));
    }

    private static void Write(Utf8JsonWriter json, MachineReport report)
    {
        json.WriteStartObject();
        json.WriteString("name", report.Name);
        json.WriteBoolean("good", report.IsGood);
        json.WriteString("end", JsonNamingPolicy.CamelCase.ConvertName(report.End.ToString()));
        if (report.Seed is { } seed)
            json.WriteNumber("seed", seed);
        else
            json.WriteNull("seed");
        json.WriteNumber("timeNanoseconds", report.Time);

        json.WriteStartArray("vms");
        foreach (VmReport vm in report.Vms)
        {
            json.WriteStartObject();
            json.WriteString("name", vm.Name);
            if (vm.Vmid is { } vmid)
                json.WriteNumber("vmid", vmid);
            else
                json.WriteNull("vmid");
            json.WriteString("state", vm.State);
            json.WriteNumber("starts", vm.Starts);
            json.WriteNumber("faults", vm.Faults);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("queues");
        foreach (QueueReport queue in report.Queues)
        {
            json.WriteStartObject();
            json.WriteString("name", queue.Name);
            json.WriteNumber("queues", queue.Queues);
            json.WriteNumber("sent", queue.Sent);
            json.WriteNumber("received", queue.Received);
            json.WriteNumber("full", queue.Full);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("results");
        foreach (ProgramResult result in report.Results)
        {
            json.WriteStartObject();
            json.WriteString("vm", result.Vm);
            json.WriteNumber("vmid", result.Vmid);
            json.WriteNumber("code", result.Code);
            json.WriteNumber("value", result.Value);
            json.WriteString("text", result.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("faults");
        foreach (string fault in report.Faults)
            json.WriteStringValue(fault);
        json.WriteEndArray();
        WriteLeftOvers(json, report);
        json.WriteEndObject();
    }

    private static void WriteLeftOvers(Utf8JsonWriter json, MachineReport report)
    {
        if (report.LeftOvers is not { } leftOvers)
        {
            json.WriteNull("leftBehind");
            return;
        }

        json.WriteStartArray("leftBehind");
        foreach (LeftOver left in leftOvers)
        {
            json.WriteStartObject();
            json.WriteString("what", left.What);
            json.WriteNumber("before", left.Before);
            json.WriteNumber("after", left.After);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
