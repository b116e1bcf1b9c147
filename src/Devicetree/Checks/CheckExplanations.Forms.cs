namespace Devicetree.Checks;

internal static partial class CheckExplanations
{
    /// <summary>Checks of names and of the forms of values.</summary>
    private static CheckExplanation? Forms(string name) =>
        name switch
        {
            "name_is_string" => new(
                "The property stands for the node's name in blobs before version 16, and a reader of such a blob "
                    + "would take other bytes for text.",
                """
                /dts-v1/;
                / {
                	n {
                		name = <1>;
                	};
                };
                """),
            "node_name_vs_property_name" => new(
                "The kernel shows nodes as directories and properties as files: two of one name cannot both "
                    + "appear in /proc/device-tree.",
                """
                /dts-v1/;
                / {
                	leds = "on";
                	leds {
                	};
                };
                """),
            "omit_unused_nodes" => new(
                "It finds nothing by itself. When a check that it needs has failed, unused nodes stay in the blob "
                    + "and take room there.",
                """
                /dts-v1/;
                / {
                	/omit-if-no-ref/ pins: pins {
                	};
                	n {
                		p = <&missing>;
                	};
                };
                """),
            "address_cells_is_cell" => new(
                "Every address below the node is split by this number; the kernel reads one cell and takes a "
                    + "default when it cannot.",
                """
                /dts-v1/;
                / {
                	#address-cells = <2 0>;
                };
                """),
            "size_cells_is_cell" => new(
                "Every size below the node is split by this number; the kernel reads one cell and takes a default "
                    + "when it cannot.",
                """
                /dts-v1/;
                / {
                	#size-cells = "1";
                };
                """),
            "device_type_is_string" => new(
                "The kernel finds memory and CPUs by this string; a node with something else is passed over, and "
                    + "its RAM or CPU is missing.",
                """
                /dts-v1/;
                / {
                	device_type = <1>;
                };
                """),
            "model_is_string" => new(
                "Boot loaders and user space print and compare the model as one string; a list or a number gives "
                    + "garbage or is ignored.",
                """
                /dts-v1/;
                / {
                	model = <1>;
                };
                """),
            "status_is_string" => new(
                "The kernel compares the value with \"okay\" and \"ok\". Anything else disables the device.",
                """
                /dts-v1/;
                / {
                	uart {
                		status = <1>;
                	};
                };
                """),
            "label_is_string" => new(
                "The label is shown to people and names files in sysfs; drivers read it as one string and fail or "
                    + "ignore it otherwise.",
                """
                /dts-v1/;
                / {
                	led {
                		label = <1>;
                	};
                };
                """),
            "compatible_is_string_list" => new(
                "Drivers are found by these strings. A value that does not end like a string matches none, so no "
                    + "driver binds.",
                """
                /dts-v1/;
                / {
                	compatible = <1>;
                };
                """),
            "names_is_string_list" => new(
                "Drivers ask for an entry by its name and get the number of the string; without strings they find "
                    + "no clock, reset or register by name.",
                """
                /dts-v1/;
                / {
                	uart {
                		clock-names = <1>;
                	};
                };
                """),
            "property_name_chars_strict" => new(
                "The Devicetree Specification allows other characters, but bindings do not, so dt-validate finds "
                    + "no property for the name.",
                """
                /dts-v1/;
                / {
                	max_speed = <1>;
                };
                """),
            "node_name_chars_strict" => new(
                "The Devicetree Specification allows other characters, but bindings do not; patterns for names of "
                    + "nodes do not match.",
                """
                /dts-v1/;
                / {
                	my_node {
                	};
                };
                """),
            _ => null,
        };
}
