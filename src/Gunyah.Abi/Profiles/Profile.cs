using System.Collections.Immutable;

namespace Gunyah.Abi.Profiles;

/// <summary>Whether to answer as the documentation says or as the open-source code does, where the two differ.</summary>
public enum Profile
{
    /// <summary>As documented.</summary>
    Documented,

    /// <summary>As the open-source hypervisor and Resource Manager do.</summary>
    Reference,
}

/// <summary>A place where the real code differs from its documentation; each is declared once, in <see cref="Deviations"/>.</summary>
/// <param name="Id">A stable name.</param>
/// <param name="Documented">What the documentation says.</param>
/// <param name="Reference">What the code does.</param>
/// <param name="Source">Where the fact is from.</param>
public sealed record Deviation(string Id, string Documented, string Reference, string Source);

/// <summary>Every deviation that the profile decides. What would crash the original or lose data is in neither.</summary>
public static class Deviations
{
    /// <summary>What a send or receive answers when the copy from or to guest memory fails.</summary>
    public static readonly Deviation SwallowCopyErrors = new(
        "msgqueue-copy-errors",
        "msgqueue_send and msgqueue_receive answer the error of the copy",
        "they answer OK and move nothing",
        "gunyah-abi.md, sections 4.3.2 to 4.3.4, quirk Q7");

    /// <summary>Which interrupt a flush raises.</summary>
    public static readonly Deviation FlushAssertsSender = new(
        "msgqueue-flush",
        "a flush withdraws both the sender's and the receiver's interrupt",
        "a flush of a queue that holds messages asserts the sender's interrupt and withdraws the receiver's",
        "gunyah-abi.md, section 4.3.7, quirk Q8");

    /// <summary>Whether reserved bits of the send flags are refused.</summary>
    public static readonly Deviation IgnoreReservedSendFlags = new(
        "msgqueue-send-flags",
        "bits 31:1 of the send flags must be zero",
        "they are ignored",
        "gunyah-abi.md, section 4.3.2, quirk Q2");

    /// <summary>What killing a vCPU twice answers.</summary>
    public static readonly Deviation RepeatedKillSucceeds = new(
        "vcpu-kill-twice",
        "killing a vCPU that was killed answers OBJECT_STATE",
        "it answers OK",
        "gunyah-abi.md, section 4.7.2, quirk Q24");

    /// <summary>The deviations, in the order they were found.</summary>
    public static ImmutableArray<Deviation> All { get; } = [SwallowCopyErrors, FlushAssertsSender, IgnoreReservedSendFlags, RepeatedKillSucceeds];
}
