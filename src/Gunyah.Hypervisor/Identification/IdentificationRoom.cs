using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Smccc;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Hypercalls;

namespace Gunyah.Hypervisor.Identification;

/// <summary>Who this hypervisor is, by its own call and by the functions of SMCCC (gunyah-abi.md 1.7 to 1.9).</summary>
internal sealed class IdentificationRoom : IRoom, ISmcccService
{
    /// <summary>Version 1, 64-bit, variant 0x51.</summary>
    private const ulong ApiInfo = 0x5100_0000_0000_8001;

    /// <summary>The API families and the scheduler of the reference build.</summary>
    private const ulong ApiFlags0 = 0x1000_0EFF;

    private const uint SmcccVersion = 0x0001_0003;
    private const uint NotSupported32 = uint.MaxValue;
    private const uint StandardHypRevision = 1;

    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.Bind(IdentificationCalls.Identify, static (in call) => call.AnswerWithoutError(ApiInfo, ApiFlags0));
        calls.Serve(this);
    }

    /// <inheritdoc/>
    public bool TryCall(ICaller caller, uint function, ref GeneralRegisters x)
    {
        ReadOnlySpan<uint> uid = GunyahUid.Words;
        switch (function)
        {
            case SmcccFunctions.Version:
                SmcccRoute.Answer32(ref x, SmcccVersion);
                return true;
            case SmcccFunctions.ArchFeatures:
                SmcccRoute.Answer32(ref x, HasFeature((uint)x[1]) ? 0 : NotSupported32);
                return true;
            case SmcccFunctions.StandardHypUid:
                SmcccRoute.Answer32(ref x, uid[0], uid[1], uid[2], uid[3]);
                return true;
            case SmcccFunctions.StandardHypRevision:
                SmcccRoute.Answer32(ref x, StandardHypRevision, 0);
                return true;
            case SmcccFunctions.VendorHypUid:
                for (int i = 0; i < uid.Length; i++)
                    x[i] = uid[i];
                return true;
            case SmcccFunctions.VendorHypRevision:
                x[0] = ApiInfo;
                return true;
            default:
                return false;
        }
    }

    private static bool HasFeature(uint function) => function is SmcccFunctions.Version or SmcccFunctions.ArchFeatures
        or SmcccFunctions.StandardHypUid or SmcccFunctions.StandardHypRevision;
}
