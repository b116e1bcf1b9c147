using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Decoding;

/// <summary>
/// Something in a tree that cannot be decoded, or not in one way only. The original prints some of these and stops at others.
/// </summary>
/// <param name="Rule">Which rule is broken.</param>
/// <param name="Path">The node.</param>
/// <param name="Property">The property.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record DecodeProblem(DiagnosticRule Rule, string Path, string Property, string Message)
{
    /// <summary>For a value whose length its type cannot have, the bytes that it has; else null.</summary>
    public int? Length { get; init; }

    /// <summary>For such a value the type; null where there is none.</summary>
    public string? Type { get; init; }

    /// <summary>True where the original neither stops nor prints anything: it goes on with what is left of the value.</summary>
    public bool IsSilentInOriginal { get; init; }

    /// <summary>What to do; that of the rule where it depends on nothing.</summary>
    public string Remedy { get; init; } = Rule.Remedy;
}

/// <summary>What can be wrong with the decoding of a tree.</summary>
internal static class DecodeRules
{
    /// <summary>A length that is no multiple of the element's size, or bytes in a flag. Printed by the original.</summary>
    public static DiagnosticRule Size { get; } = new(
        "DTV001", "size-of-value", Severity.Error, "{0}", "Write as many bytes as the type asks for.")
    {
        What = "A value has the length that its type asks for: whole elements, and none for a flag.",
        Why = "Drivers read whole elements: what is left over is lost, or the call fails and the property counts as "
            + "absent.",
        Example = """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              acme,mode:
                $ref: /schemas/types.yaml#/definitions/uint32
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		acme,mode = [01 02 03];
            	};
            };
            """,
    };

    /// <summary>
    /// The types of several bindings fit and nothing decides between them. The original picks one by chance; here a schema
    /// accepts the value when it accepts either reading.
    /// </summary>
    public static DiagnosticRule Ambiguous { get; } = new("DTV002", "type-is-ambiguous", Severity.Note, "{0}")
    {
        What = "A value can be read as more than one type.",
        WhatToDo = "Give the property one type in all bindings.",
        Why = "Bindings give one name several types, so a fault is only found if it breaks every one of them. The value "
            + "is accepted when one of them fits.",
        Example = """
            # acme,uart.yaml
            properties:
              compatible:
                const: acme,uart
              acme,mode:
                $ref: /schemas/types.yaml#/definitions/uint16-array
            # acme,spi.yaml
            properties:
              compatible:
                const: acme,spi
              acme,mode:
                $ref: /schemas/types.yaml#/definitions/uint32-array
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		compatible = "acme,uart";
            		acme,mode = [00 01 00 02];
            	};
            };
            """,
    };

    /// <summary>A phandle that no node has. The original stops.</summary>
    public static DiagnosticRule DanglingPhandle { get; } = new(
        "DTV003", "dangling-phandle", Severity.Error, "{0}", "Refer to a node that exists.")
    {
        What = "A phandle is that of a node.",
        Why = "The kernel finds no provider, so the driver fails to probe or waits forever.",
        Example = """
            # board.dts
            /dts-v1/;
            / {
            	uart {
            		interrupt-parent = <77>;
            		interrupts = <1>;
            	};
            };
            """,
    };

    /// <summary>Cell counts of 0 where something must be split by them. The original never ends.</summary>
    public static DiagnosticRule NoCells { get; } = new(
        "DTV004", "no-cells", Severity.Error, "{0}", "Give the provider or the parent its #…-cells properties.")
    {
        What = "What is split by cell counts has some that are not 0.",
        Why = "Entries of no cells have no end, so the value cannot be taken apart: its device gets no address or "
            + "interrupt.",
        Example = """
            # board.dts
            /dts-v1/;
            / {
            	interrupt-parent = <&gic>;
            	gic: gic {
            		interrupt-controller;
            		#interrupt-cells = <0>;
            	};
            	uart {
            		interrupts = <1>;
            	};
            };
            """,
    };

    /// <summary>A value that has not the form by which it is to be split. The original stops.</summary>
    public static DiagnosticRule Form { get; } = new(
        "DTV005", "form-of-value", Severity.Error, "{0}",
        "Write each entry in full: the phandle and the cells that belong to it.")
    {
        What = "A value has the parts by which it is split.",
        Why = "The kernel reads the map entry by entry and stops at one that is cut: what stands behind it is not mapped.",
        Example = """
            # board.dts
            /dts-v1/;
            / {
            	pcie {
            		iommu-map = <0>;
            	};
            };
            """,
    };

    /// <summary>Characters outside of ASCII in a string. The original stops.</summary>
    public static DiagnosticRule NotAscii { get; } = new(
        "DTV006", "not-ascii", Severity.Error, "{0}", "Write ASCII characters only.")
    {
        What = "Strings of devicetrees are ASCII.",
        Why = "Drivers and user space compare bytes, and the Devicetree Specification knows no other characters: what "
            + "is printed depends on who prints it.",
        Example = """
            # board.dts
            /dts-v1/;
            / {
            	model = "Münster";
            };
            """,
    };

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        Size, Ambiguous, DanglingPhandle, NoCells, Form, NotAscii,
    ];
}
