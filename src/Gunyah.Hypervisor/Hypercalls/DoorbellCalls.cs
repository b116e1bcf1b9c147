using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Doorbells;
using Gunyah.Hypervisor.Interrupts;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>Doorbells (gunyah-abi.md 4.4).</summary>
internal static class DoorbellCalls
{
    public static HypercallResult Send(in HypercallFrame frame) => new(0, frame.FirstAs<Doorbell>().Send(frame.Arguments.X1));

    public static HypercallResult Receive(in HypercallFrame frame)
    {
        ulong clear = frame.Arguments.X1;
        return clear == 0 ? GunyahError.ArgumentInvalid : new HypercallResult(0, frame.FirstAs<Doorbell>().Receive(clear));
    }

    public static HypercallResult Reset(in HypercallFrame frame)
    {
        frame.FirstAs<Doorbell>().Reset();
        return GunyahError.Ok;
    }

    public static HypercallResult Mask(in HypercallFrame frame)
    {
        frame.FirstAs<Doorbell>().Mask(frame.Arguments.X1, frame.Arguments.X2);
        return GunyahError.Ok;
    }

    public static HypercallResult Bind(in HypercallFrame frame) =>
        frame.FirstAs<Doorbell>().Source.Bind(frame.SecondAs<Vic>(), (uint)frame.Arguments.X2);

    public static HypercallResult Unbind(in HypercallFrame frame)
    {
        frame.FirstAs<Doorbell>().Source.Unbind();
        return GunyahError.Ok;
    }
}
