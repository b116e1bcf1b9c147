using Devicetree.Diagnostics;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>Places as dtc prints them (reference 1.2): <c>file:L.C</c>, <c>file:L.C1-C2</c> or <c>file:L1.C1-L2.C2</c>.</summary>
internal static class DtcPlace
{
    /// <summary>The text of a span. The file is the one that its end is in.</summary>
    public static string Of(SourceSpan span)
    {
        if (span.Source is not SourceText source)
            return "<no-file>:0.0";
        SourceLocation start = source.LocationOf(span.Start);
        SourceLocation end = source.LocationOf(span.End);
        if (start.Line != end.Line)
            return $"{end.Path}:{start.Line}.{start.Column}-{end.Line}.{end.Column}";
        return start.Column != end.Column ? $"{end.Path}:{start.Line}.{start.Column}-{end.Column}" : $"{end.Path}:{start.Line}.{start.Column}";
    }
}
