using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>One look-up of a call.</summary>
/// <param name="Register">The register that holds the capability.</param>
/// <param name="Position">The place of the object among those of the call.</param>
/// <param name="Needs">The type and the rights wanted.</param>
/// <param name="Lookup">The kind of look-up.</param>
internal readonly record struct CallLookup(int Register, int Position, ObjectRights Needs, CapabilityLookup Lookup);

/// <summary>
/// What a row says of the words of a call, made ready once: what to look at in which registers, what the call receives of each,
/// and the look-ups in their order.
/// </summary>
internal sealed class CallShape
{
    private readonly HypercallRow _row;
    private readonly Profile _profile;
    private readonly RegisterCheck[] _checks;
    private readonly CallWords _kept;
    private readonly CallLookup[] _lookups;

    public CallShape(HypercallRow row, Profile profile)
    {
        _row = row;
        _profile = profile;
        _checks = [.. row.Inputs.Select(CheckOf).Where(static check => (check.Reserved | check.Refused) != 0)];
        for (int i = 0; i < row.Inputs.Length; i++)
            _kept[i] = row.Inputs[i].Width & row.Inputs[i].Mask;
        _lookups = [.. LookupsOf(row).OrderBy(entry => entry.Order).Select(entry => entry.Lookup)];
    }

    /// <summary>The look-ups in the order in which they are made.</summary>
    public ReadOnlySpan<CallLookup> Lookups => _lookups;

    /// <summary>What the call receives of each register; nothing of those that its row does not name.</summary>
    public ref readonly CallWords Kept => ref _kept;

    /// <summary>
    /// Looks at the registers that may hold something wrong: whether a reserved one holds what it must, and whether there are
    /// bits that the call does not know.
    /// </summary>
    /// <param name="words">The words of the call.</param>
    /// <param name="keepsReserved">True if every reserved register holds what it must.</param>
    /// <returns>The refusal of unknown bits.</returns>
    public GunyahError Check(ref readonly CallWords words, out bool keepsReserved)
    {
        ulong wrong = 0;
        ulong unknown = 0;
        foreach (ref readonly RegisterCheck check in _checks.AsSpan())
        {
            ulong word = words[check.Register];
            wrong |= (word ^ check.Expected) & check.Reserved;
            unknown |= word & check.Refused;
        }

        keepsReserved = wrong == 0;
        return unknown == 0 ? GunyahError.Ok : FirstRefusal(in words);
    }

    private static IEnumerable<(int Order, CallLookup Lookup)> LookupsOf(HypercallRow row)
    {
        int position = 0;
        for (int i = 0; i < row.Inputs.Length; i++)
        {
            HypercallInput input = row.Inputs[i];
            if (input.Kind == HypercallInputKind.Capability)
                yield return (input.Order, new(i, position++, input.Needs, input.Lookup));
        }
    }

    private RegisterCheck CheckOf(HypercallInput input, int register) => new(
        register,
        Reserved: input.Kind is HypercallInputKind.ReservedZero or HypercallInputKind.ReservedOnes ? ulong.MaxValue : 0,
        Expected: input.Kind == HypercallInputKind.ReservedOnes ? ulong.MaxValue : 0,
        Refused: Answer(input) == GunyahError.Ok ? 0 : input.Width & ~input.Mask);

    private GunyahError FirstRefusal(ref readonly CallWords words)
    {
        foreach (RegisterCheck check in _checks)
        {
            if ((words[check.Register] & check.Refused) != 0)
                return Answer(_row.Inputs[check.Register]);
        }

        return GunyahError.Ok;
    }

    private GunyahError Answer(HypercallInput input) =>
        input.Kind != HypercallInputKind.Bits ? GunyahError.Ok
        : _profile == Profile.Documented ? input.DocumentedUnknownBits ?? input.UnknownBits
        : input.UnknownBits;

    /// <summary>One register, bit by bit: what must hold a value, that value, and what is refused.</summary>
    private readonly record struct RegisterCheck(int Register, ulong Reserved, ulong Expected, ulong Refused);
}
