using System.Collections.Immutable;

namespace Gunyah.Abi.Hypercalls;

/// <summary>What one input register of a hypercall means, and so how it is checked and traced.</summary>
public enum HypercallInputKind
{
    /// <summary>A plain number; <see cref="HypercallInput.Mask"/> is the width the call uses.</summary>
    Word,

    /// <summary>A size in bytes, 64 bits.</summary>
    Size,

    /// <summary>A guest address, 64 bits.</summary>
    Address,

    /// <summary>
    /// A word of flags. Bits outside <see cref="HypercallInput.Mask"/> answer <see cref="HypercallInput.UnknownBits"/>
    /// before any capability is looked up, or are ignored where that is <see cref="GunyahError.Ok"/>.
    /// </summary>
    Bits,

    /// <summary>A capability that the dispatcher resolves, in the caller's space, in the order of the row.</summary>
    Capability,

    /// <summary>
    /// A capability that the call itself resolves, because it lies in another space or because what it needs depends on
    /// another argument.
    /// </summary>
    CapabilityByCall,

    /// <summary>Reserved: must be zero on the native route.</summary>
    ReservedZero,

    /// <summary>Reserved: must be all ones on the native route.</summary>
    ReservedOnes,
}

/// <summary>How a capability is looked up (gunyah-abi.md 2.2 and 4.1.4).</summary>
public enum CapabilityLookup
{
    /// <summary>Type, then rights, then the object must be active.</summary>
    Active,

    /// <summary>Type, then rights; any state.</summary>
    AnyState,

    /// <summary>Rights (activate only), then type; any state. A wrong type that also lacks the right answers the right.</summary>
    Generic,
}

/// <summary>One input register of a hypercall, in the order X0, X1, … of the native route.</summary>
/// <param name="Kind">What the register means.</param>
/// <param name="Name">Its name in traces and in the reference page.</param>
/// <param name="Mask">The bits the call looks at.</param>
/// <param name="UnknownBits">For <see cref="HypercallInputKind.Bits"/>: the answer to other bits, <see cref="GunyahError.Ok"/> if
/// they are ignored.</param>
/// <param name="Width">For <see cref="HypercallInputKind.Bits"/>: the bits the call receives at all; what lies above a 32-bit
/// word is neither checked nor seen.</param>
/// <param name="DocumentedUnknownBits">For <see cref="HypercallInputKind.Bits"/>: the answer to other bits in the documented
/// profile, where it differs.</param>
/// <param name="Needs">For capabilities: the type of object, and the rights needed, all of them.</param>
/// <param name="Lookup">For capabilities: the kind of look-up.</param>
/// <param name="Order">For capabilities: the place of this look-up among the call's look-ups, from 0.</param>
public readonly record struct HypercallInput(
    HypercallInputKind Kind,
    string Name,
    ulong Mask = ulong.MaxValue,
    GunyahError UnknownBits = GunyahError.Ok,
    ulong Width = ulong.MaxValue,
    GunyahError? DocumentedUnknownBits = null,
    ObjectRights Needs = default,
    CapabilityLookup Lookup = CapabilityLookup.Active,
    int Order = 0);

/// <summary>
/// The one declaration of a hypercall. Dispatch, the checks before the call, the trace text and the reference page read it.
/// </summary>
/// <param name="Number">The number, below <see cref="HypercallTable.Size"/>.</param>
/// <param name="Name">The call's name in the ABI.</param>
/// <param name="Inputs">X0, X1, … of the native route; at most eight.</param>
/// <param name="Outputs">Names of X0, X1, … on return. <c>error</c> comes first where the call answers an error.</param>
/// <param name="Errors">The errors the call can answer besides those of the look-ups its inputs declare.</param>
/// <param name="CreatesCapability">True for the create calls, whose X1 is all ones whenever they fail.</param>
public sealed record HypercallRow(
    int Number,
    string Name,
    ImmutableArray<HypercallInput> Inputs,
    ImmutableArray<string> Outputs,
    ImmutableArray<GunyahError> Errors,
    bool CreatesCapability = false)
{
    /// <summary>The native immediate of the first call; call <em>n</em> has immediate <c>NativeBase + n</c>.</summary>
    public const ushort NativeBase = 0x6000;

    /// <summary>The SMCCC function of the first call; call <em>n</em> has function <c>SmcccBase + n</c>.</summary>
    public const uint SmcccBase = 0xC600_8000;

    /// <summary>The immediate of the HVC instruction.</summary>
    public ushort Immediate => (ushort)(NativeBase + Number);

    /// <summary>The SMCCC function identifier.</summary>
    public uint SmcccFunction => SmcccBase + (uint)Number;

    /// <summary>False only for calls whose X0 is a result rather than an error.</summary>
    public bool AnswersError => Outputs.Length > 0 && Outputs[0] == "error";
}
