namespace Gunyah.ResourceManager.Tests.Harness;

/// <summary>The devicetree of a secondary VM as text, with the parts that tests vary.</summary>
internal sealed record VmTree
{
    public const string RpcLink =
        """rm-rpc { vdevice-type = "rm-rpc"; generate = "/hypervisor/rm"; message-size = <240>; queue-depth = <8>; };""";

    public string ImageName { get; init; } = "vm";

    /// <summary>Further properties of the configuration node.</summary>
    public string Properties { get; init; } = "";

    public string Cpus { get; init; } =
        """cpu@0 { device_type = "cpu"; compatible = "arm,armv8"; reg = <0>; enable-method = "psci"; };""";

    /// <summary>The node that says how the VM powers its vCPUs.</summary>
    public string Psci { get; init; } = """psci { compatible = "arm,psci-1.0"; method = "hvc"; };""";

    public string Memory { get; init; } = "base-address = <0 0x80000000>;";

    public string Vcpus { get; init; } = """affinity = "proxy"; config = "/cpus";""";

    public string Interrupts { get; init; } = """config = "/intc@3fff0000";""";

    public string Vdevices { get; init; } = RpcLink;

    /// <summary>Further nodes of the root.</summary>
    public string Root { get; init; } = "";

    public string Chosen { get; init; } = "chosen { };";

    public string GicReg { get; init; } = "reg = <0 0x3fff0000 0 0x10000>, <0 0x3ffb0000 0 0x40000>;";

    public byte[] Blob => Trees.Blob(Text);

    private string Text => $$"""
        /dts-v1/;
        / {
            #address-cells = <2>; #size-cells = <2>; interrupt-parent = <&gic>;
            {{Chosen}}
            {{Psci}}
            cpus { #address-cells = <1>; #size-cells = <0>; {{Cpus}} };
            gic: intc@3fff0000 {
                compatible = "arm,gic-v3"; #interrupt-cells = <3>; interrupt-controller; #address-cells = <2>; #size-cells = <2>;
                {{GicReg}}
            };
            {{Root}}
            gunyah-vm-config {
                image-name = "{{ImageName}}"; os-type = "linux"; {{Properties}}
                memory { #address-cells = <2>; #size-cells = <2>; {{Memory}} };
                interrupts { {{Interrupts}} };
                vcpus { {{Vcpus}} };
                vdevices { generate = "/hypervisor"; {{Vdevices}} };
            };
        };
        """;
}
