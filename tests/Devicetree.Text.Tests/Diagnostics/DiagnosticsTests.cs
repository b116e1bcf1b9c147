using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Tests.Diagnostics;

public class DiagnosticsTests
{
    private static readonly DiagnosticRule _rule = new("T001", "test-rule", Severity.Warning, "'{0}' is {1}", "Change '{0}'.");

    [Fact]
    public void Lines_and_columns_count_from_one_and_tabs_are_one()
    {
        var source = new SourceText("f", "ab\n\tcd\n");

        Assert.Equal(new("f", 1, 1), source.LocationOf(0));
        Assert.Equal(new("f", 1, 3), source.LocationOf(2));
        Assert.Equal(new("f", 2, 1), source.LocationOf(3));
        Assert.Equal(new("f", 2, 2), source.LocationOf(4));
        Assert.Equal(new("f", 3, 1), source.LocationOf(7));
        Assert.Equal(new("f", 3, 1), source.LocationOf(1000));
        Assert.Equal("f:2:2", source.LocationOf(4).ToString());
    }

    [Fact]
    public void A_place_by_line_and_column_is_the_same_place()
    {
        var source = new SourceText("f", "ab\ncde\n");

        Assert.Equal(source.Span(4, 6), source.SpanAt(2, 2, 2));
        Assert.Equal(source.Span(7, 7), source.SpanAt(99, 1));
        Assert.Equal(source.Span(0, 1), source.SpanAt(0, 0));
        Assert.Equal(new("f", 2, 2), source.SpanAt(2, 2).Location);
    }

    [Fact]
    public void The_default_span_is_empty_and_no_place()
    {
        Assert.Equal(0, default(SourceSpan).Length);
        Assert.Null(default(SourceSpan).Location);
        var source = new SourceText("f", "abc");
        Assert.Equal(source.Span(0, 3), source.Span(0, 1).To(source.Span(2, 3)));
        Assert.Equal(source.Span(0, 1), source.Span(0, 1).To(default));
    }

    [Fact]
    public void A_diagnostic_renders_as_compilers_do()
    {
        var bag = new DiagnosticBag();
        var source = new SourceText("m.yaml", "a: b\n");
        bag.Report(_rule, source.Span(3, 4), [new(source.Span(0, 1), "the key")], "b", 3);
        bag.Report(_rule, default, "x", 1);

        Assert.Equal("m.yaml:1:4: warning T001: 'b' is 3\nm.yaml:1:1: note: the key\n    Change 'b'.", bag.Items[0].Render());
        Assert.Equal("warning T001: 'x' is 1", bag.Items[1].ToString());
        Assert.False(bag.HasErrors);
    }

    [Fact]
    public void What_is_quoted_cannot_write_to_the_terminal_or_fill_it()
    {
        var bag = new DiagnosticBag();
        bag.Report(_rule, default, "\u001b[2J{0}\n" + new string('x', 100_000), 1);

        string message = bag.Items[0].Message;
        Assert.StartsWith("'\uFFFD[2J{0}\uFFFDxxx", message, StringComparison.Ordinal);
        Assert.InRange(message.Length, 8_000, 9_000);
    }

    [Fact]
    public void A_full_bag_drops_warnings_and_keeps_errors()
    {
        var bag = new DiagnosticBag(capacity: 1);
        var error = new DiagnosticRule("T002", "e", Severity.Error, "wrong");
        bag.Report(_rule, default, "x", 1);
        bag.Report(_rule, default, "x", 2);
        bag.Report(error, default);
        bag.Report(error, default);

        Assert.Equal(["T001", "T002", "T002"], bag.Items.Select(item => item.Rule.Id));
        Assert.Equal(2, bag.ErrorCount);
        Assert.Equal(1, bag.Dropped);
    }

    [Fact]
    public void A_bag_of_errors_has_its_bound()
    {
        var bag = new DiagnosticBag();
        var error = new DiagnosticRule("T002", "e", Severity.Error, "wrong");
        for (int i = 0; i < DiagnosticBag.MaxErrors + 3; i++)
            bag.Report(error, default);

        Assert.Equal(DiagnosticBag.MaxErrors, bag.Items.Count);
        Assert.Equal(DiagnosticBag.MaxErrors + 3, bag.ErrorCount);
        Assert.Equal(3, bag.DroppedErrors);
    }
}
