namespace Devicetree.Checks;

internal static partial class CheckExplanations
{
    /// <summary>Checks of what stands in relation to other nodes: /chosen, interrupts, graphs.</summary>
    private static CheckExplanation? Relations(string name) =>
        name switch
        {
            "obsolete_chosen_interrupt_controller" => new(
                "No current kernel reads it: interrupt controllers are found by their own property "
                    + "'interrupt-controller'.",
                """
                /dts-v1/;
                / {
                	chosen {
                		interrupt-controller = <1>;
                	};
                };
                """),
            "chosen_node_is_root" => new(
                "Kernel and boot loader read /chosen only: a console or command line that stands elsewhere is ignored.",
                """
                /dts-v1/;
                / {
                	soc {
                		chosen {
                		};
                	};
                };
                """),
            "chosen_node_bootargs" => new(
                "The kernel takes the bytes for its command line up to the first NUL: the rest is ignored.",
                """
                /dts-v1/;
                / {
                	chosen {
                		bootargs = <1>;
                	};
                };
                """),
            "chosen_node_stdout_path" => new(
                "The kernel finds its first console by this string; with another name or type there is no output "
                    + "during early boot.",
                """
                /dts-v1/;
                / {
                	chosen {
                		linux,stdout-path = "/uart";
                	};
                };
                """),
            "deprecated_gpio_property" => new(
                "Bindings only know the plural, so dt-validate reports the property as unknown. The kernel still "
                    + "reads both.",
                """
                /dts-v1/;
                / {
                	n {
                		reset-gpio = <0>;
                	};
                };
                """),
            "gpios_property" => new(
                "The kernel cuts the list by '#gpio-cells'. A wrong number of cells makes the next pin a flag and "
                    + "the next phandle a pin, or the driver fails to probe.",
                """
                /dts-v1/;
                / {
                	gpio: gpio {
                		gpio-controller;
                		#gpio-cells = <2>;
                	};
                	led {
                		gpios = <&gpio 3>;
                	};
                };
                """),
            "interrupts_property" => new(
                "The kernel cuts the list by '#interrupt-cells'. An incomplete entry is dropped, and the driver "
                    + "waits for an interrupt that never comes.",
                """
                /dts-v1/;
                / {
                	interrupt-parent = <&gic>;
                	gic: gic {
                		interrupt-controller;
                		#interrupt-cells = <3>;
                	};
                	uart {
                		interrupts = <0 42>;
                	};
                };
                """),
            "interrupt_provider" => new(
                "Without '#interrupt-cells' no interrupt of this controller can be decoded; on a node that is no "
                    + "controller, the search for the interrupt parent stops at the wrong place.",
                """
                /dts-v1/;
                / {
                	gic {
                		interrupt-controller;
                	};
                };
                """),
            "interrupt_map" => new(
                "The kernel walks the map entry by entry. One cell too many or too few shifts all that follow: "
                    + "devices get the interrupts of others.",
                """
                /dts-v1/;
                / {
                	gic: gic {
                		interrupt-controller;
                		#interrupt-cells = <1>;
                		#address-cells = <0>;
                	};
                	bridge {
                		#interrupt-cells = <1>;
                		#address-cells = <1>;
                		#size-cells = <0>;
                		interrupt-map = <0 1 &gic>;
                	};
                };
                """),
            "alias_paths" => new(
                "Drivers and boot loaders look up devices by alias: a wrong path numbers the device differently, "
                    + "or the boot loader finds no console.",
                """
                /dts-v1/;
                / {
                	aliases {
                		serial0 = "/uart";
                	};
                };
                """),
            "graph_nodes" => new(
                "Drivers look for endpoints in ports, so this one is never found.",
                """
                /dts-v1/;
                / {
                	endpoint {
                		remote-endpoint = <0>;
                	};
                };
                """),
            "graph_child_address" => new(
                "The numbers suggest several endpoints where there is one; they are harmless, and releases of dtc "
                    + "since 1.7 leave that to another check.",
                """
                /dts-v1/;
                / {
                	camera {
                		port {
                			#address-cells = <1>;
                			#size-cells = <0>;
                			endpoint@0 {
                				reg = <0>;
                			};
                		};
                	};
                };
                """),
            "graph_port" => new(
                "Drivers ask for a port by its number and read that from 'reg': the wrong input or output of the "
                    + "device would be connected.",
                """
                /dts-v1/;
                / {
                	camera {
                		ports {
                			#address-cells = <1>;
                			#size-cells = <0>;
                			output@0 {
                				reg = <0>;
                				endpoint {
                					remote-endpoint = <0>;
                				};
                			};
                		};
                	};
                };
                """),
            "graph_endpoint" => new(
                "A link is followed from either end. Where only one end names the other, one of the two drivers "
                    + "waits for its partner forever.",
                """
                /dts-v1/;
                / {
                	camera {
                		port {
                			a: endpoint {
                				remote-endpoint = <&b>;
                			};
                		};
                	};
                	display {
                		port {
                			b: endpoint {
                			};
                		};
                	};
                };
                """),
            "always_fail" => new(
                "It shows how findings look in a build, with one for every node, and stays off otherwise.",
                """
                /* with -W always_fail */
                /dts-v1/;
                / {
                };
                """),
            "unit_address_vs_reg_value" => new(
                "Paths, aliases and names in sysfs contain the unit address: a wrong one leads people and scripts "
                    + "to the wrong device. dtc sees it on some buses only.",
                """
                /dts-v1/;
                / {
                	#address-cells = <1>;
                	#size-cells = <1>;
                	soc {
                		#address-cells = <1>;
                		#size-cells = <1>;
                		ranges;
                		uart@2000 {
                			reg = <0x1000 0x100>;
                		};
                	};
                };
                """),
            _ => null,
        };
}
