using Gunyah.Aarch64.Tests.Hostile;

namespace Devicetree.Fuzz;

/// <summary>Arm64 code of a guest: mutated programs with random tables, devices and interrupts around them.</summary>
internal static class GuestTarget
{
    private const int Programs = 64;
    private const int Instructions = 10_000;

    /// <summary>Programs of words that are instructions.</summary>
    public static IReadOnlyList<byte[]> Seeds { get; } = [.. Enumerable.Range(0, Programs).Select(HostileGuest.AnyCode)];

    /// <summary>Runs a guest. It may do nothing that the host would see but run.</summary>
    public static void Run(byte[] input, int choice)
    {
        using var guest = new HostileGuest(choice, input);
        guest.Run(Instructions);
    }
}
