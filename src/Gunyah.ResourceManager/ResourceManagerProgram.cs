using System.Buffers.Binary;
using System.Collections.Immutable;
using Gunyah.Abi.Events;
using Gunyah.Abi.Rpc;
using Gunyah.Guest.Kernel;
using Gunyah.ResourceManager.Boot;
using Gunyah.ResourceManager.Front;

namespace Gunyah.ResourceManager;

/// <summary>
/// The Resource Manager as a program on the root VM's vCPU. It starts with the address of a <see cref="BootTree"/> in X0 and
/// with nothing but the capabilities named there.
/// </summary>
public static class ResourceManagerProgram
{
    /// <summary>The name of its image.</summary>
    public const string Name = "resource-manager";

    /// <summary>The requests that it serves; it answers <see cref="RmError.Unimplemented"/> to all others.</summary>
    internal static ImmutableArray<RmMessageId> ServedRequests { get; } = [.. RequestTable.Rows.Select(row => row.Id)];

    private const int HeaderSize = 40;
    private const int TotalSizeOffset = 4;
    private const int MaxBootTree = 64 * 1024;

    /// <summary>
    /// The main task. Where the machine cannot be started it reports a <see cref="EventKind.Result"/> with code 1 and the
    /// reason, and ends; nothing that it made is left then. Otherwise it serves requests for ever.
    /// </summary>
    /// <param name="context">The root VM.</param>
    public static async Task MainAsync(GuestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        string? reason = ReadBootTree(context, out BootEnvironment? environment);
        if (reason is not null)
        {
            Fail(context, reason);
            return;
        }

        var wake = new AsyncEvent(context);
        var core = new ResourceManagerCore(context.Vcpu, environment!, new KernelInterruptLines(context.Interrupts), wake.Set);
        reason = core.Boot();
        if (reason is not null)
        {
            Fail(context, reason);
            return;
        }
        while (true)
        {
            await wake.WaitAsync();
            while (core.Work.TryRunOne())
                await context.YieldAsync();
        }
    }

    private static string? ReadBootTree(GuestContext context, out BootEnvironment? environment)
    {
        environment = null;
        var header = new byte[HeaderSize];
        if (!context.Memory.TryRead(context.BootArgument, header))
            return "there is no boot environment at the address in X0";
        uint size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(TotalSizeOffset));
        if (size is < HeaderSize or > MaxBootTree)
            return "the boot environment's size makes no sense";
        var blob = new byte[size];
        if (!context.Memory.TryRead(context.BootArgument, blob))
            return "the boot environment is not wholly in memory";
        return BootTree.TryRead(blob, out environment, out string? error) ? null : error;
    }

    private static void Fail(GuestContext context, string reason) =>
        context.Vcpu.Report(EventKind.Result, new(A: 1), reason);
}
