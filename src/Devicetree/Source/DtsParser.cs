using System.Buffers.Binary;
using Devicetree.Diagnostics;
using Devicetree.Live;
using Devicetree.Live.Passes;

namespace Devicetree.Source;

/// <summary>
/// Compiles devicetree source text, as dtc does: the same text gives the same tree with the same phandles and the same order. The C
/// preprocessor is not part of it; its line markers are understood.
/// </summary>
public static class DtsParser
{
    /// <summary>
    /// Compiles a source. All mistakes that one pass can find are reported; with an error there is no tree.
    /// </summary>
    /// <param name="source">The text.</param>
    /// <param name="diagnostics">Gets what is wrong, by the rules of <see cref="DtsRules"/>.</param>
    /// <param name="options">Where files come from, what is generated and limits; the defaults when null.</param>
    /// <returns>The tree, null after an error.</returns>
    public static Tree? Parse(SourceText source, DiagnosticBag diagnostics, DtsParserOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(diagnostics);
        options ??= DtsParserOptions.Default;
        int errorsBefore = diagnostics.ErrorCount;

        LiveTree tree = new SyntaxParser(source, options, diagnostics).Parse();
        bool syntaxIsGood = diagnostics.ErrorCount == errorsBefore;
        uint bootCpu = options.BootCpu ?? GuessBootCpu(tree);
        StructureCheck.Run(tree, options, diagnostics);
        // After a syntax error something is missing, and what refers to it would look wrong too.
        if (syntaxIsGood)
            Resolve(tree, options, diagnostics);
        return diagnostics.ErrorCount == errorsBefore ? Lower(tree, bootCpu) : null;
    }

    private static void Resolve(LiveTree tree, DtsParserOptions options, DiagnosticBag diagnostics)
    {
        int errorsBefore = diagnostics.ErrorCount;
        var phandles = new PhandleAllocator(tree, diagnostics);
        References.ResolvePhandles(tree, phandles, diagnostics);
        References.ResolvePaths(tree, diagnostics);
        if (diagnostics.ErrorCount > errorsBefore)
            return;
        References.OmitUnreferenced(tree, keepLabelled: options.GenerateSymbols);
        if (options.GenerateSymbols)
            GeneratedNodes.AddSymbols(tree, phandles);
        if (tree.IsPlugin)
            GeneratedNodes.AddFixups(tree);
    }

    /// <summary>The <c>reg</c> of the first child of <c>/cpus</c>, even of a deleted one, if it is one cell; else 0.</summary>
    private static uint GuessBootCpu(LiveTree tree)
    {
        LiveNode? first = tree.Find("/cpus") is { Children.All: [LiveNode cpu, ..] } ? cpu : null;
        LiveProperty? reg = first?.Properties.FindLive(PropertyNames.Reg);
        return reg?.Value.Length == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(reg.Value.Bytes.Span) : 0;
    }

    /// <summary>The tree without what only the compiler needs.</summary>
    private static Tree Lower(LiveTree source, uint bootCpu)
    {
        var tree = new Tree { BootCpu = bootCpu };
        foreach (LiveReservation reserved in source.Reservations)
            tree.Reservations.Add(reserved.Reservation);
        var pending = new Stack<(LiveNode From, Node To)>([(source.Root!, tree.Root)]);
        while (pending.TryPop(out (LiveNode From, Node To) next))
        {
            foreach (LiveProperty property in next.From.Properties.Live)
                next.To.Set(property.Name, property.Value.Bytes);
            foreach (LiveNode child in next.From.Children.Live)
                pending.Push((child, next.To.AddChild(child.Name)));
        }
        return tree;
    }
}
