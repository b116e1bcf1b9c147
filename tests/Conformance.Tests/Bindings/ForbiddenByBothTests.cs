using System.Globalization;
using System.Text;
using Conformance.Tests.Tools;
using Devicetree.Tool.Tests;

namespace Conformance.Tests.Bindings;

/// <summary>
/// Errors in bindings that Debian's dt-doc-validate (2022.08) and the newest both forbid: the same words at the same place from
/// Debian's program and from ours by that name.
/// </summary>
public sealed class ForbiddenByBothTests
{
    private const string Name = "acme-level.yaml";

    /// <summary>A binding that both accept.</summary>
    private const string Good = """
        # SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/acme-level.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#

        title: Level sensor of Acme

        maintainers:
          - Ann Ample <ann@example.org>

        description: Measures how full a tank is.

        properties:
          compatible:
            const: acme,level

          reg:
            maxItems: 1

          interrupts:
            maxItems: 2

          acme,depth-mm:
            description: How deep the tank is.
            minimum: 10

          acme,shape:
            description: Which shape it has.
            $ref: /schemas/types.yaml#/definitions/uint32
            enum: [0, 1, 2]

        required:
          - compatible
          - reg

        additionalProperties: false

        examples:
          - |
            level@10 {
                compatible = "acme,level";
                reg = <0x10>;
            };
        ...

        """;

    /// <summary>A part of the binding, what stands there instead, and how the line that says so begins.</summary>
    private static readonly (string Part, string Instead, string Says)[] _errors =
    [
        ("title: Level sensor of Acme\n", "", "'title' is a required property"),
        ("maintainers:\n  - Ann Ample <ann@example.org>\n", "", "'maintainers' is a required property"),
        ("description: Measures how full a tank is.", "description: 5", "description: 5 is not of type 'string'"),
        ("title: Level", "acme: 1\ntitle: Level", "'acme' is not one of ["),
        ("title: Level", "select: 1\ntitle: Level", "select: 1 is not of type "),
        ("title: Level", "allOf:\n  $ref: /schemas/acme.yaml#\ntitle: Level",
            "allOf: {'$ref': '/schemas/acme.yaml#'} is not of type 'array'"),
        ("title: Level", "if:\n  required: [reg]\ntitle: Level", "'then' is a dependency of 'if'"),
        ("additionalProperties: false\n", "", "'oneOf' conditional failed, one must be fixed:"),
        ("additionalProperties: false", "additionalProperties: no-thanks", "additionalProperties: 'no-thanks' is not of type "),
        ("required:\n  - compatible\n  - reg\n", "required: compatible\n", "required: 'compatible' is not of type 'array'"),
        ("  - compatible\n  - reg\n", "  - reg\n  - reg\n", "required: ['reg', 'reg'] has non-unique elements"),
        ("properties:\n", "patternProperties:\n  \"[a\":\n    type: object\n\nproperties:\n", "patternProperties: '[a' "),
        ("    const: acme,level", "    type: text", "properties:compatible:type: 'text' is not one of ["),
        ("  reg:\n    maxItems: 1\n", "  reg: 1\n", "properties:reg: 1 is not of type "),
        ("    maxItems: 1\n", "    maxItems: many\n", "properties:reg:maxItems: 'many' is not of type 'integer'"),
        ("    maxItems: 1\n", "    minItems: -1\n", "properties:reg:minItems: -1 is less than the minimum of 0"),
        ("    maxItems: 2\n", "    items: []\n", "properties:interrupts:items: 'anyOf' conditional failed, one must be fixed:"),
        ("    minimum: 10\n", "    $ref: /schemas/types.yaml#/definitions/uint32\n",
            "properties:acme,depth-mm: '$ref' should not be valid under "),
        ("enum: [0, 1, 2]", "enum: [0, 0]", "properties:acme,shape:enum: [0, 0] has non-unique elements"),
        ("  - |\n    level@10 {\n        compatible = \"acme,level\";\n        reg = <0x10>;\n    };\n", "  none\n",
            "examples: 'none' is not of type 'array'"),
    ];

    [Fact]
    public void What_both_versions_forbid_both_programs_name_in_the_same_words()
    {
        ExternalTool.Require("dt-doc-validate");
        using var theirs = new TemporaryDirectory();
        using var ours = new TestHost();
        string[] files = [.. _errors.Prepend(("", "", ""))
            .Select((_, number) => string.Create(CultureInfo.InvariantCulture, $"case-{number:00}/{Name}"))];
        for (int i = 0; i < files.Length; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(i == 0 ? Good : Changed(_errors[i - 1].Part, _errors[i - 1].Instead));
            theirs.Write(files[i], text);
            ours.Write(files[i], text);
        }

        ToolResult debian = ExternalTool.Start("dt-doc-validate", [.. files.Select(theirs.PathOf)]);
        ours.Run("dt-doc-validate", files);
        string[] theirLines = (debian.StandardOutput + debian.StandardError).Split('\n');
        string[] ourLines = (ours.Output + ours.Error).Split('\n');

        Assert.DoesNotContain(ourLines, line => line.Contains(files[0], StringComparison.Ordinal));
        Assert.DoesNotContain(theirLines, line =>
            line.Contains($"{files[0]}: ", StringComparison.Ordinal) && !IsAboutDirectory(line));
        for (int i = 1; i < files.Length; i++)
        {
            string said = $"{files[i]}: {_errors[i - 1].Says}";
            Assert.Contains(theirLines, line => line.Contains(said, StringComparison.Ordinal));
            Assert.Contains(ourLines, line => line.Contains(said, StringComparison.Ordinal));
        }
    }

    /// <summary>Debian's wants a directory <c>schemas</c> or <c>bindings</c> above the file.</summary>
    private static bool IsAboutDirectory(string line) => line.Contains("$id: relative path", StringComparison.Ordinal);

    private static string Changed(string part, string instead)
    {
        int at = Good.IndexOf(part, StringComparison.Ordinal);
        Assert.True(at > 0, $"'{part}' is no part of the binding");
        return Good.Remove(at, part.Length).Insert(at, instead);
    }
}
