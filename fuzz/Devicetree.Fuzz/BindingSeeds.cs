using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Fuzz;

/// <summary>Bindings, good ones and such as were written to do harm, and trees that they are for.</summary>
internal static class BindingSeeds
{
    private const string Head =
        "%YAML 1.2\n---\n$id: http://devicetree.org/schemas/fuzz.yaml#\n$schema: http://devicetree.org/meta-schemas/core.yaml#\ntitle: Fuzz\nmaintainers: [A <a@example.org>]\n";

    private static readonly string[] _texts =
    [
        """
        description: |
          Two lines
          of text.
        properties:
          compatible:
            items: [{enum: [acme,one, acme,two]}, {const: acme,any}]
          reg: {minItems: 1, maxItems: 2}
          interrupts: {maxItems: 1}
          clocks: {minItems: 2, items: [{description: bus}, {description: core}]}
          clock-names: {items: [{const: bus}, {const: core}]}
          acme,mode: {$ref: /schemas/types.yaml#/definitions/uint32, enum: [0, 1, 0x10], default: 1}
          acme,name: {$ref: /schemas/types.yaml#/definitions/string, pattern: '^[a-z]+(-[0-9]+)?$'}
          size-microvolt: {minimum: 10, maximum: 1000, multipleOf: 10}
          status: true
        patternProperties:
          '^port@[0-9a-f]+$': {type: object, properties: {reg: {maxItems: 1}}, required: [reg], additionalProperties: false}
        required: [compatible, reg]
        dependencies: {clocks: [clock-names]}
        additionalProperties: false
        examples: ["x { compatible = \"acme,one\"; };"]
        """,
        """
        select: {properties: {compatible: {contains: {enum: [acme,one]}}}, required: [compatible]}
        allOf:
          - $ref: good.yaml#
          - if: {properties: {compatible: {contains: {const: acme,two}}}, required: [interrupts]}
            then: {properties: {reg: {maxItems: 1}}, required: [clocks]}
            else: {not: {required: [clocks]}, properties: {interrupts: false}}
        oneOf: [{required: [reg]}, {required: [ranges]}, {required: [reg, ranges]}]
        anyOf: [{properties: {acme,mode: {const: 1}}}, {properties: {acme,mode: {maximum: 3}}}]
        unevaluatedProperties: false
        $defs: {a: {$ref: '#/$defs/b'}, b: {type: object, properties: {c: {$ref: '#/$defs/b'}}}}
        properties: {compatible: {contains: {const: acme,one}}, child: {$ref: '#/$defs/a'}}
        patternProperties: {'@': {$ref: '#'}}
        """,
        """
        a: &a [x, x, x, x]
        b: &b [*a, *a, *a, *a]
        c: &c [*b, *b, *b, *b]
        d: &d {k: *c, l: *c}
        properties: &p {compatible: {enum: *b}, reg: *d, deep: {not: {not: {not: {not: {not: {not: true}}}}}}}
        $ref: '#'
        allOf: [{$ref: '#'}, {properties: *p}, {$ref: '#/allOf/1'}]
        """,
        """
        properties:
          compatible: {pattern: '^(a+)+$', items: {pattern: '^(([a-z])+,)+[A-Z]([a-z])+$'}}
          acme,name: {pattern: '^(?!x)(a+)+$'}
          acme,list: {$ref: types.yaml#/definitions/uint32-matrix, items: {minItems: 2, items: [{minimum: -1}, {maximum: 18446744073709551616}]}}
        patternProperties: {'^(?=.*a)(.*a){20}$': true, '((((((((((a?){9}){9}){9}){9}){9}){9}){9}){9}){9})': false, '[': true, '\p{L}\b(?<x>a)\k<x>': true}
        additionalProperties: {type: object}
        """,
    ];

    public static IReadOnlyList<byte[]> Bytes { get; } = [.. _texts.Select(text => Encoding.UTF8.GetBytes(Head + text + "\n"))];

    /// <summary>A binding beside the mutated one, which that refers to.</summary>
    public static SourceText Good { get; } = new("good.yaml", """
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/good.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#
        title: Good
        maintainers: [A <a@example.org>]
        properties:
          compatible: {const: acme,good}
          acme,mode: {$ref: /schemas/types.yaml#/definitions/uint32}
        additionalProperties: true
        """);

    public static IReadOnlyList<byte[]> Blobs { get; } =
    [
        Seeds.Blob("""
            /dts-v1/;
            / {
            	compatible = "acme,board"; #address-cells = <1>; #size-cells = <1>;
            	c: clock { #clock-cells = <1>; };
            	one@1 { compatible = "acme,one", "acme,any"; reg = <1 2>; clocks = <&c 1>, <&c 2>; clock-names = "bus", "core"; acme,mode = <1>; acme,name = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"; size-microvolt = <100>;
            		port@0 { reg = <0>; }; port@g { x; }; child { c { c { c { }; }; }; }; };
            	two@2 { compatible = "acme,two"; reg = <2 2>, <4 4>, <6 6>; interrupts = <1 2 3>; acme,list = <1 2>, <3 4>; status = "disabled"; aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; };
            	good { compatible = "acme,good"; acme,mode = "text"; };
            };
            """, symbols: false),
    ];
}
