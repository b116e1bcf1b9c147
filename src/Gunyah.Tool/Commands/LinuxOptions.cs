using System.CommandLine;
using System.Globalization;
using Gunyah.Aarch64;
using Gunyah.Machine.Configuration;

namespace Gunyah.Tool.Commands;

/// <summary>The options of <c>gunyah linux</c>; those that a machine file has too have its spelling and its ranges.</summary>
internal sealed class LinuxOptions
{
    /// <summary>The memory of a VM that runs Linux.</summary>
    public const ulong DefaultMemory = 512UL << 20;

    /// <summary>The one dialect for which Linux makes the Resource Manager's device by itself.</summary>
    public const string DefaultDialect = "qcom";

    public Argument<string> Kernel { get; } = new("KERNEL")
    { Description = "The kernel: an arm64 Image, an ELF file for addresses from 0x40000000 on, or a raw binary; packed by gzip or not." };

    public Option<string?> Initrd { get; } = new("--initrd")
    { Description = "The initial RAM disk.", HelpName = "FILE" };

    public Option<string?> Append { get; } = new("--append")
    { Description = "More arguments for the kernel, behind those that are given to it always.", HelpName = "TEXT" };

    public Option<string[]> Add { get; } = new("--add")
    {
        Description = "Adds a file, or what is in a directory, at the top of the initial RAM disk. Any number of times.",
        HelpName = "FILE|DIR",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<DeviceSettings[]> Disk { get; } = new("--disk")
    {
        Description = $"{MachineKeys.DeviceFile.Meaning} {MachineKeys.DeviceAccess.Meaning} Any number of times.",
        HelpName = $"FILE[,{string.Join('|', MachineKeys.DeviceAccess.Words)}]",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        CustomParser = static result => [.. result.Tokens.Select(static token => ReadDisk(token.Value))],
    };

    public Option<ulong?> Memory { get; } = new("--memory")
    {
        Description = "The VM's memory; 512MiB by default.",
        HelpName = "SIZE",
        CustomParser = static result =>
        {
            MachineKey key = MachineKeys.PrimaryMemory;
            string text = result.Tokens[0].Value;
            if (MachineValues.TrySize(text, out ulong bytes) && bytes >= key.Minimum && bytes <= key.Maximum
                && bytes % MachineKeys.SizeAlignment == 0)
                return bytes;
            result.AddError(
                $"'{text}' is no size from {MachineSection.Show(key, key.Minimum)} to {MachineSection.Show(key, key.Maximum)} in whole pages for --memory; write for example 1GiB.");
            return null;
        },
    };

    public Option<ulong?> Vcpus { get; } = UpOptions.NumberOption("--vcpus", MachineKeys.PrimaryVcpus, "N");

    public Option<string?> Dialect { get; } = UpOptions.WordOption("--dialect", MachineKeys.Dialect);

    public Option<ulong?> Seed { get; } = UpOptions.NumberOption("--seed", MachineKeys.Seed, "N");

    public Option<string?> Events { get; } = new("--events")
    { Description = "Writes every event as a line of JSON.", HelpName = "FILE.jsonl" };

    public Option<string?> Dump { get; } = UpOptions.DumpOption();

    public Option<int?> Gdb { get; } = new("--gdb")
    {
        Description = "Waits for GDB before the first instruction, at a port of this host; 0 takes any free one.",
        HelpName = "PORT",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
                return port;
            result.AddError($"'{text}' is no port from 0 to 65535 for --gdb.");
            return null;
        },
    };

    public Option<int?> CompileAfter { get; } = new("--compile-after")
    {
        Description = "After how many runs code of the guest is compiled: 0 for before the first one, never for not at all; "
            + $"{Aarch64Loader.DefaultCompileAfter} by default. The results are the same.",
        HelpName = "N|never",
        CustomParser = static result =>
        {
            string text = result.Tokens[0].Value;
            if (text == "never")
                return -1;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int runs))
                return runs;
            result.AddError($"'{text}' is no number from 0 to {int.MaxValue} for --compile-after, and not 'never'.");
            return null;
        },
    };

    public Option<TimeSpan?> Timeout { get; } = UpOptions.TimeoutOption();

    /// <summary>
    /// A name that ends with a comma and a word of <c>access:</c> is a name and an access; any other is a name.
    /// </summary>
    private static DeviceSettings ReadDisk(string text)
    {
        int comma = text.LastIndexOf(',');
        int access = comma < 0 ? -1 : MachineKeys.DeviceAccess.Words.IndexOf(text[(comma + 1)..]);
        return access < 0 ? new(DeviceType.Block, text) : new(DeviceType.Block, text[..comma], (DiskAccess)access);
    }

    /// <summary>The command with these options.</summary>
    public Command CreateCommand()
    {
        Dialect.Description += $" {DefaultDialect} by default.";
        Events.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: UpOptions.StandardOutput }])
                result.AddError("--events needs a file: the standard output has the console.");
        });
        return new Command(
            "linux", "Run arm64 Linux, or any kernel, as the primary VM, with its console on the terminal. Ctrl-A X leaves.")
        {
            Kernel, Initrd, Append, Add, Disk, Memory, Vcpus, Dialect, Seed, Events, Dump, Gdb, CompileAfter, Timeout,
        };
    }
}
