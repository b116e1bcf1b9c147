using System.Globalization;

namespace Conformance.Tests.Boards;

/// <summary>
/// Which boards are given to the original programs while the tests run, where recorded answers settle all the others: one in
/// eight, others with every seed, or all of them. <c>GUNYAH_LIVE_SEED</c> is the seed; <c>.ci/run</c> takes the day of the
/// commit and prints it. <c>GUNYAH_LIVE_BOARDS=all</c> asks about every board.
/// </summary>
internal static class LiveShare
{
    private const int Parts = 8;

    /// <summary>Whether every board is asked about.</summary>
    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable("GUNYAH_LIVE_BOARDS") == "all";

    private static readonly int _seed = int.TryParse(
        Environment.GetEnvironmentVariable("GUNYAH_LIVE_SEED"), CultureInfo.InvariantCulture, out int seed) ? seed : 0;

    /// <summary>The share in words, for messages.</summary>
    public static string Description => IsWhole ? "every board is live" : string.Create(CultureInfo.InvariantCulture,
        $"live: boards whose number has the rest {Part} when divided by {Parts} (GUNYAH_LIVE_SEED={_seed})");

    private static int Part => (int)((uint)_seed % Parts);

    /// <summary>Whether a board is asked about.</summary>
    /// <param name="number">The place of the board in the order of all.</param>
    public static bool Has(int number) => IsWhole || number % Parts == Part;
}
