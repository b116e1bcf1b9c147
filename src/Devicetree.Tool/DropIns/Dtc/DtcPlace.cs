using Devicetree.Checks;
using Devicetree.Text.Sources;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>Places as dtc prints them (devicetree.md 1.2).</summary>
internal static class DtcPlace
{
    /// <summary>The text of a span, also of none.</summary>
    public static string Of(SourceSpan span) => span.Source is null ? "<no-file>:0.0" : DtcReporter.PlaceOf(span);
}
