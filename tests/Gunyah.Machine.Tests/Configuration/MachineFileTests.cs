using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Gunyah.Abi.Profiles;
using Gunyah.Guest.Platform;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Tests.Scheduling;

namespace Gunyah.Machine.Tests.Configuration;

public class MachineFileTests
{
    private static readonly string[] _programs = ["primary-example", "exchange-peer", "other"];

    [Fact]
    public void The_least_machine_is_a_list_of_one_name_and_has_every_default()
    {
        (MachineConfiguration? machine, string[] findings) = Read("vms: [{name: a}]");

        Assert.Empty(findings);
        Assert.NotNull(machine);
        Assert.Equal("machine", machine.Name);
        Assert.Equal(Dialect.V6, machine.Dialect);
        Assert.Equal(Profile.Documented, machine.Profile);
        Assert.Null(machine.Seed);
        Assert.Null(machine.DevicetreePath);
        Assert.Equal(1, machine.Rounds);
        Assert.Equal(16UL << 20, machine.ResourceManagerMemory);
        Assert.Equal(new PrimarySettings("primary-example", 1, 64 << 20), machine.Primary);
        Assert.Equal(new ExchangeSettings(1000, 240, 10_000_000_000), machine.Exchange);
        Assert.Equal([new SecondarySettings("a", "exchange-peer", 2 << 20, VmScheduling.Static, null, 8)], machine.Vms);
    }

    [Fact]
    public void Every_key_is_read()
    {
        (MachineConfiguration? machine, string[] findings) = Read(
            """
            name: lab-1
            dialect: qcom
            profile: reference
            seed: 0xff
            devicetree: boards/a.dts
            rounds: 3
            resource-manager: {memory: 8MiB}
            primary:
              program: other
              vcpus: 2
              memory: 0x2000000
            vms:
              - name: first
                program: other
                memory: 1MiB
                scheduling: proxy
                queue:
                  size: 64
                  depth: 255
              - name: second
            exchange:
              messages: 1_000_000
              size: 63
              timeout: 250ms
            """);

        Assert.Empty(findings);
        Assert.NotNull(machine);
        Assert.Equal(("lab-1", Dialect.Qcom, Profile.Reference, 255UL, "boards/a.dts", 3),
            (machine.Name, machine.Dialect, machine.Profile, machine.Seed!.Value, machine.DevicetreePath, machine.Rounds));
        Assert.Equal(8UL << 20, machine.ResourceManagerMemory);
        Assert.Equal(new PrimarySettings("other", 2, 32 << 20), machine.Primary);
        Assert.Equal(new ExchangeSettings(1_000_000, 63, 250_000_000), machine.Exchange);
        Assert.Equal(
            [new SecondarySettings("first", "other", 1 << 20, VmScheduling.Proxy, 64, 255),
                new SecondarySettings("second", "exchange-peer", 2 << 20, VmScheduling.Static, null, 8)],
            machine.Vms);
    }

    [Fact]
    public void A_kernel_stands_in_place_of_a_program_and_of_VMs()
    {
        (MachineConfiguration? machine, string[] findings) = Read(
            "primary: {kernel: boot/Image, initrd: initrd.img, bootargs: console=ttyAMA0 quiet, memory: 1GiB}");

        Assert.Empty(findings);
        Assert.Equal(new KernelSettings("boot/Image", "initrd.img", "console=ttyAMA0 quiet"), machine!.Primary.Kernel);
        Assert.Empty(machine.Vms);
        Assert.Equal(new KernelSettings("Image"), Read("primary: {kernel: Image}").Machine!.Primary.Kernel);
    }

    [Fact]
    public void Devices_are_a_list_that_begins_with_their_type()
    {
        (MachineConfiguration? machine, string[] findings) = Read(
            "primary: {kernel: a, devices: [{type: block, file: x.img, access: discard}, {type: entropy}, {type: block, file: y}]}");

        Assert.Empty(findings);
        Assert.Equal(
            [new(DeviceType.Block, "x.img", DiskAccess.Discard), new(DeviceType.Entropy), new(DeviceType.Block, "y")],
            machine!.Primary.Devices);
    }

    /// <summary>
    /// One wrong file a row: the text, with | for a line break, and the rule with the line and column it names.
    /// </summary>
    [Theory]
    [InlineData("", "GM0002 1:1")]
    [InlineData("# nothing", "GM0002 1:1")]
    [InlineData("vms: [{name: a}]|colour: red", "GM0003 2:1")]
    [InlineData("vms: [{name: a, colour: red}]", "GM0003 1:17")]
    [InlineData("vms: [{name: a, queue: {width: 3}}]", "GM0003 1:25")]
    [InlineData("vms: [{name: a}]|name: x|name: y", "GM0004 3:1")]
    [InlineData("name: x", "GM0005 1:1")]
    [InlineData("vms: [{memory: 1MiB}]", "GM0005 1:7")]
    [InlineData("- a", "GM0006 1:1", "GM0005 1:1")]
    [InlineData("vms: three", "GM0006 1:6")]
    [InlineData("vms: {a: 1}", "GM0006 1:6")]
    [InlineData("vms: [a]", "GM0006 1:7", "GM0005 1:7")]
    [InlineData("vms: [{name: a}]|primary: big", "GM0006 2:10")]
    [InlineData("vms: [{name: a}]|rounds: [1]", "GM0006 2:9")]
    [InlineData("vms: [{name: a}]|name: {a: 1}", "GM0006 2:7")]
    [InlineData("vms: [{name: a}]|dialect: v7", "GM0007 2:10")]
    [InlineData("vms: [{name: a}]|dialect: V6", "GM0007 2:10")]
    [InlineData("vms: [{name: a}]|dialect:", "GM0007 2:9")]
    [InlineData("vms: [{name: Big Name}]", "GM0007 1:14")]
    [InlineData("vms: [{name: 1a}]", "GM0007 1:14")]
    [InlineData("vms: [{name: a}]|seed: -1", "GM0007 2:7")]
    [InlineData("vms: [{name: a}]|seed: 1.5", "GM0007 2:7")]
    [InlineData("vms: [{name: a}]|seed: 18446744073709551616", "GM0007 2:7")]
    [InlineData("vms: [{name: a}]|primary: {memory: 12 parsecs}", "GM0007 2:19")]
    [InlineData("vms: [{name: a}]|exchange: {timeout: 10}", "GM0007 2:21")]
    [InlineData("vms: [{name: a}]|exchange: {size: 0}", "GM0008 2:18")]
    [InlineData("vms: [{name: a}]|exchange: {size: 1024}", "GM0008 2:18")]
    [InlineData("vms: [{name: a}]|rounds: 0", "GM0008 2:9")]
    [InlineData("vms: [{name: a}]|primary: {vcpus: 9}", "GM0008 2:18")]
    [InlineData("vms: [{name: a, queue: {depth: 256}}]", "GM0008 1:32")]
    [InlineData("vms: [{name: a, memory: 300001}]", "GM0009 1:25")]
    [InlineData("vms: [{name: a}, {name: a}]", "GM0010 1:25")]
    [InlineData("vms: [{name: a, queue: {size: 100}}]", "GM0011 1:24")]
    [InlineData("vms: [{name: a, program: doom}]", "GM0012 1:26")]
    [InlineData("vms: [{name: a}]|primary: {program: doom}", "GM0012 2:20")]
    [InlineData("vms: []", "GM0013 1:6")]
    [InlineData("vms: [{name: a, memory: 64MiB}]", "GM0014 1:25")]
    [InlineData("vms: [{name: primary}]", "GM0015 1:14")]
    [InlineData("vms: [{name: a}, {name: rm}]", "GM0015 1:25")]
    [InlineData("vms: [{name: hypervisor}]", "GM0015 1:14")]
    [InlineData("vms: [{name: vm3}]", "GM0015 1:14")]
    [InlineData("vms: [{name: a}]|primary: {memory: 4MiB}|rounds: x|size: 1", "GM0003 4:1", "GM0007 3:9")]
    [InlineData("primary: {kernel: Image, program: other}", "GM0016 1:19")]
    [InlineData("primary: {initrd: a, bootargs: b}|vms: [{name: a}]", "GM0017 1:19", "GM0017 1:32")]
    [InlineData("primary: {devices: []}|vms: [{name: a}]", "GM0017 1:20")]
    [InlineData("primary: {kernel: a, devices: [{type: block}]}", "GM0017 1:39")]
    [InlineData("primary: {kernel: a, devices: [{type: console, access: read, file: b}]}", "GM0019 1:68", "GM0019 1:56")]
    [InlineData("primary: {kernel: a}|rounds: 2|exchange: {size: 3}|vms: [{name: a}]", "GM0018 2:9", "GM0018 3:11", "GM0018 4:6")]
    [InlineData("primary: {kernel: ''}", "GM0007 1:19")]
    [InlineData("vms: [{name: a}", "YML001 1:16")]
    [InlineData("vms: *other", "YML014 1:6")]
    [InlineData("vms: &here [{name: a}]", "YML014 1:6")]
    [InlineData("vms: !!seq [{name: a}]", "YML014 1:6")]
    [InlineData("? [a, b]|: c", "YML004 1:3")]
    [InlineData("vms: [{name: a}]|---|vms: []", "YML012 2:1")]
    [InlineData("vms: [{name: a}]|\tname: x", "YML001 2:1")]
    [InlineData("vms: [{name: a}]|name: \0", "YML001 2:7")]
    public void What_is_wrong_is_reported_where_it_is(string text, params string[] expected)
    {
        (MachineConfiguration? machine, string[] findings) = Read(text.Replace('|', '\n'));

        Assert.Equal(expected.Order(), findings.Order());
        Assert.Null(machine);
    }

    public static TheoryData<string> Rules => [.. MachineRules.All.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Rules))]
    public void The_example_of_a_rule_breaks_it(string id) => Assert.Contains(
        Read(MachineRules.All.Single(rule => rule.Id == id).Example).Findings,
        finding => finding.StartsWith(id + " ", StringComparison.Ordinal));

    [Theory]
    [InlineData("vm")]
    [InlineData("vm-3")]
    [InlineData("vm3a")]
    [InlineData("primary-2")]
    public void A_name_that_only_begins_like_a_reserved_one_is_free(string name) =>
        Assert.Empty(Read($"vms: [{{name: {name}}}]").Findings);

    [Fact]
    public void One_pass_finds_everything()
    {
        (_, string[] findings) = Read(
            """
            nam: x
            dialect: v7
            rounds: 0
            vms:
              - name: a
                queue: {size: 2000}
              - name: a
                program: doom
            exchange: {size: many}
            """);

        Assert.Equal(
            ["GM0003 1:1", "GM0007 2:10", "GM0007 9:18", "GM0008 3:9", "GM0008 6:19", "GM0010 7:11", "GM0012 8:14"],
            findings.Order());
    }

    [Fact]
    public void A_misspelt_key_is_answered_with_the_right_one()
    {
        var bag = new DiagnosticBag();
        MachineFileReader.TryRead(new SourceText("m.yaml", "vms: [{name: a}]\ndialact: v6"), _programs, bag, out _);

        Assert.Equal(
            "m.yaml:2:1: error GM0003: unknown key 'dialact'\n    Did you mean 'dialect'?",
            Assert.Single(bag.Items).Render());
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_where_they_stand()
    {
        var bag = new DiagnosticBag();
        Assert.False(MachineFileReader.TryRead(new SourceText("m.yaml", new byte[] { (byte)'a', (byte)'\n', 0xC3, 0x28 }),
            _programs, bag, out _));

        Assert.Equal("m.yaml:2:1", Assert.Single(bag.Items).Span.Location.ToString());
    }

    [Fact]
    public void Columns_count_bytes_also_behind_other_alphabets()
    {
        (_, string[] findings) = Read("name: \u00e9");
        (_, string[] behind) = Read("{\u00e9: 1, x: 1}");

        Assert.Equal(["GM0005 1:1", "GM0007 1:7"], findings.Order());
        Assert.Equal(["GM0003 1:2", "GM0003 1:9", "GM0005 1:1"], behind.Order());
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_followed()
    {
        string text = "vms: " + new string('[', 100_000);

        (MachineConfiguration? machine, string[] findings) = Read(text);

        Assert.Null(machine);
        Assert.StartsWith("YML007", Assert.Single(findings), StringComparison.Ordinal);
    }

    /// <summary>Whatever stands in the file, the answer is a machine or a finding.</summary>
    [Fact]
    public void Mutated_files_give_findings_and_never_an_exception()
    {
        const string Good = "name: a\nvms:\n  - name: b\n    queue: {size: 240, depth: 8}\nexchange: {messages: 10, size: 240, timeout: 1s}\n";
        const string Letters = "\n\t :-{}[]?!&*#|>'\"%@`,x0\u00e9\0\\";
        var random = new TestRandom(20_240_611);
        for (int i = 0; i < 10_000; i++)
        {
            char[] text = Good.ToCharArray();
            for (int changes = random.Below(4); changes >= 0; changes--)
                text[random.Below(text.Length)] = Letters[random.Below(Letters.Length)];
            (MachineConfiguration? machine, string[] findings) =
                Read(new string(text, 0, text.Length - random.Below(text.Length)));
            Assert.True(machine is null == findings.Length > 0, new string(text));
        }
    }

    private static (MachineConfiguration? Machine, string[] Findings) Read(string text)
    {
        var bag = new DiagnosticBag();
        bool good = MachineFileReader.TryRead(new SourceText("m.yaml", text), _programs, bag, out MachineConfiguration? machine);
        Assert.Equal(good, machine is not null);
        return (machine, [.. bag.Items.Select(item =>
            $"{item.Rule.Id} {item.Span.Location!.Value.Line}:{item.Span.Location.Value.Column}")]);
    }
}
