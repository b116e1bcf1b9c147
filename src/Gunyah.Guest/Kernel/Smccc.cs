using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Guest.Kernel;

/// <summary>Calls by the SMC calling convention: <c>HVC #0</c> with the function in W0 (gunyah-abi.md 1.7).</summary>
public static class Smccc
{
    /// <summary>Makes one call.</summary>
    /// <param name="port">The caller.</param>
    /// <param name="function">The function identifier.</param>
    /// <param name="x1">The first argument.</param>
    /// <param name="x2">The second argument.</param>
    /// <param name="x3">The third argument.</param>
    /// <returns>X0 to X3.</returns>
    public static SmcccResult Call(IHypervisorPort port, uint function, ulong x1 = 0, ulong x2 = 0, ulong x3 = 0)
    {
        ArgumentNullException.ThrowIfNull(port);
        GuestRegisters registers = default;
        registers.X[0] = function;
        registers.X[1] = x1;
        registers.X[2] = x2;
        registers.X[3] = x3;
        port.Hypercall(0, ref registers);
        return new(registers.X[0], registers.X[1], registers.X[2], registers.X[3]);
    }
}

/// <summary>X0 to X3 after an SMCCC call.</summary>
public readonly record struct SmcccResult(ulong X0, ulong X1, ulong X2, ulong X3);
