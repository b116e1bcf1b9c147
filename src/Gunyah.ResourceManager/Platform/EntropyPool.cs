using System.Buffers.Binary;
using System.Security.Cryptography;
using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.ResourceManager.Platform;

/// <summary>
/// Random numbers for VMs. The hypervisor gives a vCPU only a little entropy at a time (gunyah-abi.md 4.13), so what
/// it gives is kept in a state of 32 bytes, and every number is drawn from that state through SHA-512, which also replaces it:
/// a number tells nothing about the ones before or after it.
/// </summary>
internal sealed class EntropyPool(IHypervisorPort port)
{
    private const int StateSize = 32;
    private const int FreshSize = 16;

    /// <summary>The state, and behind it room for fresh entropy.</summary>
    private readonly byte[] _state = new byte[StateSize + FreshSize];

    private bool _isSeeded;

    /// <summary>The next number; null where the hypervisor has never given anything.</summary>
    public ulong? Next()
    {
        Span<byte> fresh = _state.AsSpan(StateSize);
        if (port.GetEntropy(FreshSize, out uint word0, out uint word1, out uint word2, out uint word3) == GunyahError.Ok)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(fresh, word0);
            BinaryPrimitives.WriteUInt32LittleEndian(fresh[4..], word1);
            BinaryPrimitives.WriteUInt32LittleEndian(fresh[8..], word2);
            BinaryPrimitives.WriteUInt32LittleEndian(fresh[12..], word3);
            _isSeeded = true;
        }
        if (!_isSeeded)
            return null;

        // One half of the hash goes on as state, the other is the number; the fresh bytes are used up.
        Span<byte> hash = stackalloc byte[SHA512.HashSizeInBytes];
        SHA512.HashData(_state, hash);
        hash[..StateSize].CopyTo(_state);
        fresh.Clear();
        return BinaryPrimitives.ReadUInt64LittleEndian(hash[StateSize..]);
    }
}
