using System.Text;
using Devicetree.Schema.Authoring;
using Devicetree.Schema.Documents;
using Devicetree.Schema.Examples;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Text.Reports;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Authoring;

/// <summary>
/// Bindings that were changed at random: whatever comes of it, each is checked to its end, and findings stay inside of the file.
/// </summary>
public sealed class MutatedBindingTests
{
    private const int Seed = 118;
    private const int Mutants = 800;
    private const string Path = "/bindings/acme,thing.yaml";

    private const string Good =
        """
        # SPDX-License-Identifier: GPL-2.0-only
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/acme,thing.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#

        title: Thing of Acme

        maintainers:
          - Someone <someone@example.org>

        properties:
          compatible:
            oneOf:
              - items: [{const: "acme,thing-v2"}, { const: 'acme,thing' }]
              - const: 'acme,thing'
          reg: &one
            maxItems: 1
          resets: *one
          acme,mode:
            $ref: /schemas/types.yaml#/definitions/uint32
            description: |
              How it goes about it,
              in two lines.
            enum: [1, 2]

        patternProperties:
          "^part@[0-9a-f]+$":
            type: object
            $ref: '#'

        required:
          - compatible
          - reg

        additionalProperties: false

        examples:
          - |
            #define FAST 2

            thing@10 {
                compatible = "acme,thing";
                reg = <0x10 0x4>;
                acme,mode = <FAST>;
                interrupts = <1 (2 | 4)>;
            };
          - |
            / { other: other { list = [00 11], "text", <&other 1>; }; };

        ...

        """;

    private static readonly string[] _pieces =
    [
        "", " ", "\n", "\t", ":", ": ", "- ", "[", "]", "{", "}", ",", "\"", "'", "|\n", ">\n", "&a ", "*a", "*one", "&one ",
        "!!str ", "!x ", "%YAML 1.2\n",
        "---\n", "...\n", "#", "? ", "<<: *one\n", "\0", "\u00e9", "\ufeff", "\u2028", "\r", "\r\n", "$ref: '#'\n", "const: 1\n",
        "/* ", "*/", "//",
        "#include <x>\n", "#define FAST FAST FAST\n", "/include/ \"x\"\n", "&{/}", "9999999999999999999999", "0x", "(", ")", ";",
        "<", ">", "\\",
    ];

    [Fact]
    public void Every_mutant_is_checked_to_its_end_with_findings_inside_of_the_file()
    {
        var random = new Random(Seed);
        SourceText[] mutants = [.. Enumerable.Range(0, Mutants).Select(_ => new SourceText("acme,thing.yaml", Mutate(random)))];
        BindingChecker checker = Checker();

        int at = 0;
        int findings = 0;
        Exception? failure = null;
        var work = new Thread(() =>
        {
            try
            {
                for (; at < mutants.Length; at++)
                    findings += Check(checker, mutants[at]);
            }
            catch (Exception thrown)
            {
                failure = thrown;
            }
        })
        {
            IsBackground = true,
        };
        work.Start();
        while (!work.Join(Hanging.Limit))
        {
            int before = at;
            Assert.True(work.Join(Hanging.Limit) || at != before, $"seed {Seed}: mutant {at} has no end:\n{Text(mutants[at])}");
        }
        Assert.True(failure is null, $"seed {Seed}, mutant {at}: {failure}\n{(failure is null ? "" : Text(mutants[at]))}");
        Assert.True(findings > Mutants, $"only {findings} findings");
    }

    private static int Check(BindingChecker checker, SourceText source)
    {
        IReadOnlyList<ReportItem> items = checker.Check(source, Path);
        foreach (SourceSpan span in items.Select(item => item.Diagnostic.Span).Where(span => span.Source is not null))
        {
            Assert.Same(source, span.Source);
            Assert.InRange(span.End, span.Start, source.Bytes.Length);
        }
        return items.Count;
    }

    private static BindingChecker Checker()
    {
        var report = new SchemaLoadReport();
        var validator = new BindingValidator(SchemaLoader.Load([new SourceText(Path, Good)], report, withBuiltIn: true));
        return new(new DocumentChecker(MetaSchemas.BuiltIn, CoreSchemas.BuiltIn),
            new ExampleChecker(validator, new ExampleOptions()), report);
    }

    /// <summary>One to three changes: a stretch replaced by a piece, doubled, or moved elsewhere.</summary>
    private static byte[] Mutate(Random random)
    {
        string text = Good;
        for (int changes = random.Next(1, 4); changes > 0; changes--)
        {
            int start = random.Next(text.Length);
            int length = Math.Min(random.Next(4) == 0 ? random.Next(80) : random.Next(3), text.Length - start);
            string stretch = text.Substring(start, length);
            switch (random.Next(4))
            {
                case 0:
                    text = text.Remove(start, length).Insert(random.Next(text.Length - length + 1), stretch);
                    break;
                case 1:
                    text = text.Insert(start, stretch);
                    break;
                default:
                    text = text.Remove(start, length).Insert(start, _pieces[random.Next(_pieces.Length)]);
                    break;
            }
        }
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (random.Next(10) == 0)
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    private static string Text(SourceText source) => Encoding.UTF8.GetString(source.Bytes.Span);
}
