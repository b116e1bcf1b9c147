using Devicetree.Compilation;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Tests.Source;

/// <summary>Compiles source text for tests.</summary>
internal static class Dts
{
    private const string Header = "/dts-v1/;\n";

    /// <summary>Compiles text after a <c>/dts-v1/;</c> line of its own, so the text starts on line 2.</summary>
    public static Tree Compile(string text, DtsParserOptions? options = null) => CompileFile(Header + text, options);

    public static Tree CompileFile(string text, DtsParserOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        Tree? tree = DtsParser.Parse(new SourceText("t.dts", text), diagnostics, options);
        Assert.True(tree is not null, string.Join('\n', diagnostics.Items.Select(item => item.Render())));
        // What a test is about need not be in a fragment.
        Assert.DoesNotContain(diagnostics.Items, item => item.Rule != Compilation.Passes.PassRules.OutsideFragments);
        return tree;
    }

    public static Tree Plugin(string text, DtsParserOptions? options = null) =>
        CompileFile("/dts-v1/;\n/plugin/;\n" + text, options);

    /// <summary>Compiles text that is wrong and gives the diagnostics as <c>line:column ID</c>.</summary>
    public static string[] Errors(string text, DtsParserOptions? options = null) => ErrorsOfFile(Header + text, options);

    public static string[] ErrorsOfFile(string text, DtsParserOptions? options = null)
    {
        var diagnostics = new DiagnosticBag();
        Tree? tree = DtsParser.Parse(new SourceText("t.dts", text), diagnostics, options);
        Assert.Null(tree);
        Assert.True(diagnostics.HasErrors);
        Assert.All(diagnostics.Items, item => Assert.NotNull(item.Span.Source));
        return [.. diagnostics.Items.Select(item =>
            $"{item.Span.Location!.Value.Line}:{item.Span.Location.Value.Column} {item.Rule.Id}")];
    }

    /// <summary>The bytes of the property <c>p</c> of the root, in hexadecimal.</summary>
    public static string Value(string value) => Hex(Compile($"/ {{ p = {value}; }};").Root.Property("p")!);

    public static string Hex(Property property) => Convert.ToHexStringLower(property.Value.Span);

    /// <summary>The names of the properties, then those of the children with theirs in parentheses.</summary>
    public static string Shape(Node node) =>
        string.Join(' ', [.. node.Properties.Select(property => property.Name),
        .. node.Children.Select(child => $"{child.Name}({Shape(child)})")]);
}
