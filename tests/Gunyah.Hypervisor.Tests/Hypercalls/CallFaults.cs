using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Profiles;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Hypercalls;

/// <summary>One way to call wrongly: a register, what to put there, and what the call must answer.</summary>
/// <param name="Name">For the test's report.</param>
/// <param name="Register">The input that is wrong.</param>
/// <param name="Value">What is put there.</param>
/// <param name="Stage">When the call looks at it: 0 reserved inputs, 1 unknown bits, then the look-ups in their order.</param>
/// <param name="Error">The answer, if nothing earlier is wrong.</param>
internal sealed record CallFault(string Name, int Register, ulong Value, int Stage, GunyahError Error);

/// <summary>
/// Derives from a row of the hypercall table registers that pass every look-up, and every fault that the row makes possible.
/// </summary>
internal sealed class CallFaults
{
    private const int FirstLookupStage = 2;

    /// <summary>A slot in a table that no test fills.</summary>
    private const ulong EmptySlot = 0xE000;

    private readonly TestMachine _machine;
    private ushort _nextVmid = 100;
    private ulong _nextOffset;

    public CallFaults(TestMachine machine, HypercallRow row)
    {
        _machine = machine;
        Row = row;
        Good = [.. row.Inputs.Select(GoodValue)];
        Faults = [.. row.Inputs.SelectMany((input, register) => FaultsOf(input, register))];
    }

    public HypercallRow Row { get; }

    /// <summary>Registers with which no check before the handler fails.</summary>
    public IReadOnlyList<ulong> Good { get; }

    public IReadOnlyList<CallFault> Faults { get; }

    /// <summary>The good registers with some faults.</summary>
    public ulong[] With(params ReadOnlySpan<CallFault> faults)
    {
        ulong[] x = [.. Good];
        foreach (CallFault fault in faults)
            x[fault.Register] = fault.Value;
        return x;
    }

    private ulong GoodValue(HypercallInput input) => input.Kind switch
    {
        HypercallInputKind.ReservedOnes => ulong.MaxValue,
        HypercallInputKind.Capability => GoodObject(input).Value,
        HypercallInputKind.CapabilityByCall => _machine.Boot.CapabilitySpace.Value,
        _ => 0,
    };

    private CapId GoodObject(HypercallInput input)
    {
        ObjectType type = input.Needs.Type == ObjectType.Any ? ObjectType.Doorbell : input.Needs.Type;
        return input.Lookup == CapabilityLookup.Active ? ActiveObject(type) : _machine.Create(type);
    }

    private CapId ActiveObject(ObjectType type)
    {
        switch (type)
        {
            case ObjectType.Partition:
                return _machine.Boot.Partition;
            case ObjectType.HardwareInterrupt:
                return _machine.Boot.HardwareInterrupts[0].Cap;
            case ObjectType.CapabilitySpace:
                return _machine.Space(16);
            case ObjectType.MessageQueue:
                return _machine.Queue(4, 16);
            case ObjectType.MemoryExtent:
                return _machine.Extent(_nextOffset += 0x1_0000, 0x4000);
            case ObjectType.Thread:
                CapId thread = _machine.NewVcpu(_machine.Vic(), 0, _nextVmid++);
                TestMachine.Ok(_machine.Root.Activate(thread));
                return thread;
            case ObjectType.AddressSpace:
                CapId space = _machine.Create(ObjectType.AddressSpace);
                TestMachine.Ok(_machine.Root.AddressSpaceConfigure(space, _nextVmid++));
                TestMachine.Ok(_machine.Root.Activate(space));
                return space;
            default:
                return _machine.Active(type);
        }
    }

    private IEnumerable<CallFault> FaultsOf(HypercallInput input, int register)
    {
        switch (input.Kind)
        {
            case HypercallInputKind.ReservedZero:
                yield return new("reserved register not zero", register, 1UL << 63, 0, GunyahError.ArgumentInvalid);
                break;
            case HypercallInputKind.ReservedOnes:
                yield return new("reserved register not ones", register, uint.MaxValue, 0, GunyahError.ArgumentInvalid);
                break;
            case HypercallInputKind.Bits:
                Profile profile = _machine.Profile;
                GunyahError refused = profile == Profile.Documented
                    ? input.DocumentedUnknownBits ?? input.UnknownBits : input.UnknownBits;
                for (int bit = 0; bit < 64 && refused != GunyahError.Ok; bit++)
                {
                    ulong value = 1UL << bit;
                    if ((value & input.Width & ~input.Mask) != 0)
                        yield return new($"unknown bit {bit}", register, value, 1, refused);
                }

                break;
            case HypercallInputKind.Capability:
                foreach ((string name, ulong value, GunyahError error) in CapabilityFaults(input))
                    yield return new($"{name} {input.Name}", register, value, FirstLookupStage + input.Order, error);
                break;
        }
    }

    private IEnumerable<(string Name, ulong Value, GunyahError Error)> CapabilityFaults(HypercallInput input)
    {
        yield return ("undecodable", ulong.MaxValue, GunyahError.ArgumentInvalid);
        yield return ("null", EmptySlot, GunyahError.CapNull);

        // A wrong type that is revoked: what it was does not matter any more.
        ObjectType wrongType = input.Needs.Type == ObjectType.Doorbell ? ObjectType.VpmGroup : ObjectType.Doorbell;
        yield return ("revoked", _machine.RevokedCopy(_machine.Active(wrongType)).Value, GunyahError.CapRevoked);

        ObjectType type = input.Needs.Type;
        uint all = ObjectRights.All(type == ObjectType.Any ? ObjectType.Doorbell : type).Bits;
        foreach (uint right in Bits(input.Needs.Bits))
        {
            CapId good = GoodObject(input);
            ObjectRights others = new(type, all & ~right);
            yield return ($"without right 0x{right:x}", _machine.Copy(good, others).Value, GunyahError.InsufficientRights);
            if (input.Lookup == CapabilityLookup.Active && !TestMachine.IsMadeAtBoot(input.Needs.Type))
                yield return ($"inactive without right 0x{right:x}",
                    _machine.Copy(_machine.Create(type), others).Value, GunyahError.InsufficientRights);
        }

        if (input.Needs.Type != ObjectType.Any)
        {
            CapId other = _machine.Active(wrongType);
            CapId weak = _machine.Copy(other, new(wrongType, 1));
            CapId activating = _machine.Copy(other, ObjectRights.Activate(wrongType));
            yield return ("wrong type of", other.Value, GunyahError.WrongObjectType);
            yield return ("wrong and inactive type of", _machine.Create(wrongType).Value, GunyahError.WrongObjectType);
            yield return input.Lookup == CapabilityLookup.Generic
                ? ("wrong type without right of", weak.Value, GunyahError.InsufficientRights)
                : ("wrong type without right of", activating.Value, GunyahError.WrongObjectType);
        }

        if (input.Lookup == CapabilityLookup.Active && !TestMachine.IsMadeAtBoot(input.Needs.Type))
            yield return ("inactive", _machine.Create(input.Needs.Type).Value, GunyahError.ObjectState);
    }

    private static IEnumerable<uint> Bits(uint word) =>
        Enumerable.Range(0, 32).Select(bit => 1u << bit).Where(bit => (word & bit) != 0);
}
