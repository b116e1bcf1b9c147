using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Gunyah.Aarch64.Vectors;

/// <summary>Every second lane of two registers, those of the first before those of the second.</summary>
internal static class Permutation
{
    /// <summary>The lanes with even numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Even<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged => Unsafe.SizeOf<T>() switch
        {
            1 => Vector128.Narrow(n.AsUInt16() & Low16, m.AsUInt16() & Low16).As<byte, T>(),
            2 => Vector128.Narrow(n.AsUInt32() & Low32, m.AsUInt32() & Low32).As<ushort, T>(),
            4 => Vector128.Narrow(n.AsUInt64() & Low64, m.AsUInt64() & Low64).As<uint, T>(),
            _ => Vector128.Create(n.GetLower(), m.GetLower()),
        };

    /// <summary>The lanes with odd numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Odd<T>(Vector128<T> n, Vector128<T> m)
        where T : unmanaged => Unsafe.SizeOf<T>() switch
        {
            1 => Vector128.Narrow(n.AsUInt16() >>> 8, m.AsUInt16() >>> 8).As<byte, T>(),
            2 => Vector128.Narrow(n.AsUInt32() >>> 16, m.AsUInt32() >>> 16).As<ushort, T>(),
            4 => Vector128.Narrow(n.AsUInt64() >>> 32, m.AsUInt64() >>> 32).As<uint, T>(),
            _ => Vector128.Create(n.GetUpper(), m.GetUpper()),
        };

    private static Vector128<ushort> Low16 => Vector128.Create((ushort)0xFF);

    private static Vector128<uint> Low32 => Vector128.Create(0xFFFFu);

    private static Vector128<ulong> Low64 => Vector128.Create(0xFFFF_FFFFul);
}
