using System.Numerics;
using System.Runtime.Intrinsics;
using Gunyah.Aarch64.Cryptography;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>AES, SHA1 and SHA256.</summary>
internal static unsafe class CryptographyHandlers
{
    private const int Words = 4;

    public static Instruction* AesEncrypt(CoreState* state, Instruction* i)
    {
        Vector128<byte> block = VectorRegisters.Get<byte>(state, i->Rd) ^ VectorRegisters.Get<byte>(state, i->Rn);
        VectorRegisters.Set(state, i->Rd, AesRound.Substitute(block));
        return i + 1;
    }

    public static Instruction* AesDecrypt(CoreState* state, Instruction* i)
    {
        Vector128<byte> block = VectorRegisters.Get<byte>(state, i->Rd) ^ VectorRegisters.Get<byte>(state, i->Rn);
        VectorRegisters.Set(state, i->Rd, AesRound.Restore(block));
        return i + 1;
    }

    public static Instruction* AesMix(CoreState* state, Instruction* i)
    {
        VectorRegisters.Set(state, i->Rd, AesRound.MixColumns(VectorRegisters.Get<byte>(state, i->Rn)));
        return i + 1;
    }

    public static Instruction* AesInverseMix(CoreState* state, Instruction* i)
    {
        VectorRegisters.Set(state, i->Rd, AesRound.InverseMixColumns(VectorRegisters.Get<byte>(state, i->Rn)));
        return i + 1;
    }

    /// <summary>SHA1C, SHA1P and SHA1M.</summary>
    public static Instruction* Sha1<TFunction>(CoreState* state, Instruction* i)
        where TFunction : struct, ISha1Function
    {
        uint e = *VectorRegisters.Lanes<uint>(state, i->Rn);
        Vector128<uint> words = VectorRegisters.Get<uint>(state, i->Rm);
        SecureHash.Sha1<TFunction>(Of(state, i->Rd), e, new(&words, Words));
        return i + 1;
    }

    public static Instruction* Sha1H(CoreState* state, Instruction* i)
    {
        VectorRegisters.SetLow(
            state, i->Rd, BitOperations.RotateLeft(*VectorRegisters.Lanes<uint>(state, i->Rn), 30));
        return i + 1;
    }

    public static Instruction* Sha1Su0(CoreState* state, Instruction* i)
    {
        Vector128<ulong> d = VectorRegisters.Get<ulong>(state, i->Rd);
        Vector128<ulong> n = VectorRegisters.Get<ulong>(state, i->Rn);
        Vector128<ulong> m = VectorRegisters.Get<ulong>(state, i->Rm);
        VectorRegisters.Set(state, i->Rd, Vector128.Create(d.GetUpper(), n.GetLower()) ^ d ^ m);
        return i + 1;
    }

    public static Instruction* Sha1Su1(CoreState* state, Instruction* i)
    {
        uint* d = VectorRegisters.Lanes<uint>(state, i->Rd);
        uint* n = VectorRegisters.Lanes<uint>(state, i->Rn);
        uint first = d[0] ^ n[1];
        uint second = d[1] ^ n[2];
        uint third = d[2] ^ n[3];
        uint fourth = d[3];
        d[0] = BitOperations.RotateLeft(first, 1);
        d[1] = BitOperations.RotateLeft(second, 1);
        d[2] = BitOperations.RotateLeft(third, 1);
        d[3] = BitOperations.RotateLeft(fourth, 1) ^ BitOperations.RotateLeft(first, 2);
        return i + 1;
    }

    public static Instruction* Sha256H(CoreState* state, Instruction* i)
    {
        Vector128<uint> y = VectorRegisters.Get<uint>(state, i->Rn);
        Vector128<uint> words = VectorRegisters.Get<uint>(state, i->Rm);
        SecureHash.Sha256(Of(state, i->Rd), new(&y, Words), new(&words, Words));
        return i + 1;
    }

    public static Instruction* Sha256H2(CoreState* state, Instruction* i)
    {
        Vector128<uint> x = VectorRegisters.Get<uint>(state, i->Rn);
        Vector128<uint> words = VectorRegisters.Get<uint>(state, i->Rm);
        SecureHash.Sha256(new(&x, Words), Of(state, i->Rd), new(&words, Words));
        return i + 1;
    }

    public static Instruction* Sha256Su0(CoreState* state, Instruction* i)
    {
        Span<uint> d = Of(state, i->Rd);
        uint next = *VectorRegisters.Lanes<uint>(state, i->Rn);
        for (int word = 0; word < Words; word++)
            d[word] += SecureHash.Sigma0(word + 1 < Words ? d[word + 1] : next);
        return i + 1;
    }

    public static Instruction* Sha256Su1(CoreState* state, Instruction* i)
    {
        Vector128<uint> n = VectorRegisters.Get<uint>(state, i->Rn);
        Vector128<uint> m = VectorRegisters.Get<uint>(state, i->Rm);
        Vector128<uint> result = VectorRegisters.Get<uint>(state, i->Rd);
        var to = (uint*)&result;
        var nWords = (uint*)&n;
        var mWords = (uint*)&m;
        for (int word = 0; word < Words; word++)
        {
            // The last two words need the first two.
            uint before = word < 2 ? mWords[word + 2] : to[word - 2];
            to[word] += SecureHash.Sigma1(before) + (word + 1 < Words ? nWords[word + 1] : mWords[0]);
        }

        VectorRegisters.Set(state, i->Rd, result);
        return i + 1;
    }

    private static Span<uint> Of(CoreState* state, int slot) => new(VectorRegisters.Lanes<uint>(state, slot), Words);
}
