namespace Gunyah.Aarch64.Decoding;

internal static partial class Encodings
{
    /// <summary>Ordered, exclusive and atomic accesses (Arm ARM DDI 0487, C4.1.94).</summary>
    private static EncodingRow[] Atomics =>
    [
        new("STLR", "size:2 001000 1 0 0 xxxxx 1 xxxxx Rn:5 Rt:5", Operation.StoreRelease),
        new("LDAR", "size:2 001000 1 1 0 xxxxx 1 xxxxx Rn:5 Rt:5", Operation.LoadAcquire),

        new("STXR", "size:2 001000 0 0 0 Rs:5 0 xxxxx Rn:5 Rt:5", Operation.StoreExclusive),
        new("STLXR", "size:2 001000 0 0 0 Rs:5 1 xxxxx Rn:5 Rt:5", Operation.StoreExclusive),
        new("LDXR", "size:2 001000 0 1 0 xxxxx 0 xxxxx Rn:5 Rt:5", Operation.LoadExclusive),
        new("LDAXR", "size:2 001000 0 1 0 xxxxx 1 xxxxx Rn:5 Rt:5", Operation.LoadExclusive),
        new("STXP", "1 sz 001000 0 0 1 Rs:5 0 Rt2:5 Rn:5 Rt:5", Operation.StoreExclusivePair),
        new("STLXP", "1 sz 001000 0 0 1 Rs:5 1 Rt2:5 Rn:5 Rt:5", Operation.StoreExclusivePair),
        new("LDXP", "1 sz 001000 0 1 1 xxxxx 0 Rt2:5 Rn:5 Rt:5", Operation.LoadExclusivePair),
        new("LDAXP", "1 sz 001000 0 1 1 xxxxx 1 Rt2:5 Rn:5 Rt:5", Operation.LoadExclusivePair),

        new("CAS", "size:2 001000 1 L 1 Rs:5 o0 11111 Rn:5 Rt:5", Operation.CompareAndSwap, Feature.Lse),
        new("CASP", "0 sz 001000 0 L 1 Rs:5 o0 11111 Rn:5 Rt:5", Operation.CompareAndSwapPair, HasEvenPairs, Feature.Lse),

        new("LDADD", "size:2 111 0 00 A R 1 Rs:5 0 000 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("LDCLR", "size:2 111 0 00 A R 1 Rs:5 0 001 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("LDEOR", "size:2 111 0 00 A R 1 Rs:5 0 010 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("LDSET", "size:2 111 0 00 A R 1 Rs:5 0 011 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("LDSMAX", "size:2 111 0 00 A R 1 Rs:5 0 100 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("LDSMIN", "size:2 111 0 00 A R 1 Rs:5 0 101 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("LDUMAX", "size:2 111 0 00 A R 1 Rs:5 0 110 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("LDUMIN", "size:2 111 0 00 A R 1 Rs:5 0 111 00 Rn:5 Rt:5", Operation.Atomic, Feature.Lse),
        new("SWP", "size:2 111 0 00 A R 1 Rs:5 1 000 00 Rn:5 Rt:5", Operation.Swap, Feature.Lse),
    ];

    /// <summary>A pair of registers begins at an even one.</summary>
    private static bool HasEvenPairs(Word word) => !word.Bit(0) && !word.Bit(16);
}
