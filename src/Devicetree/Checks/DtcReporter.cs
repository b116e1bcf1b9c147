using System.Buffers;
using System.Text;
using Devicetree.Live;
using Devicetree.Text.Sources;

namespace Devicetree.Checks;

/// <summary>Writes findings as dtc does, byte for byte.</summary>
/// <param name="error">Gets each message in one piece, so that what several processes write to one pipe does not mix within
/// lines.</param>
/// <param name="outputName">What dtc calls its output, which stands where a finding has no place; <c>-</c> for standard
/// output.</param>
/// <param name="quiet">How often <c>-q</c> was given: once hides warnings, twice errors too.</param>
internal sealed class DtcReporter(Stream error, string outputName, int quiet) : ICheckReporter
{
    private const string StandardOutput = "-";

    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly string _noPlace = outputName == StandardOutput ? "<stdout>" : outputName;

    /// <inheritdoc/>
    public bool Wants(CheckLevels levels) =>
        ((levels & CheckLevels.Warning) != 0 && quiet < 1) || ((levels & CheckLevels.Error) != 0 && quiet < 2);

    /// <inheritdoc/>
    public void Report(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        SourceSpan place = finding.Property?.Span ?? default;
        IEnumerable<SourceSpan> others = [];
        if (place.Source is null)
        {
            SourceSpan[] places = [.. finding.Node.Spans.Where(span => span.Source is not null)];
            if (places.Length > 0)
            {
                place = places[0];
                others = finding.Property is null ? places[1..] : [];
            }
        }
        Begin(place, finding.Check, finding.Levels);
        // A node that was deleted in the source has no path in dtc, which prints it all the same.
        Latin1(finding.Node is { Deleted: true, Parent: not null } ? "(null)" : finding.Node.Path);
        if (finding.Property is LiveProperty property)
            Latin1($":{property.Name}");
        Latin1($": {CheckFault.Fill(finding.Fault.DtcText, finding.Arguments)}\n");
        foreach (SourceSpan other in others)
        {
            Latin1("  also defined at ");
            Utf8(PlaceOf(other));
            Latin1("\n");
        }
        Send();
    }

    /// <inheritdoc/>
    public void ReportPrerequisite(CheckRow check, CheckLevels levels, CheckRow needed)
    {
        Begin(default, check, levels);
        Latin1($"Failed prerequisite '{needed}'\n");
        Send();
    }

    /// <inheritdoc/>
    public void Report(PassMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Dtc is PassWords words && (!words.IsHushed || quiet < 1))
            Latin1(CheckFault.Fill(words.Text, message.Arguments));
        Send();
    }

    /// <summary>Writes the line with which dtc ends the checks of a tree with errors, or goes on in spite of them.</summary>
    /// <param name="isForced">Whether output follows all the same (<c>-f</c>).</param>
    public void Conclude(bool isForced)
    {
        if (!isForced)
            Latin1("ERROR: Input tree has errors, aborting (use -f to force output)\n");
        else if (quiet < 3)
            Latin1("Warning: Input tree has errors, output forced\n");
        Send();
    }

    /// <summary>
    /// A place as dtc writes it: <c>file:line.column-column</c>, with a second line where it ends on another one.
    /// </summary>
    public static string PlaceOf(SourceSpan span)
    {
        SourceText source = span.Source ?? throw new ArgumentException("no place", nameof(span));
        SourceLocation first = source.LocationOf(span.Start), last = source.LocationOf(span.End);
        if (first.Line != last.Line)
            return $"{last.Path}:{first.Line}.{first.Column}-{last.Line}.{last.Column}";
        return first.Column != last.Column
            ? $"{last.Path}:{first.Line}.{first.Column}-{last.Column}" : $"{last.Path}:{first.Line}.{first.Column}";
    }

    private void Begin(SourceSpan place, CheckRow check, CheckLevels levels)
    {
        Utf8(place.Source is null ? _noPlace : PlaceOf(place));
        Latin1($": {((levels & CheckLevels.Error) != 0 ? "ERROR" : "Warning")} ({check}): ");
    }

    /// <summary>Names of files are text.</summary>
    private void Utf8(string text) => _message.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Names and values of a tree are bytes, one character each.</summary>
    private void Latin1(string text) => _message.Write(Encoding.Latin1.GetBytes(text));

    private void Send()
    {
        if (_message.WrittenCount > 0)
            error.Write(_message.WrittenSpan);
        _message.ResetWrittenCount();
    }
}
