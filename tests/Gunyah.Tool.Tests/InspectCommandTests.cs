using System.Text.Json;
using Devicetree;
using Devicetree.Flattened;

namespace Gunyah.Tool.Tests;

public sealed class InspectCommandTests : IDisposable
{
    private readonly TestHost _host = new();

    public void Dispose() => _host.Dispose();

    /// <summary>The tree that a primary VM of the open-source Gunyah found in its memory (tests/vectors/real).</summary>
    [Fact]
    public void The_real_primary_VMs_tree_is_read_as_it_is()
    {
        Assert.Equal(0, _host.Run("inspect", Checkout.RealVector("primary.dtb")));

        Assert.Equal("", _host.Error);
        string[] expected =
        [
            "dialect         qcom",
            "VM id           3 (primary)",
            "TX  capability 0x0, SPI 928 edge rising, 8 messages of up to 240 bytes",
            "RX  capability 0x1, SPI 929 edge rising, 8 messages of up to 240 bytes",
            "leaves interrupts from INTID 960 to the VM",
        ];
        foreach (string line in expected)
            Assert.Contains(line, _host.Output, StringComparison.Ordinal);
    }

    /// <summary>
    /// As Debian's kernel does it (.ci/guests loads a driver in each): a device without a driver's help only below a bus.
    /// </summary>
    [Theory]
    [InlineData("v6", false)]
    [InlineData("upstream", false)]
    [InlineData("qcom", true)]
    public void Whether_Linux_makes_the_Resource_Managers_device_is_told(string dialect, bool made)
    {
        Assert.Equal(0, _host.Run("up", "--dialect", dialect, "--messages", "1", "--seed", "1", "--dump", "out"));
        Assert.Equal(0, _host.Run("inspect", "out/primary.dtb"));
        Assert.Contains(made ? "Linux makes its device by itself" : "Linux makes no device of it", _host.Output,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("simple-bus", "", true)]
    [InlineData("simple-mfd", "status = \"okay\";", true)]
    [InlineData("simple-bus", "status = \"disabled\";", false)]
    [InlineData("acme,bus", "", false)]
    public void A_device_is_made_where_every_node_above_is_a_bus_that_is_there(string bus, string status, bool made)
    {
        _host.Write("a.dts", $$"""
            /dts-v1/;
            / {
                #address-cells = <2>;
                #size-cells = <2>;
                soc {
                    compatible = "{{bus}}";
                    {{status}}
                    hypervisor {
                        compatible = "gunyah-hypervisor", "simple-bus";
                        #address-cells = <2>;
                        #size-cells = <0>;
                        rm@0 {
                            compatible = "gunyah-resource-manager";
                            reg = <0 0>, <0 1>;
                            interrupts = <0 3 1>, <0 4 1>;
                        };
                    };
                };
            };
            """);
        _host.Run("inspect", "a.dts", "--format", "json");
        using JsonDocument document = JsonDocument.Parse(_host.Output);
        Assert.Equal(made, document.RootElement.GetProperty("linuxMakesDevice").GetBoolean());
    }

    [Fact]
    public void The_real_primary_VMs_tree_as_JSON()
    {
        Assert.Equal(0, _host.Run("inspect", Checkout.RealVector("primary.dtb"), "--format", "json"));

        using JsonDocument document = JsonDocument.Parse(_host.Output);
        JsonElement root = document.RootElement;
        Assert.True(root.GetProperty("isGunyahGuest").GetBoolean());
        Assert.Equal("qcom", root.GetProperty("dialect").GetString());
        Assert.Equal(3, root.GetProperty("identity").GetProperty("vmid").GetInt32());
        foreach ((string side, string capability, int number) in new[] { ("transmit", "0x0", 928), ("receive", "0x1", 929) })
        {
            JsonElement queue = root.GetProperty("resourceManager").GetProperty(side);
            Assert.Equal(capability, queue.GetProperty("capability").GetString());
            Assert.Equal($"SPI {number} edge rising", queue.GetProperty("interrupt").GetProperty("text").GetString());
            Assert.Equal(number + 32, queue.GetProperty("interrupt").GetProperty("intid").GetInt32());
            Assert.Equal(240, queue.GetProperty("messageSize").GetInt32());
            Assert.Equal(8, queue.GetProperty("depth").GetInt32());
        }
    }

    [Fact]
    public void The_real_secondary_VMs_tree_shows_its_devices()
    {
        Assert.Equal(0, _host.Run("inspect", Checkout.RealVector("secondary.dtb"), "--format", "json"));

        using JsonDocument document = JsonDocument.Parse(_host.Output);
        JsonElement root = document.RootElement;
        Assert.Equal("qcom", root.GetProperty("dialect").GetString());
        Assert.Equal(0x80, root.GetProperty("identity").GetProperty("vmid").GetInt32());
        Assert.Equal(3, root.GetProperty("identity").GetProperty("ownerVmid").GetInt32());
        Assert.Equal(1, root.GetProperty("messageQueuePairs").GetArrayLength());
        Assert.Equal(2, root.GetProperty("messageQueues").GetArrayLength());
        Assert.Equal(1, root.GetProperty("doorbells").GetArrayLength());
        Assert.Equal(1, root.GetProperty("doorbellSources").GetArrayLength());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    public void A_tree_that_is_no_Gunyah_guests_says_so_with_code_1(string format)
    {
        Assert.Equal(1, _host.Run("inspect", Checkout.RealVector("primary-base.dtb"), "--format", format));
        Assert.Contains(format == "json" ? "\"isGunyahGuest\": false" : "not the devicetree of a Gunyah guest", _host.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_directory_like_proc_device_tree_is_read_as_well()
    {
        Assert.True(FdtReader.TryRead(File.ReadAllBytes(Checkout.RealVector("primary.dtb")), out Tree? tree, out _));
        WriteDirectory(tree.Root, _host.PathOf("device-tree"));

        Assert.Equal(0, _host.Run("inspect", "device-tree"));
        Assert.Contains("TX  capability 0x0, SPI 928 edge rising", _host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_there_is_an_error_of_the_input()
    {
        Assert.Equal(1, _host.Run("inspect", "no.dtb"));
        Assert.StartsWith("no.dtb: error GT0001: there is no file or directory 'no.dtb'", _host.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_blob_is_code_1_with_an_offset()
    {
        File.WriteAllBytes(_host.PathOf("b.dtb"), File.ReadAllBytes(Checkout.RealVector("primary.dtb"))[..500]);

        Assert.Equal(1, _host.Run("inspect", "b.dtb"));
        Assert.Equal("", _host.Output);
        Assert.Contains("at offset 0x", _host.Error, StringComparison.Ordinal);
    }

    private static void WriteDirectory(Node node, string path)
    {
        Directory.CreateDirectory(path);
        foreach (Property property in node.Properties)
            File.WriteAllBytes(Path.Combine(path, property.Name), property.Value.ToArray());
        foreach (Node child in node.Children)
            WriteDirectory(child, Path.Combine(path, child.Name));
    }
}
