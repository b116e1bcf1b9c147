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
/// What a row says of the words of a call, made ready once: masks over all eight registers, and the look-ups in their order.
/// </summary>
internal sealed class CallShape
{
    private readonly HypercallRow _row;
    private readonly Profile _profile;
    private readonly RegisterMasks[] _registers;
    private readonly CallLookup[] _lookups;

    public CallShape(HypercallRow row, Profile profile)
    {
        _row = row;
        _profile = profile;
        _registers = [.. row.Inputs.Select(MasksOf)];
        _lookups = [.. LookupsOf(row).OrderBy(entry => entry.Order).Select(entry => entry.Lookup)];
    }

    /// <summary>The look-ups in the order in which they are made.</summary>
    public ReadOnlySpan<CallLookup> Lookups => _lookups;

    /// <summary>True if every reserved register holds what it must.</summary>
    public bool KeepsReserved(ref readonly CallWords words)
    {
        ulong wrong = 0;
        RegisterMasks[] registers = _registers;
        for (int i = 0; i < registers.Length; i++)
            wrong |= (words[i] ^ registers[i].Expected) & registers[i].Reserved;
        return wrong == 0;
    }

    /// <summary>Refuses bits that the call does not know, and leaves of the others what the call receives.</summary>
    public GunyahError Cut(ref readonly CallWords words, out CallWords cut)
    {
        cut = default;
        ulong unknown = 0;
        RegisterMasks[] registers = _registers;
        for (int i = 0; i < registers.Length; i++)
        {
            ulong word = words[i];
            unknown |= word & registers[i].Refused;
            cut[i] = word & registers[i].Kept;
        }

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

    private RegisterMasks MasksOf(HypercallInput input) => new(
        Reserved: input.Kind is HypercallInputKind.ReservedZero or HypercallInputKind.ReservedOnes ? ulong.MaxValue : 0,
        Expected: input.Kind == HypercallInputKind.ReservedOnes ? ulong.MaxValue : 0,
        Refused: Answer(input) == GunyahError.Ok ? 0 : input.Width & ~input.Mask,
        Kept: input.Width & input.Mask);

    private GunyahError FirstRefusal(ref readonly CallWords words)
    {
        for (int i = 0; i < _row.Inputs.Length; i++)
        {
            if ((words[i] & _registers[i].Refused) != 0)
                return Answer(_row.Inputs[i]);
        }

        return GunyahError.Ok;
    }

    private GunyahError Answer(HypercallInput input) =>
        input.Kind != HypercallInputKind.Bits ? GunyahError.Ok
        : _profile == Profile.Documented ? input.DocumentedUnknownBits ?? input.UnknownBits
        : input.UnknownBits;

    /// <summary>One register, bit by bit: what must hold a value, that value, what is refused, what the call receives.</summary>
    private readonly record struct RegisterMasks(ulong Reserved, ulong Expected, ulong Refused, ulong Kept);
}
