namespace Devicetree.Tool.Tests.DropIns;

/// <summary>
/// Two bindings for tests of the programs that use bindings: a closed one, and one that leaves nothing unevaluated.
/// </summary>
internal static class AcmeBindings
{
    private const string Thing =
        """
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/test/acme,thing.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#
        title: Thing
        properties:
          compatible:
            oneOf:
              - items:
                  - const: acme,thing-v2
                  - const: acme,thing
              - const: acme,thing
          reg:
            minItems: 1
            maxItems: 2
          acme,level:
            $ref: /schemas/types.yaml#/definitions/uint8
          acme,mode:
            $ref: /schemas/types.yaml#/definitions/uint32
            enum: [1, 2, 4]
          acme,on:
            type: boolean
          never: false
          clocks:
            $ref: /schemas/types.yaml#/definitions/phandle-array
          reset-gpios:
            $ref: /schemas/types.yaml#/definitions/phandle-array
        required: [compatible, reg]
        additionalProperties: false
        """;

    private const string Open =
        """
        %YAML 1.2
        ---
        $id: http://devicetree.org/schemas/test/acme,open.yaml#
        $schema: http://devicetree.org/meta-schemas/core.yaml#
        title: Open
        properties:
          compatible:
            const: acme,open
          reg:
            $ref: /schemas/types.yaml#/definitions/address
          label:
            $ref: /schemas/types.yaml#/definitions/string
          "#clock-cells":
            $ref: /schemas/types.yaml#/definitions/uint32
          "#address-cells":
            $ref: /schemas/types.yaml#/definitions/uint32
          "#size-cells":
            $ref: /schemas/types.yaml#/definitions/uint32
          "#gpio-cells":
            $ref: /schemas/types.yaml#/definitions/uint32
          interrupts:
            $ref: /schemas/types.yaml#/definitions/uint32-matrix
          phandle:
            $ref: /schemas/types.yaml#/definitions/uint32
          status:
            $ref: /schemas/types.yaml#/definitions/string
          child:
            $ref: missing.yaml#
        required: [compatible, label, interrupts]
        unevaluatedProperties: false
        """;

    /// <summary>Core schemas that say nothing but what types are, so that findings are those of the two bindings alone.</summary>
    private const string Types =
        """
        $id: http://devicetree.org/schemas/types.yaml#
        $schema: http://devicetree.org/meta-schemas/base.yaml#
        definitions:
          string: { type: array, minItems: 1, maxItems: 1, items: { type: string } }
          uint8: { type: integer, typeSize: 8, minimum: 0, maximum: 0xff }
          uint32: { type: integer, typeSize: 32, minimum: 0, maximum: 0xffffffff }
          uint32-array: { type: array, minItems: 1, items: { $ref: '#/definitions/uint32' } }
          uint32-matrix: { type: array, minItems: 1, items: { $ref: '#/definitions/uint32-array' } }
          phandle-array: { type: array, minItems: 1, items: { $ref: '#/definitions/uint32-array' } }
          address: { type: array, minItems: 1, items: { $ref: '#/definitions/uint32-array' } }
        """;

    /// <summary>What checked trees have in common.</summary>
    public const string Providers =
        """
        c0: clk0 { compatible = "foo"; #clock-cells = <0>; };
        c1: clk1 { compatible = "test,x"; #clock-cells = <1>; };
        """;

    /// <summary>Writes them into the directory <c>bindings</c>, and core schemas for them, which are used from then on.</summary>
    public static void Write(TestHost host)
    {
        host.Write("core/types.yaml", Types);
        host.Variables["DT_CORE_SCHEMAS"] = "core";
        host.Write("bindings/acme,thing.yaml", Thing);
        host.Write("bindings/acme,open.yaml", Open);
    }

    /// <summary>Compiles the body of a root node, whose children have one cell for addresses and sizes, into a blob.</summary>
    public static void Compile(TestHost host, string blob, string body)
    {
        host.Write(blob + ".dts", $"/dts-v1/;\n/ {{ #address-cells = <1>; #size-cells = <1>;\n{body}\n}};\n");
        Assert.True(host.Run("dtc", "-q", "-O", "dtb", "-o", blob, blob + ".dts") == 0, host.Error);
    }
}
