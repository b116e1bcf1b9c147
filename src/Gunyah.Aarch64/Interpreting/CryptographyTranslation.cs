using Gunyah.Aarch64.Cryptography;
using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>AES, SHA1 and SHA256.</summary>
internal static unsafe class CryptographyTranslation
{
    /// <summary>Translates an instruction of cryptography.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        Handler handler = operation switch
        {
            Operation.Aese => &CryptographyHandlers.AesEncrypt,
            Operation.Aesd => &CryptographyHandlers.AesDecrypt,
            Operation.Aesmc => &CryptographyHandlers.AesMix,
            Operation.Aesimc => &CryptographyHandlers.AesInverseMix,
            Operation.Sha1c => &CryptographyHandlers.Sha1<Choose>,
            Operation.Sha1p => &CryptographyHandlers.Sha1<Parity>,
            Operation.Sha1m => &CryptographyHandlers.Sha1<Majority>,
            Operation.Sha1h => &CryptographyHandlers.Sha1H,
            Operation.Sha1su0 => &CryptographyHandlers.Sha1Su0,
            Operation.Sha1su1 => &CryptographyHandlers.Sha1Su1,
            Operation.Sha256h => &CryptographyHandlers.Sha256H,
            Operation.Sha256h2 => &CryptographyHandlers.Sha256H2,
            Operation.Sha256su0 => &CryptographyHandlers.Sha256Su0,
            Operation.Sha256su1 => &CryptographyHandlers.Sha256Su1,
            _ => null,
        };
        if (handler == null)
            return false;
        VectorTranslation.Emit(block, word, handler, size: 0);
        return true;
    }
}
