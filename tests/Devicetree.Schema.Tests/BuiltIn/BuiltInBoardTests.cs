using Devicetree.Schema.Tests.Findings;

namespace Devicetree.Schema.Tests.BuiltIn;

/// <summary>
/// Nodes as boards have them, under bindings that are closed and leave the common properties to the core schemas: what is right
/// by those of dt-schema is no finding, and one thing that is wrong in each is found.
/// </summary>
public sealed class BuiltInBoardTests
{
    private const string Head = "%YAML 1.2\n---\n$schema: http://devicetree.org/meta-schemas/core.yaml#\ntitle: Test\n";

    /// <summary>A host bridge whose binding adds nothing, as those of newer kernels.</summary>
    private const string HostBridge = Head +
        """
        $id: http://devicetree.org/schemas/pci/acme,pcie.yaml#
        allOf:
          - $ref: /schemas/pci/pci-host-bridge.yaml#
        properties:
          compatible:
            const: acme,pcie
          reg:
            maxItems: 1
          ranges:
            minItems: 2
            maxItems: 3
        required: [compatible, reg, ranges]
        unevaluatedProperties: false
        """;

    private const string Processor = Head +
        """
        $id: http://devicetree.org/schemas/arm/cpus.yaml#
        select:
          properties:
            compatible:
              const: acme,cpu
          required: [compatible]
        allOf:
          - $ref: /schemas/cpu.yaml#
        properties:
          compatible:
            const: acme,cpu
        unevaluatedProperties: false
        """;

    private const string Converter = Head +
        """
        $id: http://devicetree.org/schemas/iio/acme,adc.yaml#
        allOf:
          - $ref: /schemas/iio/iio.yaml#
        properties:
          compatible:
            const: acme,adc
          reg:
            maxItems: 1
        unevaluatedProperties: false
        """;

    [Theory]
    [InlineData("", null)]
    [InlineData("bus-range = <0 256>;", "/pcie@40000000/bus-range/1 maximum")]
    [InlineData("acme,unknown;", "/pcie@40000000 unevaluatedProperties acme,unknown")]
    [InlineData("ranges = <0x02000000 0 0x20000000 0x20000000 0 0x10000000>;", "/pcie@40000000/ranges minItems")]
    [InlineData(
        "ranges = <0x02000000 0 0x20000000 0x20000000 0 0x10000000>, <0x07000000 0 0 0 0 0x1000>;",
        "/pcie@40000000/ranges oneOf")]
    public void A_host_bridge_has_rows_of_ranges_and_devices_with_their_IDs(string more, string? finding) => Holds(
        """
            dut: pcie@40000000 {
                compatible = "acme,pcie";
                device_type = "pci";
                reg = <0x40000000 0x1000>;
                #address-cells = <3>;
                #size-cells = <2>;
                bus-range = <0 255>;
                dma-ranges = <0x42000000 0 0 0 0 0x80000000>;
                ranges = <0x01000000 0 0 0x30000000 0 0x10000>, <0x02000000 0 0x20000000 0x20000000 0 0x10000000>;
                vendor-id = <0x1234>;
                device-id = <0x5678>;
                linux,pci-domain = <0>;
                msi-map = <0 &msi 0 0x100>;
                num-lanes = <4>;
                max-link-speed = <3>;
                n-fts = [10 20];
                vpcie3v3-supply = <&supply>;
                pcie@0,0 {
                    compatible = "pciclass,0604";
                    device_type = "pci";
                    reg = <0 0 0 0 0>;
                    #address-cells = <3>;
                    #size-cells = <2>;
                    ranges;
                    wifi@0,0 {
                        compatible = "pci14e4,43a3";
                        reg = <0x10000 0 0 0 0>;
                    };
                };
            };
        """, more, finding, HostBridge);

    [Theory]
    [InlineData("", null)]
    [InlineData("i-tlb-size = <8>;", "/cpus/cpu@0 dependentRequired tlb-split i-tlb-size")]
    [InlineData("acme,unknown;", "/cpus/cpu@0 unevaluatedProperties acme,unknown")]
    public void A_processor_has_clocks_operating_points_and_caches(string more, string? finding) => Holds(
        """
            cpus {
                #address-cells = <1>;
                #size-cells = <0>;
                cpu-map { cluster0 { core0 { cpu = <&dut>; }; }; };
                dut: cpu@0 {
                    compatible = "acme,cpu";
                    device_type = "cpu";
                    reg = <0>;
                    clocks = <&clock>;
                    clock-names = "cpu";
                    clock-frequency = <1000000>;
                    operating-points-v2 = <&points>;
                    cpu-supply = <&supply>;
                    numa-node-id = <0>;
                    i-cache-size = <0x8000>;
                    d-cache-line-size = <64>;
                    next-level-cache = <&l2>;
                        l2: l2-cache {
                        compatible = "cache";
                        cache-level = <2>;
                        cache-unified;
                        cache-size = <0x100000>;
                        next-level-cache = <&l3>;
                        l3: l3-cache { compatible = "cache"; cache-level = <3>; cache-unified; };
                    };
                };
            };
        """, more, finding, Processor);

    [Theory]
    [InlineData("", null)]
    [InlineData("#io-channel-cells = <3>;", "/bus@0/adc@10/#io-channel-cells enum")]
    public void A_converter_has_channels_and_a_place(string more, string? finding) => Holds(
        """
            bus@0 {
                compatible = "simple-bus";
                reg = <0 1>;
                #address-cells = <1>;
                #size-cells = <1>;
                ranges;
                dut: adc@10 {
                    compatible = "acme,adc";
                    reg = <0x10 1>;
                    label = "battery";
                    mount-matrix = "1", "0", "0", "0", "1", "0", "0", "0", "1";
                    #io-channel-cells = <1>;
                    };
            };
        """, more, finding, Converter);

    /// <summary>By the cells of each provider, whatever the rows of others are.</summary>
    [Theory]
    [InlineData("interrupts-extended = <&irq 1 2>, <&msi 3>, <&irq 4 5>; interrupt-names = \"a\", \"b\", \"c\";", null)]
    [InlineData("interrupts = <1 2>, <3 4>; interrupt-names = \"a\", \"a\";", "/thing/interrupt-names uniqueItems")]
    [InlineData("clocks = <&clock>, <&clock1 1>, <&clock>; clock-names = \"a\", \"b\", \"c\";", null)]
    [InlineData("iommu-map = <0 &msi 0 0x10000>; iommu-map-mask = <0x10000>;", "/thing/iommu-map-mask maximum")]
    [InlineData("assigned-clocks = <&clock>, <&clock1 1>;", "/thing anyOf")]
    [InlineData("memory-region = <&irq>, <&msi>; memory-region-names = \"a\", \"b\";", null)]
    public void Rows_are_split_by_the_cells_of_the_providers(string properties, string? finding) =>
        Holds("    dut: thing { };\n", properties, finding);

    private static void Holds(string nodes, string more, string? finding, params string[] bindings)
    {
        string source =
            $$"""
            /dts-v1/;
            / {
                compatible = "acme,board";
                model = "Board";
                #address-cells = <1>;
                #size-cells = <1>;
                interrupt-parent = <&irq>;
                irq: interrupt-controller { interrupt-controller; #interrupt-cells = <2>; };
                msi: msi-controller { interrupt-controller; #interrupt-cells = <1>; };
                clock: clock-0 { #clock-cells = <0>; };
                clock1: clock-1 { #clock-cells = <1>; };
                supply: regulator { };
                points: opp-table { };
            {{nodes}}};
            &dut { {{more}} };
            """;
        IReadOnlyList<string> findings = CheckedTree.Findings(source, bindings);
        if (finding is null)
            Assert.Empty(findings);
        else
            Assert.Contains(finding, findings);
    }
}
