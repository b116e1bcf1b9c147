namespace Gunyah.Hypervisor.Entropy;

/// <summary>How often a thread may ask for entropy: four times in 33 ms (gunyah-abi.md 4.13).</summary>
internal sealed class EntropyBudget
{
    private const ulong Window = 33_000_000;
    private const int CallsPerWindow = 4;

    private ulong _windowStart;
    private int _calls;

    public bool TryUse(ulong now)
    {
        if (_calls == 0 || now - _windowStart >= Window)
        {
            _windowStart = now;
            _calls = 0;
        }

        if (_calls == CallsPerWindow)
            return false;
        _calls++;
        return true;
    }
}
