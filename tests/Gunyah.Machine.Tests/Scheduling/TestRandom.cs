using Gunyah.Machine.Scheduling;

namespace Gunyah.Machine.Tests.Scheduling;

/// <summary>Seeded choices for tests.</summary>
internal sealed class TestRandom(ulong seed)
{
    private readonly Xoshiro256 _random = new(seed);

    public int Below(int bound) => _random.Below(bound);
}
