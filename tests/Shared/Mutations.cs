namespace Gunyah.Testing;

/// <summary>Damages bytes at random: single bytes, whole words with telling values, pieces lost, doubled or moved.</summary>
internal static class Mutations
{
    private static readonly uint[] _tellingWords = [0, 1, 2, 3, 4, 9, 0x7fffffff, 0x80000000, 0xfffffffc, 0xffffffff, 0xd00dfeed];

    public static byte[] Damage(byte[] original, Random random)
    {
        byte[] bytes = [.. original];
        for (int i = 1 + random.Next(3); i > 0 && bytes.Length > 8; i--)
        {
            int at = random.Next(bytes.Length);
            int length = Math.Min(1 + random.Next(32), bytes.Length - at);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    uint word = _tellingWords[random.Next(_tellingWords.Length)];
                    System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(
                        bytes.AsSpan(Math.Min(at & ~3, bytes.Length - 4)), word);
                    break;
                case 3:
                    bytes = [.. bytes[..at], .. bytes[(at + length)..]];
                    break;
                case 4:
                    bytes = [.. bytes[..at], .. bytes[at..(at + length)], .. bytes[at..]];
                    break;
                default:
                    byte[] piece = bytes[at..(at + length)];
                    piece.CopyTo(bytes, random.Next(bytes.Length - length + 1));
                    break;
            }
        }
        return bytes;
    }
}
