namespace Gunyah.Abi.Hypercalls;

/// <summary>The inputs of hypercalls, in the words that their rows are written in.</summary>
internal static class HypercallInputs
{
    public static HypercallInput Zero => new(HypercallInputKind.ReservedZero, "res0");

    public static HypercallInput Ones => new(HypercallInputKind.ReservedOnes, "res1");

    public static HypercallInput Cap(
        string name, ObjectRights needs, CapabilityLookup lookup = CapabilityLookup.Active, int order = 0) =>
        new(HypercallInputKind.Capability, name, Needs: needs, Lookup: lookup, Order: order);

    /// <summary>A capability of an object that is still being set up.</summary>
    public static HypercallInput Setup(string name, ObjectType type, int order = 0) =>
        Cap(name, ObjectRights.Activate(type), CapabilityLookup.Generic, order);

    public static HypercallInput CapByCall(string name) => new(HypercallInputKind.CapabilityByCall, name);

    public static HypercallInput Word(string name, ulong mask = ulong.MaxValue) => new(HypercallInputKind.Word, name, mask);

    public static HypercallInput Word32(string name) => Word(name, uint.MaxValue);

    public static HypercallInput Size64(string name) => new(HypercallInputKind.Size, name);

    public static HypercallInput Address(string name) => new(HypercallInputKind.Address, name);

    public static HypercallInput Bits(string name, ulong known, GunyahError unknown) =>
        new(HypercallInputKind.Bits, name, known, unknown);

    /// <summary>A word of flags of which the call receives the low 32 bits only (gunyah-abi.md 1.5).</summary>
    public static HypercallInput Bits32(string name, ulong known, GunyahError unknown) =>
        Bits(name, known, unknown) with { Width = uint.MaxValue };
}
