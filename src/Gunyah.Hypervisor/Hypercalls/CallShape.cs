using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>One look-up of a call.</summary>
/// <param name="Register">The register that holds the capability.</param>
/// <param name="Position">The place of the object among those of the call.</param>
/// <param name="Type">The type wanted.</param>
/// <param name="Rights">The rights wanted.</param>
/// <param name="Lookup">The kind of look-up.</param>
internal readonly record struct CallLookup(
    int Register, int Position, ObjectType Type, uint Rights, CapabilityLookup Lookup);

/// <summary>
/// What a row says of the words of a call, made ready once: masks over all eight registers, and the look-ups in their order.
/// </summary>
internal sealed class CallShape
{
    private readonly HypercallRow _row;
    private readonly Profile _profile;
    private readonly CallWords _reserved;
    private readonly CallWords _expected;
    private readonly CallWords _refused;
    private readonly CallWords _kept;
    private readonly CallLookup[] _lookups;

    public CallShape(HypercallRow row, Profile profile)
    {
        _row = row;
        _profile = profile;
        for (int i = 0; i < row.Inputs.Length; i++)
        {
            HypercallInput input = row.Inputs[i];
            bool isReserved = input.Kind is HypercallInputKind.ReservedZero or HypercallInputKind.ReservedOnes;
            _reserved[i] = isReserved ? ulong.MaxValue : 0;
            _expected[i] = input.Kind == HypercallInputKind.ReservedOnes ? ulong.MaxValue : 0;
            _refused[i] = Answer(input) == GunyahError.Ok ? 0 : input.Width & ~input.Mask;
            _kept[i] = input.Width & input.Mask;
        }

        _lookups = [.. LookupsOf(row).OrderBy(entry => entry.Order).Select(entry => entry.Lookup)];
    }

    /// <summary>The look-ups in the order in which they are made.</summary>
    public ReadOnlySpan<CallLookup> Lookups => _lookups;

    /// <summary>True if every reserved register holds what it must.</summary>
    public bool KeepsReserved(ref readonly CallWords words) =>
        (((Low(in words) ^ Low(in _expected)) & Low(in _reserved))
            | ((High(in words) ^ High(in _expected)) & High(in _reserved))) == Vector256<ulong>.Zero;

    /// <summary>Refuses bits that the call does not know, and leaves of the others what the call receives.</summary>
    public GunyahError Cut(ref readonly CallWords words, out CallWords cut)
    {
        Unsafe.SkipInit(out cut);
        Vector256<ulong> low = Low(in words);
        Vector256<ulong> high = High(in words);
        (low & Low(in _kept)).StoreUnsafe(ref cut[0]);
        (high & High(in _kept)).StoreUnsafe(ref cut[0], (nuint)Vector256<ulong>.Count);
        bool isKnown = ((low & Low(in _refused)) | (high & High(in _refused))) == Vector256<ulong>.Zero;
        return isKnown ? GunyahError.Ok : FirstRefusal(in words);
    }

    private static Vector256<ulong> Low(ref readonly CallWords words) => Vector256.LoadUnsafe(in words[0]);

    private static Vector256<ulong> High(ref readonly CallWords words) =>
        Vector256.LoadUnsafe(in words[0], (nuint)Vector256<ulong>.Count);

    private static IEnumerable<(int Order, CallLookup Lookup)> LookupsOf(HypercallRow row)
    {
        int position = 0;
        for (int i = 0; i < row.Inputs.Length; i++)
        {
            HypercallInput input = row.Inputs[i];
            if (input.Kind == HypercallInputKind.Capability)
                yield return (input.Order, new(i, position++, input.Type, input.Rights, input.Lookup));
        }
    }

    private GunyahError FirstRefusal(ref readonly CallWords words)
    {
        for (int i = 0; i < _row.Inputs.Length; i++)
        {
            if ((words[i] & _refused[i]) != 0)
                return Answer(_row.Inputs[i]);
        }

        return GunyahError.Ok;
    }

    private GunyahError Answer(HypercallInput input) =>
        input.Kind != HypercallInputKind.Bits ? GunyahError.Ok
        : _profile == Profile.Documented ? input.DocumentedUnknownBits ?? input.UnknownBits
        : input.UnknownBits;
}
