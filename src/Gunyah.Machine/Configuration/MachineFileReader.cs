using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;
using Devicetree.Text.Yaml;
using Gunyah.Abi.Profiles;
using Gunyah.Guest.Platform;

namespace Gunyah.Machine.Configuration;

/// <summary>
/// Reads machine files. Everything that is wrong is reported in one pass, each with its place and what to write instead; what
/// the keys mean is in their rows, <see cref="MachineKeys"/>.
/// </summary>
public sealed class MachineFileReader
{
    /// <summary>The longest machine file in bytes; longer ones are refused unread.</summary>
    public const int LongestFile = 1 << 20;

    private static readonly YamlLimits _limits = new(LongestFile, MaxDepth: 16, PlainOnly: true);

    private readonly SourceText _source;
    private readonly DiagnosticBag _diagnostics;
    private readonly IReadOnlyCollection<string> _programs;
    private bool _failed;

    private MachineFileReader(SourceText source, DiagnosticBag diagnostics, IReadOnlyCollection<string> programs) =>
        (_source, _diagnostics, _programs) = (source, diagnostics, programs);

    /// <summary>Reads a machine file.</summary>
    /// <param name="source">The file.</param>
    /// <param name="programs">The names of the programs that VMs may run.</param>
    /// <param name="diagnostics">Takes everything that is wrong.</param>
    /// <param name="machine">The machine, where nothing is wrong.</param>
    public static bool TryRead(
        SourceText source, IReadOnlyCollection<string> programs, DiagnosticBag diagnostics,
        [NotNullWhen(true)] out MachineConfiguration? machine)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(programs);
        ArgumentNullException.ThrowIfNull(diagnostics);
        machine = null;
        var reader = new MachineFileReader(source, diagnostics, programs);
        MachineConfiguration? read = reader.Read();
        machine = reader._failed ? null : read;
        return machine is not null;
    }

    /// <summary>Reports something about a place in the file.</summary>
    internal void Report(DiagnosticRule rule, YamlNode place, params string[] arguments)
    {
        _failed = true;
        _diagnostics.Report(rule, place.Span, arguments);
    }

    private MachineConfiguration? Read()
    {
        YamlNode? root = YamlFile.Load(_source, _diagnostics, _limits);
        switch (root)
        {
            case null:
                _failed = true;
                return null;
            case YamlScalar { Value.Length: 0 }:
                Report(MachineRules.Empty, root, MachineKeys.Vms.Name);
                return null;
            default:
                return Machine(MachineSection.Open(this, root, key: null, MachineKeys.Top));
        }
    }

    private MachineConfiguration Machine(MachineSection top)
    {
        ExchangeSettings exchange = Exchange(top.Group(MachineKeys.Exchange));
        PrimarySettings primary = Primary(top.Group(MachineKeys.Primary));
        bool isKernel = primary.Kernel is not null;
        if (isKernel)
            ReportForProgramOnly(top, MachineKeys.Rounds, MachineKeys.Vms, MachineKeys.Exchange);
        return new()
        {
            Name = top.Text(MachineKeys.Name) ?? MachineKeys.Name.Default!,
            Dialect = (Dialect)(top.Word(MachineKeys.Dialect) ?? MachineDefaults.Word(MachineKeys.Dialect)),
            Profile = (Profile)(top.Word(MachineKeys.Profile) ?? MachineDefaults.Word(MachineKeys.Profile)),
            Seed = top.Number(MachineKeys.Seed),
            DevicetreePath = top.Text(MachineKeys.Devicetree),
            Rounds = (int)(top.Number(MachineKeys.Rounds) ?? MachineDefaults.Number(MachineKeys.Rounds)),
            ResourceManagerMemory = top.Group(MachineKeys.ResourceManager).Number(MachineKeys.RmMemory)
                ?? MachineDefaults.Number(MachineKeys.RmMemory),
            Primary = primary,
            Vms = isKernel ? [] : Vms(top, primary, exchange),
            Exchange = exchange,
        };
    }

    private static ExchangeSettings Exchange(MachineSection section) => new(
        section.Number(MachineKeys.ExchangeMessages) ?? MachineDefaults.Number(MachineKeys.ExchangeMessages),
        (int)(section.Number(MachineKeys.ExchangeSize) ?? MachineDefaults.Number(MachineKeys.ExchangeSize)),
        section.Number(MachineKeys.ExchangeTimeout) ?? MachineDefaults.Number(MachineKeys.ExchangeTimeout));

    private PrimarySettings Primary(MachineSection section)
    {
        if (section.Find(MachineKeys.PrimaryKernel) is { } image && section.Find(MachineKeys.PrimaryProgram) is not null)
            Report(MachineRules.TwoImages, image, MachineKeys.PrimaryProgram.Name, MachineKeys.PrimaryKernel.Name);
        return new(
            Program(section, MachineKeys.PrimaryProgram),
            (int)(section.Number(MachineKeys.PrimaryVcpus) ?? MachineDefaults.Number(MachineKeys.PrimaryVcpus)),
            section.Number(MachineKeys.PrimaryMemory) ?? MachineDefaults.Number(MachineKeys.PrimaryMemory))
        {
            Kernel = Kernel(section),
            Devices = Devices(section),
        };
    }

    private ImmutableArray<DeviceSettings> Devices(MachineSection primary) =>
        primary.Find(MachineKeys.PrimaryDevices) is null
            ? []
            : [.. primary.Groups(MachineKeys.PrimaryDevices, 0, MachineKeys.MaxDevices).Select(Device)];

    private DeviceSettings Device(MachineSection section)
    {
        var type = (DeviceType)(section.Word(MachineKeys.DeviceType) ?? 0);
        string? file = section.Text(MachineKeys.DeviceFile);
        if (type == DeviceType.Block && section.Find(MachineKeys.DeviceType) is { } block && file is null)
            Report(MachineRules.NeedsKey, block, MachineKeys.DeviceType.Words[(int)type], MachineKeys.DeviceFile.Name);
        foreach (MachineKey key in (MachineKey[])[MachineKeys.DeviceFile, MachineKeys.DeviceAccess])
        {
            if (type != DeviceType.Block && section.Find(key) is { } value)
                Report(MachineRules.NotOfType, value, key.Name, MachineKeys.DeviceType.Words[(int)type]);
        }

        return new(type, file, (DiskAccess)(section.Word(MachineKeys.DeviceAccess) ?? 0));
    }

    private KernelSettings? Kernel(MachineSection section)
    {
        string? ramdisk = section.Text(MachineKeys.PrimaryInitrd);
        string? arguments = section.Text(MachineKeys.PrimaryBootArguments);
        if (section.Find(MachineKeys.PrimaryKernel) is not null)
            return new(section.Text(MachineKeys.PrimaryKernel) ?? "", ramdisk, arguments);
        foreach (MachineKey key in
            (MachineKey[])[MachineKeys.PrimaryInitrd, MachineKeys.PrimaryBootArguments, MachineKeys.PrimaryDevices])
        {
            if (section.Find(key) is { } alone)
                Report(MachineRules.NeedsKey, alone, key.Name, MachineKeys.PrimaryKernel.Name);
        }

        return null;
    }

    private void ReportForProgramOnly(MachineSection top, params ReadOnlySpan<MachineKey> keys)
    {
        foreach (MachineKey key in keys)
        {
            if (top.Find(key) is { } value)
                Report(MachineRules.NotWithKey, value, key.Name, MachineKeys.PrimaryProgram.Default!);
        }
    }

    private ImmutableArray<SecondarySettings> Vms(MachineSection top, PrimarySettings primary, ExchangeSettings exchange)
    {
        var vms = ImmutableArray.CreateBuilder<SecondarySettings>();
        foreach (MachineSection section in top.Groups(MachineKeys.Vms, 1, MachineKeys.MaxVms))
        {
            SecondarySettings vm = Vm(section);
            if (vm.QueueSize is { } size && size < exchange.Size)
                Report(MachineRules.MessageTooLarge, section.Place(MachineKeys.VmQueue), $"{exchange.Size}", $"{size}");
            if (vms.Any(other => other.Name == vm.Name))
                Report(MachineRules.DuplicateName, section.Place(MachineKeys.VmName), vm.Name);
            if (ReservedNames.MeaningOf(vm.Name) is { } meaning)
                Report(MachineRules.ReservedName, section.Place(MachineKeys.VmName), vm.Name, meaning);
            if (vm.Memory > primary.Memory / 2)
                Report(MachineRules.MemoryTooSmall, section.Place(MachineKeys.VmMemory), $"{vm.Memory}", $"{primary.Memory}");
            vms.Add(vm);
        }

        return vms.ToImmutable();
    }

    private SecondarySettings Vm(MachineSection section)
    {
        MachineSection queue = section.Group(MachineKeys.VmQueue);
        return new(
            section.Text(MachineKeys.VmName) ?? "",
            Program(section, MachineKeys.VmProgram),
            section.Number(MachineKeys.VmMemory) ?? MachineDefaults.Number(MachineKeys.VmMemory),
            (VmScheduling)(section.Word(MachineKeys.VmScheduling) ?? MachineDefaults.Word(MachineKeys.VmScheduling)),
            (int?)queue.Number(MachineKeys.QueueSize),
            (int)(queue.Number(MachineKeys.QueueDepth) ?? MachineDefaults.Number(MachineKeys.QueueDepth)));
    }

    private string Program(MachineSection section, MachineKey key)
    {
        string program = section.Text(key) ?? key.Default!;
        if (!_programs.Contains(program))
            Report(MachineRules.UnknownProgram, section.Place(key), program,
                string.Join(", ", _programs.Order(StringComparer.Ordinal)));
        return program;
    }
}
