using Devicetree.Compatibility;
using Devicetree.References;
using Devicetree.Text.Diagnostics;
using static Devicetree.Checks.KnownProperty;

namespace Devicetree.Checks;

/// <summary>
/// Every named check of every version, one row each, in the order in which dtc runs them. The reference page is written from it.
/// IDs of rules are given once and never change their meaning, so they do not follow the order.
/// </summary>
internal static class CheckTable
{
    // Names that other rows refer to.
    private const string DuplicateNodeNames = "duplicate_node_names";
    private const string NodeNameChars = "node_name_chars";
    private const string NodeNameFormat = "node_name_format";
    private const string NameIsString = "name_is_string";
    internal const string ExplicitPhandles = "explicit_phandles";
    internal const string PhandleReferences = "phandle_references";
    internal const string PathReferences = "path_references";
    private const string AddressCellsIsCell = "address_cells_is_cell";
    private const string SizeCellsIsCell = "size_cells_is_cell";
    private const string DeviceTypeIsString = "device_type_is_string";
    private const string CompatibleIsStringList = "compatible_is_string_list";
    private const string AddrSizeCells = "addr_size_cells";
    private const string RegFormat = "reg_format";
    private const string PciBridge = "pci_bridge";
    private const string SimpleBusBridge = "simple_bus_bridge";
    private const string I2cBusBridge = "i2c_bus_bridge";
    private const string SpiBusBridge = "spi_bus_bridge";
    private const string AvoidDefaultAddrSize = "avoid_default_addr_size";
    private const string InterruptsExtendedIsCell = "interrupts_extended_is_cell";
    private const string InterruptProvider = "interrupt_provider";
    private const string GraphNodes = "graph_nodes";
    private const string GraphPort = "graph_port";
    private const string GraphEndpoint = "graph_endpoint";

    private const string OneCell = "Write one number between '<' and '>'.";
    private const string OneString = "Write one string between quotes.";
    private const string UnitFromReg =
        "Write the first address of 'reg' after '@': lower-case hexadecimal digits without leading zeros.";

    /// <summary>All checks, retired ones too.</summary>
    public static IReadOnlyList<CheckRow> Rows => AllRows;

    internal static CheckRow[] AllRows { get; } =
    [
        Own(DuplicateNodeNames, CheckRules.DuplicateNode, NameChecks.DuplicateNodeNames,
            "No two children of a node have the same name."),
        Own("duplicate_property_names", CheckRules.DuplicateProperty, NameChecks.DuplicatePropertyNames,
            "No property stands twice in a node."),
        Own(NodeNameChars, CheckRules.BadNodeName, NameChecks.NodeNameCharacters,
            "Names of nodes have only letters, digits and `,._+-@`."),
        Own(NodeNameFormat, CheckRules.BadNodeName, NameChecks.NodeNameFormat, "Names of nodes have at most one `@`.",
            NodeNameChars),
        Own("node_name_not_empty", CheckRules.BadNodeName, NameChecks.NodeNameNotEmpty, "A node has a name before the `@`.",
            NodeNameChars) with
        {
            Since = DtcChanges.NodeNamesNeeded,
        },
        Own("property_name_chars", CheckRules.BadPropertyName, NameChecks.PropertyNameCharacters,
            "Names of properties have only letters, digits and `,._+*#?-`."),
        Fatal("DTS100", NameIsString, Values.AreStrings(Name), "`name` is one string.",
            "Remove the property; the node's name says it."),
        Own("name_properties", CheckRules.BadNameProperty, NameChecks.NameProperties,
            "`name` is the name of its node; it is removed then.", NameIsString),
        Warns("DTS101", "node_name_vs_property_name", NameChecks.NodeNameVersusPropertyName,
            "No child is called like a property of its parent.", "Rename one of the two.", NodeNameChars),
        Own("duplicate_label", CheckRules.DuplicateLabel, LabelChecks.DuplicateLabels, "A label stands at one place only."),
        Own(ExplicitPhandles, CheckRules.BadPhandle, ReferenceChecks.ExplicitPhandles,
            "Phandles that the source sets are valid and each node's own."),
        Own(PhandleReferences, CheckRules.UnknownReference, ReferenceChecks.ResolvePhandles,
            "References in arrays lead to nodes; they become phandles.", DuplicateNodeNames, ExplicitPhandles),
        Own(PathReferences, CheckRules.UnknownReference, ReferenceChecks.ResolvePaths,
            "References outside of arrays lead to nodes; they become paths.", DuplicateNodeNames),
        Fatal("DTS102", "omit_unused_nodes", ReferenceChecks.OmitUnused,
            "Nothing; nodes with `/omit-if-no-ref/` that nothing refers to are dropped.", "", PhandleReferences, PathReferences),

        Warns("DTS103", AddressCellsIsCell, Values.AreCells(AddressCells), "`#address-cells` is one cell.", OneCell),
        Warns("DTS104", SizeCellsIsCell, Values.AreCells(SizeCells), "`#size-cells` is one cell.", OneCell),
        Warns("DTS105", DeviceTypeIsString, Values.AreStrings(DeviceType), "`device_type` is one string.", OneString),
        Warns("DTS106", "model_is_string", Values.AreStrings(Model), "`model` is one string.", OneString),
        Warns("DTS107", "status_is_string", Values.AreStrings(Status), "`status` is one string.", OneString),
        Warns("DTS108", "label_is_string", Values.AreStrings(Label), "`label` is one string.", OneString),
        Warns("DTS109", CompatibleIsStringList, Values.AreStringLists(Compatible), "`compatible` is a list of strings.",
            "Write strings between quotes, with commas between them."),
        Warns("DTS110", "names_is_string_list", Values.NamesAreStringLists,
            "Properties that end in `-names` are lists of strings.", "Write strings between quotes, with commas between them."),
        Off("DTS111", "property_name_chars_strict", NameChecks.PropertyNameCharactersStrict,
            "Names of properties have only letters, digits, `,` and `-`; one `#` may begin the name or what follows the vendor.",
            "Use '-' between words."),
        Off("DTS112", "node_name_chars_strict", NameChecks.NodeNameCharactersStrict,
            "Names of nodes have only letters, digits, `,` and `-` before the `@`.", "Use '-' between words."),

        Warns("DTS113", AddrSizeCells, AddressChecks.AddressSizeCells, "Nothing; the cell counts are read for later checks.", "",
            AddressCellsIsCell, SizeCellsIsCell),
        Warns("DTS114", RegFormat, AddressChecks.RegFormat, "`reg` has whole entries of the parent's address and size cells.",
            "Give each entry as many cells as '#address-cells' and '#size-cells' of the parent say, or correct those.",
            AddrSizeCells),
        Warns("DTS115", "ranges_format", AddressChecks.RangesFormat(Ranges),
            "`ranges` has whole entries, or is empty between equal cell counts.",
            "Write each entry as the child's address, the parent's address and the child's size.", AddrSizeCells),
        Warns("DTS116", "dma_ranges_format", AddressChecks.RangesFormat(DmaRanges),
            "`dma-ranges` has whole entries, or is empty between equal cell counts.",
            "Write each entry as the child's address, the parent's address and the child's size.", AddrSizeCells),
        Warns("DTS117", "unit_address_vs_reg", AddressChecks.UnitAddressVersusReg,
            "A node has a unit address exactly when it has `reg` or `ranges`.",
            "Add what is missing, or remove the other.") with
        {
            IsExtra = true,
        },
        Warns("DTS118", "unit_address_format", AddressChecks.UnitAddressFormat,
            "Unit addresses have no leading `0x` or `0`, except on buses with rules of their own.",
            "Write hexadecimal digits only, without leading zeros.", NodeNameFormat, PciBridge, SimpleBusBridge),
        Warns("DTS119", PciBridge, PciChecks.Bridge,
            "Nodes with `device_type = \"pci\"` are PCI bridges in name, cell counts, `ranges` and `bus-range`.",
            "Name it 'pci' or 'pcie', with 'ranges', '#address-cells = <3>' and '#size-cells = <2>'.", DeviceTypeIsString,
            AddrSizeCells),
        Warns("DTS120", "pci_device_reg", PciChecks.DeviceReg,
            "Devices on PCI have a configuration-space address and a unit address `device[,function]`.",
            "Write device and function in hexadecimal after '@', and only them in the first cell of 'reg'.", RegFormat,
            PciBridge),
        Warns("DTS121", "pci_device_bus_num", PciChecks.DeviceBusNumber,
            "Devices on PCI are on a bus of their bridge's `bus-range`.",
            "Correct the bus number in 'reg', or the bridge's 'bus-range'.", RegFormat, PciBridge),
        Warns("DTS122", SimpleBusBridge, BusChecks.SimpleBridge,
            "Nothing; nodes compatible with `simple-bus` are noted for later checks.", "", AddrSizeCells, CompatibleIsStringList),
        Warns("DTS123", "simple_bus_reg", BusChecks.SimpleReg,
            "On a simple bus the unit address is the first address of `reg` or `ranges`.",
            UnitFromReg + " What has no address belongs outside of the bus.", RegFormat, SimpleBusBridge) with
        {
            IsExtra = true,
        },
        Warns("DTS124", I2cBusBridge, BusChecks.I2cBridge, "I2C buses have one address cell and no size cell.",
            "Write '#address-cells = <1>' and '#size-cells = <0>'.", AddrSizeCells),
        Warns("DTS125", "i2c_bus_reg", BusChecks.I2cReg,
            "Devices on I2C have an address of 7 or 10 bits in `reg`, and the same after `@`.", UnitFromReg, RegFormat,
            I2cBusBridge),
        Warns("DTS126", SpiBusBridge, BusChecks.SpiBridge,
            "SPI buses are called `spi` and have one address cell (none with `spi-slave`) and no size cell.",
            "Name it 'spi', with '#address-cells = <1>' and '#size-cells = <0>'.", AddrSizeCells),
        Warns("DTS127", "spi_bus_reg", BusChecks.SpiReg,
            "Devices on SPI have their chip select in `reg`, and the same after `@`.", UnitFromReg, RegFormat, SpiBusBridge),
        Warns("DTS128", AvoidDefaultAddrSize, AddressChecks.AvoidDefaultAddressSize,
            "Parents of nodes with `reg` or `ranges` set their cell counts.",
            "Set '#address-cells' and '#size-cells' in the parent.", AddrSizeCells),
        Warns("DTS129", "avoid_unnecessary_addr_size", AddressChecks.AvoidUnnecessaryAddressSize,
            "Cell counts stand only where children have addresses.",
            "Remove '#address-cells' and '#size-cells'.", AvoidDefaultAddrSize) with
        {
            IsExtra = true,
        },
        Warns("DTS130", "unique_unit_address", UnitAddressChecks.Unique, "No two children of a node have the same unit address.",
            "Give each its own address.", AvoidDefaultAddrSize) with
        {
            IsExtra = true,
        },
        Off("DTS131", "unique_unit_address_if_enabled", UnitAddressChecks.UniqueIfEnabled,
            "No two children that are enabled have the same unit address.",
            "Give each its own address, or disable all but one.", AvoidDefaultAddrSize),
        Warns("DTS132", "obsolete_chosen_interrupt_controller", ChosenChecks.ObsoleteInterruptController,
            "`/chosen` has no `interrupt-controller`.", "Remove the property."),
        Warns("DTS133", "chosen_node_is_root", ChosenChecks.IsAtRoot, "A node `chosen` is a child of the root.",
            "Move it to the root, or rename it."),
        Warns("DTS134", "chosen_node_bootargs", ChosenChecks.BootArguments, "`bootargs` of `/chosen` is one string.", OneString),
        Warns("DTS135", "chosen_node_stdout_path", ChosenChecks.StdoutPath,
            "`/chosen` has one string `stdout-path`, not `linux,stdout-path`.", "Write 'stdout-path' with one string."),

        .. Provider("DTS136", "DTS137", "clocks", Clocks),
        .. Provider("DTS138", "DTS139", "cooling_device", CoolingDevice),
        .. Provider("DTS140", "DTS141", "dmas", Dmas),
        .. Provider("DTS142", "DTS143", "hwlocks", HwLocks),
        .. Provider("DTS144", "DTS145", "interrupts_extended", InterruptsExtended),
        .. Provider("DTS146", "DTS147", "io_channels", IoChannels),
        .. Provider("DTS148", "DTS149", "iommus", Iommus),
        .. Provider("DTS150", "DTS151", "mboxes", Mboxes),
        .. Provider("DTS152", "DTS153", "msi_parent", MsiParent),
        .. Provider("DTS154", "DTS155", "mux_controls", MuxControls),
        .. Provider("DTS156", "DTS157", "phys", Phys),
        .. Provider("DTS158", "DTS159", "power_domains", PowerDomains),
        .. Provider("DTS160", "DTS161", "pwms", Pwms),
        .. Provider("DTS162", "DTS163", "resets", Resets),
        .. Provider("DTS164", "DTS165", "sound_dai", SoundDai),
        .. Provider("DTS166", "DTS167", "thermal_sensors", ThermalSensors),

        Off("DTS168", "deprecated_gpio_property", GpioChecks.Deprecated, "No property is called `gpio` or `…-gpio`.",
            "Use 'gpios' or '…-gpios'."),
        Warns("DTS169", "gpios_property", GpioChecks.References,
            "`gpios`, `gpio`, `…-gpios` and `…-gpio` are lists of phandles with `#gpio-cells` arguments each.",
            ProviderRemedy(GpioCells), PhandleReferences),
        Warns("DTS170", "interrupts_property", InterruptChecks.Interrupts,
            "`interrupts` has whole entries of its interrupt parent's `#interrupt-cells`.",
            "Give each entry as many cells as '#interrupt-cells' of the interrupt parent says.", PhandleReferences) with
        {
            NeedsSince = DtcChanges.InterruptsNeedReferences,
            NeedsAdded = 1,
        },
        Warns("DTS171", InterruptProvider, InterruptChecks.Providers,
            "Interrupt controllers and nodes with `interrupt-map` have `#interrupt-cells`; since 1.7 only they, before also `#address-cells`.",
            "Add what is missing. '#interrupt-cells' belongs to nodes with 'interrupt-controller' or 'interrupt-map' only.",
            InterruptsExtendedIsCell) with
        {
            NeedsSince = DtcChanges.InterruptProviderBothWays,
            NeedsAdded = 1,
        },
        Warns("DTS172", "interrupt_map", InterruptChecks.Maps,
            "`interrupt-map` has whole entries, and `interrupt-map-mask` fits them.",
            "Write each entry as the child's address and interrupt, a phandle, and the address and interrupt for that node.",
            PhandleReferences, AddrSizeCells, InterruptProvider) with
        {
            IsExtra = true,
            Since = DtcChanges.InterruptMapCheck,
        },
        Warns("DTS173", "alias_paths", ChosenChecks.AliasPaths,
            "Properties of `aliases` are paths of nodes; their names have lower-case letters, digits and `-`.",
            "Refer to the node with '&label'.") with
        {
            IsExtra = true,
        },
        Warns("DTS174", GraphNodes, GraphChecks.Nodes, "The root has no endpoint; ports are noted for later checks.",
            "Put endpoints into a node 'port'."),
        Warns("DTS175", "graph_child_address", GraphChecks.ChildAddress,
            "A port with one endpoint at address 0 has no cell counts.", "Remove '#address-cells' and '#size-cells'.",
            GraphNodes, GraphPort, GraphEndpoint) with
        {
            IsExtra = true,
            NeedsSince = DtcChanges.GraphChildNeeds,
            NeedsAdded = 2,
            Until = DtcChanges.GraphChildRetired,
        },
        Warns("DTS176", GraphPort, GraphChecks.PortNodes, "Ports are called `port`, and `reg` is their unit address.",
            "Name it 'port', with its number after '@' and in 'reg'.", GraphNodes),
        Warns("DTS177", GraphEndpoint, GraphChecks.EndpointNodes,
            "Endpoints are called `endpoint`, and two that are linked name each other.",
            "Name it 'endpoint', and let the other end's 'remote-endpoint' refer back to it.", GraphNodes),
        Off("DTS178", "always_fail", c =>
        {
            for (int i = 0; i < c.Index.Count; i++)
                c.Fail(i, FormFaults.Always);
        }, "Nothing: it fails for every node, to try out reporting.", "Switch it off."),
    ];

    /// <summary>Checks that no version of dtc has. They run last; the drop-in does not know them.</summary>
    public static IReadOnlyList<CheckRow> OwnRows { get; } =
    [
        Warns("DTS179", "unit_address_vs_reg_value", UnitAddressChecks.MatchesReg,
            "On buses without rules of their own, too, the unit address is the first address of `reg`.",
            "Correct the one that is wrong; after '@' stand lower-case hexadecimal digits without leading zeros.", AddrSizeCells),
    ];

    /// <summary>True when some version has a check of this name.</summary>
    public static bool IsKnown(string name) => Rows.Any(row => row.Name == name);

    private static CheckRow Own(string name, DiagnosticRule rule, Action<CheckContext> run, string tests,
        params string[] needs) =>
        new(run) { Name = name, Default = CheckLevels.Error, Rule = rule, Tests = tests, Needed = needs };

    private static CheckRow Fatal(string id, string name, Action<CheckContext> run, string tests, string remedy,
        params string[] needs) =>
        Row(id, name, CheckLevels.Error, run, tests, remedy, needs);

    private static CheckRow Warns(string id, string name, Action<CheckContext> run, string tests, string remedy,
        params string[] needs) =>
        Row(id, name, CheckLevels.Warning, run, tests, remedy, needs);

    private static CheckRow Off(string id, string name, Action<CheckContext> run, string tests, string remedy,
        params string[] needs) =>
        Row(id, name, CheckLevels.None, run, tests, remedy, needs);

    private static CheckRow Row(string id, string name, CheckLevels level, Action<CheckContext> run, string tests, string remedy,
        string[] needs) => new(run)
        {
            Name = name,
            Default = level,
            RuleId = id,
            Remedy = remedy,
            Tests = tests,
            Needed = needs,
        };

    /// <summary>
    /// The two checks of a property with phandles and arguments: what the property holds, and what says the number of arguments.
    /// </summary>
    private static CheckRow[] Provider(string id, string cellId, string name, KnownProperty property)
    {
        ProviderRow row = ProviderTable.Of(KnownProperties.NameOf(property));
        KnownProperty cells = KnownProperties.Find(row.Cells);
        bool optional = row.Otherwise is not null;
        string isCell = name + "_is_cell";
        string form = optional ? "` arguments each, none without it." : "` arguments each.";
        return
        [
            Warns(id, name + "_property", ProviderChecks.References(property, cells, optional),
                "`" + KnownProperties.NameOf(property) + "` is a list of phandles with `" + KnownProperties.NameOf(cells) + form,
                ProviderRemedy(cells), isCell, PhandleReferences),
            Warns(cellId, isCell, Values.AreCells(cells), $"`{KnownProperties.NameOf(cells)}` is one cell.", OneCell),
        ];
    }

    private static string ProviderRemedy(KnownProperty cells) =>
        $"Write as many cells after each reference as '{KnownProperties.NameOf(cells)}' of that node says.";
}
