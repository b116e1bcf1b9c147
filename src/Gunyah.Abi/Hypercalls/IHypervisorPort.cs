using Gunyah.Abi.Vcpus;

namespace Gunyah.Abi.Hypercalls;

/// <summary>
/// The one way from a guest into the hypervisor, with two faces over the same objects: the register level, which is what an
/// AArch64 <c>hvc</c> instruction does, and the typed level for guests written in C#. The caller is the vCPU that owns the
/// port. No member throws or allocates.
/// </summary>
public interface IHypervisorPort
{
    /// <summary>
    /// Carries out <c>HVC #immediate</c> (or <c>SMC #0</c>, which behaves like <c>HVC #0</c>): the native calls from 0x6000
    /// on, and SMCCC calls with immediate 0 (gunyah-abi.md 1).
    /// </summary>
    /// <param name="immediate">The instruction's immediate.</param>
    /// <param name="registers">The caller's registers, changed as the ABI says.</param>
    void Hypercall(ushort immediate, ref GuestRegisters registers);

    /// <summary>
    /// The typed face of every call that moves no data: the native route without the register file. Reserved inputs must
    /// hold what the call's row demands; <see cref="HypervisorCalls"/> has a method a call that sees to it.
    /// </summary>
    /// <param name="call">The call, by its row.</param>
    /// <param name="arguments">X0 to X7.</param>
    /// <returns>X0 to X4.</returns>
    HypercallResult Call(HypercallRow call, in HypercallArguments arguments);

    /// <summary>Sends one message from host memory: <c>msgqueue_send</c> without the guest buffer.</summary>
    /// <param name="queue">A message queue, right <see cref="MessageQueueRights.Send"/>.</param>
    /// <param name="message">The message, 1 byte to the queue's maximum.</param>
    /// <param name="push">True to interrupt the receiver whatever its threshold.</param>
    SendResult Send(CapId queue, ReadOnlySpan<byte> message, bool push = false);

    /// <summary>Receives one message into host memory: <c>msgqueue_receive</c> without the guest buffer.</summary>
    /// <param name="queue">A message queue, right <see cref="MessageQueueRights.Receive"/>.</param>
    /// <param name="buffer">Takes the message; may be larger than it. Bytes past the message are not touched.</param>
    ReceiveResult Receive(CapId queue, Span<byte> buffer);
}

/// <summary>X0 to X7 of a native call.</summary>
public readonly record struct HypercallArguments(
    ulong X0 = 0, ulong X1 = 0, ulong X2 = 0, ulong X3 = 0, ulong X4 = 0, ulong X5 = 0, ulong X6 = 0, ulong X7 = 0);

/// <summary>X0 to X4 after a native call; no call answers more.</summary>
public readonly record struct HypercallResult(ulong X0, ulong X1 = 0, ulong X2 = 0, ulong X3 = 0, ulong X4 = 0)
{
    /// <summary>W0 as an error, for the calls that answer one.</summary>
    public GunyahError Error => (GunyahError)(int)X0;

    /// <summary>The answer of a call that gives nothing but an error; the upper half of X0 is zero (gunyah-abi.md 1.6).</summary>
    public static implicit operator HypercallResult(GunyahError error) => FromGunyahError(error);

    /// <summary>The answer of a call that gives nothing but an error; the upper half of X0 is zero (gunyah-abi.md 1.6).</summary>
    public static HypercallResult FromGunyahError(GunyahError error) => new((uint)error);
}

/// <summary>The answer to a send.</summary>
/// <param name="Error">Ok when the message was queued.</param>
/// <param name="NotFull">True when another message would fit.</param>
public readonly record struct SendResult(GunyahError Error, bool NotFull);

/// <summary>The answer to a receive.</summary>
/// <param name="Error">Ok when a message was taken.</param>
/// <param name="Size">The message's size in bytes.</param>
/// <param name="NotEmpty">True when another message waits.</param>
public readonly record struct ReceiveResult(GunyahError Error, int Size, bool NotEmpty);
