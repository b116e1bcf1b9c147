using Devicetree.Text.Diagnostics;

namespace Devicetree.Source;

/// <summary>
/// Everything that can be wrong with devicetree source text before checks see it. The numbers are stable; those missing here
/// belong to
/// <see cref="Checks.CheckRules"/> and <see cref="Compilation.Passes.PassRules"/>.
/// </summary>
internal static class DtsRules
{
    /// <summary>The text does not follow the grammar.</summary>
    public static readonly DiagnosticRule UnexpectedToken = Error("DTS001", "unexpected-token", "expected {0}, found {1}", "{2}",
        whatToDo: "Add what is expected, or remove what stands in its place.",
        why: "Nothing after this place is certain: the compiler cannot know what was meant, so there is no blob.",
        example: """
            /dts-v1/;
            / {
            	compatible = "acme,board"
            	model = "Acme Board";
            };
            """);

    /// <summary>A string has no closing quote, or a backslash at the end of a line.</summary>
    public static readonly DiagnosticRule UnterminatedString = Error(
        "DTS002", "unterminated-string", "the string does not end",
        "Close it with '\"'; a backslash cannot stand at the end of a line.",
        why: "Everything up to the next quote would become part of the string, so the compiler stops where it begins.",
        example: """
            /dts-v1/;
            / {
            	model = "Acme Board;
            };
            """);

    /// <summary>A comment does not end.</summary>
    public static readonly DiagnosticRule UnterminatedComment = Error(
        "DTS003", "unterminated-comment", "the comment does not end",
        "End '/*' with '*/'; end a '//' comment on the last line of a file with a newline.",
        why: "The rest of the file would count as comment: nodes vanish without a word.",
        example: """
            /dts-v1/;
            / {
            };
            /* end of board
            """);

    /// <summary>An integer literal is no number of 64 bits.</summary>
    public static readonly DiagnosticRule BadInteger = Error(
        "DTS004", "bad-integer", "'{0}' is not a number of at most 64 bits",
        "Write decimal digits, 0x and hexadecimal digits, or 0 and octal digits; only U, L, UL, LL or ULL may follow.",
        why: "A number that is cut or misread ends up in registers and addresses, where nobody sees it until the "
            + "device fails.",
        example: """
            /dts-v1/;
            / {
            	clock-frequency = <0x12345678901234567>;
            };
            """);

    /// <summary>A character literal is not exactly one character.</summary>
    public static readonly DiagnosticRule BadCharacter = Error(
        "DTS005", "bad-character", "a character literal holds one character, this one {0}",
        "Put one character or one escape between the quotes.",
        why: "The value of a character literal is the code of one character; with none or several there is no value.",
        example: """
            /dts-v1/;
            / {
            	keycode = <'ab'>;
            };
            """);

    /// <summary>An escape sequence has no digits.</summary>
    public static readonly DiagnosticRule BadEscape = Error(
        "DTS006", "bad-escape", "'\\x' without a hexadecimal digit",
        "Write one or two digits after it, or '\\\\x' for the two characters.",
        why: "What the bytes of the string should be is not known, and drivers compare strings byte by byte.",
        example: """
            /dts-v1/;
            / {
            	label = "\xyz";
            };
            """);

    /// <summary>A word where only a number can stand: dtc since 1.8 takes it for 0 and goes on.</summary>
    public static readonly DiagnosticRule UnexpectedIdentifier = Error(
        "DTS007", "unexpected-identifier", "'{0}' is not a number", "{1}",
        whatToDo: "Include the header that defines it, or correct the name.",
        why: "It is usually a macro whose header is not included. dtc since 1.8 writes 0 in its place after its "
            + "report, so a build that overlooks the report boots with a wrong number.",
        example: """
            /dts-v1/;
            / {
            	interrupts = <GIC_SPI 42>;
            };
            """);

    /// <summary>The file name of a line marker contains a NUL.</summary>
    public static readonly DiagnosticRule NulInMarker = Error(
        "DTS008", "nul-in-marker", "the file name of this line marker contains a NUL", "Remove the '\\0' from it.",
        why: "Places in later reports name that file; a NUL would cut the name in every tool that prints it.",
        example: """
            # 1 "board\0.dts"
            /dts-v1/;
            / {
            };
            """);

    /// <summary>The file does not start with its version.</summary>
    public static readonly DiagnosticRule MissingVersion = Error(
        "DTS010", "missing-version", "the file does not start with '/dts-v1/;'", "Put '/dts-v1/;' on the first line.",
        why: "Without it the text would be in the syntax before version 1, where numbers are hexadecimal without a "
            + "prefix; no current tool reads that.",
        example: """
            / {
            	model = "Acme Board";
            };
            """);

    /// <summary>A header repeats with other flags.</summary>
    public static readonly DiagnosticRule HeaderMismatch = Error(
        "DTS011", "header-mismatch", "this header and an earlier one differ in '/plugin/'",
        "Write '/plugin/;' after every '/dts-v1/;' or after none.",
        why: "One half of the source is for a base and the other is an overlay: which references need fixups cannot be "
            + "decided.",
        example: """
            /dts-v1/;
            /plugin/;
            /dts-v1/;
            / {
            };
            """);

    /// <summary>A property comes after a child node.</summary>
    public static readonly DiagnosticRule PropertyAfterNode = Error(
        "DTS012", "property-after-node", "property '{0}' comes after a child node", "Move it before the first child of its node.",
        why: "A blob holds the properties of a node before its children. Readers such as libfdt stop at the first "
            + "child, so a later property would not be found.",
        example: """
            /dts-v1/;
            / {
            	cpus {
            	};
            	model = "Acme Board";
            };
            """);

    /// <summary>Nodes or parentheses nest too deeply.</summary>
    public static readonly DiagnosticRule TooDeep = Error(
        "DTS013", "too-deep", "{0} nest more than {1} levels deep", "Flatten them.",
        what: "Nodes and parentheses nest only so deeply.",
        why: "The limit keeps a generated or damaged file from using up the stack. No real devicetree comes near it, "
            + "and boot loaders have lower limits.",
        example: """
            /dts-v1/;
            / {
            	p = <((((((((1))))))))>; /* … and so on, more than 256 deep */
            };
            """);

    /// <summary>An element width that does not exist.</summary>
    public static readonly DiagnosticRule BadElementSize = Error(
        "DTS014", "bad-element-size", "elements of {0} bits do not exist", "Use 8, 16, 32 or 64.",
        why: "A value is stored in whole bytes, and drivers read 1, 2, 4 or 8 of them at a time.",
        example: """
            /dts-v1/;
            / {
            	p = /bits/ 24 <1>;
            };
            """);

    /// <summary>A reference among elements that are no cells.</summary>
    public static readonly DiagnosticRule ReferenceNeedsCell = Error(
        "DTS015", "reference-needs-cell", "a reference among elements of {0} bits",
        "Put it into an array without /bits/: a phandle takes 32 bits.",
        why: "A phandle is a 32-bit number. In wider or narrower elements its upper half would be lost, or drivers "
            + "would read the next element for it.",
        example: """
            /dts-v1/;
            / {
            	p = /bits/ 64 <&n>;
            	n: n {
            	};
            };
            """);

    /// <summary>A number does not fit into its element.</summary>
    public static readonly DiagnosticRule ValueOutOfRange = Error(
        "DTS016", "value-out-of-range", "0x{0:x} does not fit into {1} bits",
        "Use a smaller number or '/bits/' with wider elements.",
        why: "The upper bits would be lost, and the driver would see another number than the one in the source.",
        example: """
            /dts-v1/;
            / {
            	p = /bits/ 8 <0x100>;
            };
            """);

    /// <summary>A number does not fit into its element and loses its upper bits.</summary>
    public static readonly DiagnosticRule ValueTruncated = new(
        "DTS021", "value-truncated", Severity.Warning, "0x{0:x} does not fit into {1} bits and becomes 0x{2:x}",
        "Use a smaller number or '/bits/' with wider elements.")
    {
        Why = "The driver sees another number than the one in the source. An address or size of more than 32 bits takes "
            + "two cells.",
        Example = """
            /dts-v1/;
            / {
            	p = <0x100000000>;
            };
            """,
    };

    /// <summary>An expression divides by zero.</summary>
    public static readonly DiagnosticRule DivisionByZero = Error(
        "DTS017", "division-by-zero", "division by zero",
        "Change the divisor; both branches of '?:' and both sides of '&&' and '||' are always computed.",
        why: "There is no value to write. The devicetree compiler evaluates the whole expression, branches that are "
            + "not taken included.",
        example: """
            /dts-v1/;
            / {
            	p = <(1 / 0)>;
            };
            """);

    /// <summary>A file that the text includes cannot be read.</summary>
    public static readonly DiagnosticRule FileNotRead = Error(
        "DTS018", "file-not-read", "cannot read '{0}': {1}",
        "Correct the name: it is relative to the file that includes it, then to each search directory.",
        why: "What the file defines is missing, so nearly everything that follows would be reported for the wrong reason.",
        example: """
            /dts-v1/;
            /include/ "missing.dtsi"
            / {
            };
            """);

    /// <summary>Files include each other too deeply, most likely in a circle.</summary>
    public static readonly DiagnosticRule IncludeTooDeep = Error(
        "DTS019", "include-too-deep", "files include each other more than {0} levels deep",
        "Look for a file that includes itself.",
        why: "A file that includes itself never ends.",
        example: """
            /* board.dtsi */
            /include/ "board.dtsi"
            """);

    /// <summary>The source or the tree is larger than the limits allow.</summary>
    public static readonly DiagnosticRule TooLarge = Error("DTS020", "too-large", "{0} take more than {1} bytes",
        "Look for a file that is included again and again, or allow more with '--limits 4'.",
        what: "The source and its tree stay below a limit.",
        why: "A few lines can ask for gigabytes. The limit ends such a build with a report instead of an exhausted "
            + "machine.",
        example: """
            /* board.dts includes 100 times a file of 10 MB */
            /include/ "table.dtsi"
            """);

    /// <summary>A deletion in the fragment of an overlay (<see cref="Compatibility.StrictChoices.LostDeletionsTold"/>).</summary>
    public static readonly DiagnosticRule DeletionInOverlay = new(
        "DTS022", "deletion-in-overlay", Severity.Warning, "'{0}' is not deleted: an overlay can only add and change",
        "Set it to another value; a node can be switched off with 'status = \"disabled\"'.")
    {
        Why = "An overlay that is applied can only add nodes and set properties, so the base keeps what this line seems "
            + "to remove.",
        Example = """
            /dts-v1/;
            /plugin/;
            &uart0 {
            	/delete-property/ dmas;
            };
            """,
    };

    /// <summary>
    /// A deletion that comes after the property in the same new body
    /// (<see cref="Compatibility.StrictChoices.LostDeletionsTold"/>).
    /// </summary>
    public static readonly DiagnosticRule DeletionOfOwn = new(
        "DTS023", "deletion-of-own", Severity.Warning, "'{0}' is not deleted: a body only deletes what was there before it",
        "Remove the assignment above it.")
    {
        Why = "The blob holds the property although the source deletes it, and the driver acts on it.",
        Example = """
            /dts-v1/;
            / {
            	n {
            		status = "disabled";
            		/delete-property/ status;
            	};
            };
            """,
    };

    /// <summary>A reservation of no bytes (<see cref="Compatibility.StrictChoices.ReservationsSeen"/>).</summary>
    public static readonly DiagnosticRule EmptyReservation = Error(
        "DTS024", "empty-reservation", "a reservation of no bytes ends the list for every reader",
        "Give it a size, or remove it.",
        why: "An entry of address 0 and size 0 marks the end of the list, and readers ignore or stop at one without "
            + "bytes: the kernel then uses memory that was to be kept for firmware.",
        example: """
            /dts-v1/;
            /memreserve/ 0x80000000 0;
            / {
            };
            """);

    /// <summary>A part of a binary file that is not in it (<see cref="Compatibility.StrictChoices.BinaryFilesFit"/>).</summary>
    public static readonly DiagnosticRule BinaryTooShort = Error(
        "DTS025", "binary-too-short", "'{0}' has {1} bytes; {3} from byte {2} are asked for",
        "Correct the numbers, or look whether it is the right file.",
        why: "The property would be shorter than the driver expects, or hold something else than firmware data.",
        example: """
            /dts-v1/;
            / {
            	calibration = /incbin/("f", 8, 3);
            };
            """);

    /// <summary>A deletion of what is not there (<see cref="Compatibility.StrictChoices.VainDeletionsTold"/>).</summary>
    public static readonly DiagnosticRule NothingDeleted = new(
        "DTS026", "nothing-deleted", Severity.Warning, "{0} has no {1} '{2}' that could be deleted", "{3}")
    {
        What = "What is deleted is there.",
        WhatToDo = "Correct the name, or remove the line.",
        Why = "Most often the name is misspelt or the included file has changed, and what should be gone is still in "
            + "the blob.",
        Example = """
            /dts-v1/;
            / {
            	uart {
            	};
            };
            / {
            	/delete-node/ urat;
            };
            """,
    };

    /// <summary>A reservation that is there already.</summary>
    public static readonly DiagnosticRule RepeatedReservation = new(
        "DTS027", "repeated-reservation", Severity.Warning, "this memory is reserved already",
        "Remove one of the two lines, or correct its numbers.")
    {
        Why = "The entry adds nothing. Usually one of the two addresses should be another one, and that memory is not "
            + "reserved.",
        Example = """
            /dts-v1/;
            /memreserve/ 0x80000000 0x1000;
            /memreserve/ 0x80000000 0x1000;
            / {
            };
            """,
    };

    /// <summary>A node that was deleted is written again (<see cref="Compatibility.StrictChoices.OldPlacesTold"/>).</summary>
    public static readonly DiagnosticRule OldPlace = new(
        "DTS028", "old-place", Severity.Warning, "'{0}' was deleted before and gets its old place, before '{1}'",
        "Use '--written-order' to have nodes in the order in which they are written.")
    {
        Why = "The order of nodes decides the order in which Linux probes them and counts unnumbered devices, so a "
            + "device can appear under another number than the source suggests.",
        Example = """
            /dts-v1/;
            / {
            	a {
            	};
            	b {
            	};
            };
            / {
            	/delete-node/ a;
            };
            / {
            	a {
            		status = "okay";
            	};
            };
            """,
    };

    /// <summary>Something is to be done to a node that does not exist.</summary>
    public static readonly DiagnosticRule UnknownTarget = Error(
        "DTS030", "unknown-target", "there is no node {0} at this point", "Define it earlier in the file, or correct the name.",
        why: "The changes have no node to go to, so the board would run without them.",
        example: """
            /dts-v1/;
            / {
            };
            &uart0 {
            	status = "okay";
            };
            """);

    /// <summary>The root is deleted.</summary>
    public static readonly DiagnosticRule RootDeleted =
        Error("DTS040", "root-deleted", "the root node cannot be deleted", "Delete its children.",
        why: "A devicetree has exactly one root; without it there is nothing to write.",
        example: """
            /dts-v1/;
            / {
            };
            /delete-node/ &{/};
            """);

    /// <summary>A plugin extends a node by a label and a path below it.</summary>
    public static readonly DiagnosticRule RelativeInPlugin = Error(
        "DTS042", "relative-in-plugin", "{0} cannot be extended in a '/plugin/' source",
        "Give that node a label of its own; fixups know labels only.",
        what: "An overlay extends nodes of its base by their labels.",
        why: "The base is not known when an overlay is compiled. A fixup can name a label of the base but not a path "
            + "below one.",
        example: """
            /dts-v1/;
            /plugin/;
            &{uart0/port} {
            	status = "okay";
            };
            """);

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        UnexpectedToken, UnterminatedString, UnterminatedComment, BadInteger, BadCharacter, BadEscape,
        UnexpectedIdentifier, NulInMarker, MissingVersion, HeaderMismatch, PropertyAfterNode, TooDeep, BadElementSize,
        ReferenceNeedsCell, ValueOutOfRange, ValueTruncated, DivisionByZero, FileNotRead, IncludeTooDeep, TooLarge,
        DeletionInOverlay, DeletionOfOwn, EmptyReservation, BinaryTooShort, NothingDeleted, RepeatedReservation,
        OldPlace, UnknownTarget, RootDeleted, RelativeInPlugin,
    ];

    private static DiagnosticRule Error(
        string id, string name, string message, string remedy = "", string what = "", string whatToDo = "", string why = "",
        string example = "") =>
        new(id, name, Severity.Error, message, remedy) { What = what, WhatToDo = whatToDo, Why = why, Example = example };
}
