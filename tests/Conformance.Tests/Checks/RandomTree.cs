using System.Text;

namespace Conformance.Tests.Checks;

/// <summary>
/// Random trees of names that checks know and values that they look at, good and bad alike, so that most checks find something
/// and most prerequisites fail somewhere. Every second tree avoids what makes most checks miss a prerequisite.
/// </summary>
internal sealed class RandomTree(int seed)
{
    /// <summary>Options that make warnings of the checks that are errors by default.</summary>
    public static readonly string[] ErrorsOff =
    [
        "-Eno-duplicate_node_names", "-Eno-duplicate_property_names", "-Eno-duplicate_label", "-Eno-explicit_phandles",
        "-Eno-node_name_chars",
        "-Eno-node_name_format", "-Eno-property_name_chars", "-Eno-name_is_string", "-Eno-name_properties",
        "-Eno-phandle_references",
        "-Eno-path_references", "-Eno-omit_unused_nodes",
    ];

    private static readonly string[] _nodes =
    [
        "a", "b", "n", "i2c", "i2c-bus", "i2c-arb", "spi", "pci", "pcie", "soc", "port", "ports", "endpoint", "chosen",
        "aliases", "x_y", "__overlay__",
    ];

    private static readonly string[] _units = ["0", "1", "2", "01", "0x1", "1,0", "1f,7", "a", "A", "80000001", "q"];

    private static readonly string[] _cells =
    [
        "#address-cells", "#size-cells", "#interrupt-cells", "#clock-cells", "#gpio-cells", "#msi-cells", "#phy-cells",
        "#sound-dai-cells",
    ];

    private static readonly string[] _strings =
    [
        "device_type = \"pci\"", "device_type = \"memory\"", "compatible = \"simple-bus\"", "compatible = \"a\", \"b\"",
        "compatible = [61]", "status = \"disabled\"",
        "status = \"okay\"", "status = <1>", "model = \"m\"", "model", "label = \"l\"", "label = <2>",
        "clock-names = \"a\", \"b\"", "x-names = [62]", "name = \"a\"",
        "name = \"i2c\"", "name = <7>", "bootargs = \"x\"", "bootargs = <1>", "stdout-path = \"/a\"", "stdout-path",
        "linux,stdout-path = \"/a\"", "spi-slave",
        "spi-max-frequency = <1>", "interrupt-controller", "gpio-hog", "c_d = <1>", "v,#e = <1>", "f# = <1>", "serial0 = \"/a\"",
        "Serial = \"/soc\"",
    ];

    private static readonly string[] _addresses =
        ["reg", "ranges", "dma-ranges", "bus-range", "interrupt-map", "interrupt-map-mask"];

    private static readonly string[] _references =
    [
        "clocks", "gpios", "gpio", "reset-gpios", "cs-gpio", "v,nr-gpios", "msi-parent", "phys", "sound-dai", "interrupts",
        "interrupts-extended", "interrupt-parent",
        "remote-endpoint", "phandle", "linux,phandle",
    ];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();
    private readonly bool _isCareful = seed % 2 == 0;
    private int _labels;

    /// <summary>The source. It has no error of grammar; references may lead nowhere.</summary>
    public string Text()
    {
        _text.Append("/dts-v1/;\n");
        if (_random.Next(6) == 0)
            _text.Append("/plugin/;\n");
        _text.Append("/ ");
        Body(0);
        if (_random.Next(3) == 0)
        {
            _text.Append("/ ");
            Body(2);
        }
        return _text.ToString();
    }

    private void Body(int depth)
    {
        string indent = new('\t', depth + 1);
        var names = new HashSet<string>();
        _text.Append("{\n");
        for (int i = _random.Next(5 - (depth / 2)); i >= 0; i--)
        {
            string property = PropertyText();
            string name = property.Split(' ')[0];
            if (_isCareful && (!names.Add(name) || name.EndsWith("phandle", StringComparison.Ordinal) || name == "name"
                || property.Contains('[', StringComparison.Ordinal)))
                continue;
            _text.Append(indent).Append(!_isCareful && _random.Next(12) == 0 ? $"l{_random.Next(8)}: " : "").Append(property)
                .Append(";\n");
        }
        for (int i = depth < 4 ? _random.Next(5) : 0; i > 0; i--)
        {
            _text.Append(indent);
            if (_random.Next(30) == 0)
                _text.Append("/omit-if-no-ref/ ");
            if (_random.Next(2) == 0)
                _text.Append($"l{(!_isCareful && _random.Next(10) == 0 ? _random.Next(8) : _labels++)}: ");
            string name = Pick(_nodes) + (_random.Next(2) == 0 ? "" : "@" + Pick(_units));
            _text.Append(_isCareful && !names.Add(name) ? $"c{_text.Length}" : name).Append(' ');
            Body(depth + 1);
        }
        if (!_isCareful && _random.Next(20) == 0)
            _text.Append(indent).Append($"/delete-node/ {Pick(_nodes)};\n");
        _text.Append(indent[1..]).Append("};\n");
    }

    private string PropertyText() => _random.Next(8) switch
    {
        // What is no single cell crashes dtc in many places, so it is rare.
        0 or 1 => $"{Pick(_cells)} = {(!_isCareful && _random.Next(40) == 0 ? "<1 2>" : $"<{_random.Next(4)}>")}",
        2 or 3 => Pick(_strings),
        4 or 5 => $"{Pick(_addresses)}{Pick(["", " = " + Numbers(), " = " + Numbers(), " = [01]"])}",
        _ => $"{Pick(_references)} = {Values()}",
    };

    private string Numbers() => $"<{string.Join(' ', Enumerable.Range(0, _random.Next(7)).Select(_ => Number()))}>";

    private string Number() =>
        Pick(["0", "1", "2", "3", "0x10", "0x800", "0x10800", "0x80000001", "0x40000002", "0xffffffff", Reference()]);

    private string Values() => _random.Next(10) switch
    {
        0 => "[00]",
        1 => "&" + Label(6),
        2 => "\"x\"",
        _ => Numbers() + (_random.Next(2) == 0 ? "" : $", <{Reference()} {Number()}>"),
    };

    private string Reference() => !_isCareful && _random.Next(12) == 0 ? "&{/soc/i2c}" : "&" + Label(Math.Max(1, _labels));

    private string Label(int below) => _isCareful && _labels == 0 ? "{/}" : $"l{_random.Next(_isCareful ? _labels : below)}";

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
