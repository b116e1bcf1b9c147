namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>AES, SHA1 and SHA256.</summary>
    private static EncodingRow[] Cryptography =>
    [
        new("AESE", "01001110 00 10100 00100 10 Rn:5 Rd:5", Operation.Aese, Feature.Aes),
        new("AESD", "01001110 00 10100 00101 10 Rn:5 Rd:5", Operation.Aesd, Feature.Aes),
        new("AESMC", "01001110 00 10100 00110 10 Rn:5 Rd:5", Operation.Aesmc, Feature.Aes),
        new("AESIMC", "01001110 00 10100 00111 10 Rn:5 Rd:5", Operation.Aesimc, Feature.Aes),
        new("SHA1C", "01011110 00 0 Rm:5 0 000 00 Rn:5 Rd:5", Operation.Sha1c, Feature.Sha1),
        new("SHA1P", "01011110 00 0 Rm:5 0 001 00 Rn:5 Rd:5", Operation.Sha1p, Feature.Sha1),
        new("SHA1M", "01011110 00 0 Rm:5 0 010 00 Rn:5 Rd:5", Operation.Sha1m, Feature.Sha1),
        new("SHA1SU0", "01011110 00 0 Rm:5 0 011 00 Rn:5 Rd:5", Operation.Sha1su0, Feature.Sha1),
        new("SHA256H", "01011110 00 0 Rm:5 0 100 00 Rn:5 Rd:5", Operation.Sha256h, Feature.Sha256),
        new("SHA256H2", "01011110 00 0 Rm:5 0 101 00 Rn:5 Rd:5", Operation.Sha256h2, Feature.Sha256),
        new("SHA256SU1", "01011110 00 0 Rm:5 0 110 00 Rn:5 Rd:5", Operation.Sha256su1, Feature.Sha256),
        new("SHA1H", "01011110 00 10100 00000 10 Rn:5 Rd:5", Operation.Sha1h, Feature.Sha1),
        new("SHA1SU1", "01011110 00 10100 00001 10 Rn:5 Rd:5", Operation.Sha1su1, Feature.Sha1),
        new("SHA256SU0", "01011110 00 10100 00010 10 Rn:5 Rd:5", Operation.Sha256su0, Feature.Sha256),
    ];
}
