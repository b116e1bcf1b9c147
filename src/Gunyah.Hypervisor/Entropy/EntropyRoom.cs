using System.Runtime.CompilerServices;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;
using Gunyah.Hypervisor.Objects;

namespace Gunyah.Hypervisor.Entropy;

/// <summary>prng_get_entropy (gunyah-abi.md 4.13).</summary>
internal sealed class EntropyRoom(ITimeAndEntropy platform) : IRoom
{
    private const ulong Most = 16;
    private const ulong WordSize = 4;

    private readonly ConditionalWeakTable<ICaller, EntropyBudget> _budgets = [];

    /// <inheritdoc/>
    public void Declare(CallBook calls) => calls.Bind(IdentificationCalls.GetEntropy, Get);

    private GunyahError Get(in CallFrame call)
    {
        ulong bytes = call.X0;
        if (bytes is 0 or > Most)
            return GunyahError.ArgumentSize;
        if (bytes % WordSize != 0)
            return GunyahError.ArgumentAlignment;
        if (!_budgets.GetOrCreateValue(call.Caller).TryUse(platform.Now))
            return GunyahError.Busy;

        ulong low = platform.NextRandom();
        ulong high = bytes > 2 * WordSize ? platform.NextRandom() : 0;
        return call.Answer(
            (uint)low,
            bytes > WordSize ? low >> 32 : 0,
            (uint)high,
            bytes == Most ? high >> 32 : 0);
    }
}
