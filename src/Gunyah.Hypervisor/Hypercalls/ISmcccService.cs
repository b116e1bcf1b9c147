using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Hypercalls;

/// <summary>A group of SMCCC functions that are no hypercalls.</summary>
internal interface ISmcccService
{
    /// <summary>Carries out a function.</summary>
    /// <param name="caller">Whose call it is.</param>
    /// <param name="function">The function, without the SVE hint.</param>
    /// <param name="x">The caller's registers; only those of the answer are changed.</param>
    /// <returns>False if it has no such function.</returns>
    bool TryCall(ICaller caller, uint function, ref GeneralRegisters x);
}
