namespace Devicetree.Checks;

internal static partial class CheckExplanations
{
    /// <summary>Checks of addresses and buses.</summary>
    private static CheckExplanation? Addresses(string name) =>
        name switch
        {
            "addr_size_cells" => new(
                "It finds nothing by itself. When a cell count cannot be read, no check of addresses can run.",
                """
                /dts-v1/;
                / {
                	#address-cells = "2";
                };
                """),
            "reg_format" => new(
                "The kernel reads whole entries only. With a wrong number of cells it takes part of a size for an "
                    + "address, and the driver maps the wrong registers.",
                """
                /dts-v1/;
                / {
                	#address-cells = <2>;
                	#size-cells = <1>;
                	uart@1000 {
                		reg = <0x1000 0x100>;
                	};
                };
                """),
            "ranges_format" => new(
                "Addresses below the node cannot be translated, so every device on the bus gets wrong registers or none.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	soc {
                		#address-cells = <1>;
                		#size-cells = <1>;
                		ranges = <0x0 0x10000000>;
                	};
                };
                """),
            "dma_ranges_format" => new(
                "The kernel cannot translate addresses for DMA: devices read and write the wrong memory, or DMA "
                    + "is refused.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	soc {
                		#address-cells = <1>;
                		#size-cells = <1>;
                		dma-ranges = <0x0 0x10000000>;
                	};
                };
                """),
            "unit_address_vs_reg" => new(
                "The two say the same thing twice. Where one is missing, paths in aliases, overlays and boot "
                    + "loaders miss the node, and a forgotten 'reg' leaves the driver without registers.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	uart {
                		reg = <0x1000 0x100>;
                	};
                };
                """),
            "unit_address_format" => new(
                "Paths are compared as text: 'uart@01000' is not found as 'uart@1000'.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	uart@0x1000 {
                		reg = <0x1000 0x100>;
                	};
                };
                """),
            "pci_bridge" => new(
                "The kernel reads 'ranges' of a host bridge with three address cells and two size cells; without "
                    + "them it gives no memory to PCI devices.",
                """
                /dts-v1/;
                / {
                	bridge {
                		device_type = "pci";
                	};
                };
                """),
            "pci_device_reg" => new(
                "The kernel matches a node with the device it finds on the bus by this number; a wrong one leaves "
                    + "the device without its properties.",
                """
                /dts-v1/;
                / {
                	#address-cells = <3>;
                	#size-cells = <2>;
                	pci {
                		device_type = "pci";
                		#address-cells = <3>;
                		#size-cells = <2>;
                		ranges;
                		wifi@2 {
                			reg = <0x800 0 0 0 0>;
                		};
                	};
                };
                """),
            "pci_device_bus_num" => new(
                "The bridge never addresses that bus, so the node is never matched with a device.",
                """
                /dts-v1/;
                / {
                	#address-cells = <3>;
                	#size-cells = <2>;
                	pci {
                		device_type = "pci";
                		#address-cells = <3>;
                		#size-cells = <2>;
                		ranges;
                		bus-range = <0 1>;
                		wifi@1 {
                			reg = <0x20800 0 0 0 0>;
                		};
                	};
                };
                """),
            "simple_bus_bridge" => new(
                "It finds nothing by itself. When 'compatible' or a cell count cannot be read, no check of the "
                    + "simple bus can run.",
                """
                /dts-v1/;
                / {
                	soc {
                		compatible = [61];
                	};
                };
                """),
            "simple_bus_reg" => new(
                "Linux names devices of a simple bus by their address, and paths contain it: a wrong one misleads "
                    + "people, scripts and boot loaders.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	soc {
                		compatible = "simple-bus";
                		#address-cells = <1>;
                		#size-cells = <1>;
                		ranges;
                		uart@2000 {
                			reg = <0x1000 0x100>;
                		};
                	};
                };
                """),
            "i2c_bus_bridge" => new(
                "The address of a chip on the bus is one cell. With other counts the kernel reads it wrong and "
                    + "does not create the device.",
                """
                /dts-v1/;
                / {
                	i2c {
                		#address-cells = <2>;
                		#size-cells = <0>;
                		eeprom@50 {
                			reg = <0 0x50>;
                		};
                	};
                };
                """),
            "i2c_bus_reg" => new(
                "The kernel refuses an address that does not exist on the bus, and the driver of the chip never runs.",
                """
                /dts-v1/;
                / {
                	i2c {
                		#address-cells = <1>;
                		#size-cells = <0>;
                		eeprom@50 {
                			reg = <0x51>;
                		};
                	};
                };
                """),
            "spi_bus_bridge" => new(
                "The chip select is one cell. With other counts the kernel reads it wrong and does not create the device.",
                """
                /dts-v1/;
                / {
                	spi {
                		#address-cells = <1>;
                		#size-cells = <1>;
                		spi-max-frequency = <1000000>;
                		flash@0 {
                			reg = <0 1>;
                		};
                	};
                };
                """),
            "spi_bus_reg" => new(
                "The driver would drive another chip select than the one the name shows.",
                """
                /dts-v1/;
                / {
                	spi {
                		#address-cells = <1>;
                		#size-cells = <0>;
                		flash@1 {
                			reg = <0>;
                		};
                	};
                };
                """),
            "avoid_default_addr_size" => new(
                "The defaults (2 for addresses, 1 for sizes) differ between readers, and the kernel does not "
                    + "apply them to every bus.",
                """
                /dts-v1/;
                / {
                	soc {
                		uart@1000 {
                			reg = <0x0 0x1000 0x100>;
                		};
                	};
                };
                """),
            "avoid_unnecessary_addr_size" => new(
                "They suggest children with addresses where there are none. They are often left over when such "
                    + "children moved.",
                """
                /dts-v1/;
                / {
                	leds {
                		#address-cells = <1>;
                		#size-cells = <0>;
                		red {
                		};
                	};
                };
                """),
            "unique_unit_address" => new(
                "Two drivers would claim the same registers, and the second one fails with 'resource busy'.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	uart@1000 {
                		reg = <0x1000 0x100>;
                	};
                	timer@1000 {
                		reg = <0x1000 0x100>;
                	};
                };
                """),
            "unique_unit_address_if_enabled" => new(
                "Two drivers would claim the same registers, and the second one fails with 'resource busy'. Where "
                    + "only one of them is enabled, no harm is done.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	uart@1000 {
                		reg = <0x1000 0x100>;
                	};
                	timer@1000 {
                		reg = <0x1000 0x100>;
                	};
                };
                """),
            _ => null,
        };
}
