using Gunyah.Abi;

namespace Gunyah.ResourceManager.Platform;

/// <summary>Hypercalls come in series of which the first failure ends the rest.</summary>
internal static class GunyahErrorExtensions
{
    /// <summary>
    /// True for a failure, which is kept: <c>if (First(out x).Failed(out error) || Second(x).Failed(out error)) return error;</c>
    /// </summary>
    public static bool Failed(this GunyahError result, out GunyahError error)
    {
        error = result;
        return result != GunyahError.Ok;
    }
}
