namespace Gunyah.Aarch64.Tests.Oracles;

/// <summary>What tests beside a peer have in common.</summary>
internal static class Peers
{
    /// <summary>Skips the test where a peer is missing, but in CI fails it.</summary>
    public static void Require(bool isInstalled, string package)
    {
        if (isInstalled)
            return;
        Assert.SkipWhen(Environment.GetEnvironmentVariable("CI") != "true", $"{package} is not installed");
        Assert.Fail($"{package} is not installed; CI must have it");
    }

    /// <summary>The seed of random programs: GUNYAH_SEED, or another each time.</summary>
    public static int Seed() =>
        int.TryParse(Environment.GetEnvironmentVariable("GUNYAH_SEED"), out int given) ? given : Environment.TickCount;
}
