using Gunyah.Aarch64.Vectors;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>The handlers of an operation by the size of its lanes (log2 of bytes) and by whether they are unsigned.</summary>
internal static unsafe class VectorHandlerTable
{
    public static Handler Whole<TOperation>(int size, bool isUnsigned)
        where TOperation : struct, IVectorOperation => (size, isUnsigned) switch
        {
            (0, false) => &VectorHandlers.Whole<TOperation, sbyte>,
            (1, false) => &VectorHandlers.Whole<TOperation, short>,
            (2, false) => &VectorHandlers.Whole<TOperation, int>,
            (_, false) => &VectorHandlers.Whole<TOperation, long>,
            (0, true) => &VectorHandlers.Whole<TOperation, byte>,
            (1, true) => &VectorHandlers.Whole<TOperation, ushort>,
            (2, true) => &VectorHandlers.Whole<TOperation, uint>,
            (_, true) => &VectorHandlers.Whole<TOperation, ulong>,
        };

    public static Handler Each<TOperation>(int size, bool isUnsigned)
        where TOperation : struct, IElementOperation => (size, isUnsigned) switch
        {
            (0, false) => &VectorHandlers.Each<TOperation, sbyte>,
            (1, false) => &VectorHandlers.Each<TOperation, short>,
            (2, false) => &VectorHandlers.Each<TOperation, int>,
            (_, false) => &VectorHandlers.Each<TOperation, long>,
            (0, true) => &VectorHandlers.Each<TOperation, byte>,
            (1, true) => &VectorHandlers.Each<TOperation, ushort>,
            (2, true) => &VectorHandlers.Each<TOperation, uint>,
            (_, true) => &VectorHandlers.Each<TOperation, ulong>,
        };

    public static Handler Pairwise<TOperation>(int size, bool isUnsigned)
        where TOperation : struct, IVectorOperation => (size, isUnsigned) switch
        {
            (0, false) => &VectorHandlers.Pairwise<TOperation, sbyte>,
            (1, false) => &VectorHandlers.Pairwise<TOperation, short>,
            (2, false) => &VectorHandlers.Pairwise<TOperation, int>,
            (_, false) => &VectorHandlers.Pairwise<TOperation, long>,
            (0, true) => &VectorHandlers.Pairwise<TOperation, byte>,
            (1, true) => &VectorHandlers.Pairwise<TOperation, ushort>,
            (2, true) => &VectorHandlers.Pairwise<TOperation, uint>,
            (_, true) => &VectorHandlers.Pairwise<TOperation, ulong>,
        };

    public static Handler Across<TOperation>(int size, bool isUnsigned)
        where TOperation : struct, IVectorOperation => (size, isUnsigned) switch
        {
            (0, false) => &VectorHandlers.Across<TOperation, sbyte>,
            (1, false) => &VectorHandlers.Across<TOperation, short>,
            (_, false) => &VectorHandlers.Across<TOperation, int>,
            (0, true) => &VectorHandlers.Across<TOperation, byte>,
            (1, true) => &VectorHandlers.Across<TOperation, ushort>,
            (_, true) => &VectorHandlers.Across<TOperation, uint>,
        };

    public static Handler Long<TOperation>(int size, bool isUnsigned)
        where TOperation : struct, ILongOperation => (size, isUnsigned) switch
        {
            (0, false) => &VectorWidthHandlers.Long<TOperation, sbyte, short>,
            (1, false) => &VectorWidthHandlers.Long<TOperation, short, int>,
            (_, false) => &VectorWidthHandlers.Long<TOperation, int, long>,
            (0, true) => &VectorWidthHandlers.Long<TOperation, byte, ushort>,
            (1, true) => &VectorWidthHandlers.Long<TOperation, ushort, uint>,
            (_, true) => &VectorWidthHandlers.Long<TOperation, uint, ulong>,
        };

    public static Handler Wide<TOperation>(int size, bool isUnsigned)
        where TOperation : struct, ILongOperation => (size, isUnsigned) switch
        {
            (0, false) => &VectorWidthHandlers.Wide<TOperation, sbyte, short>,
            (1, false) => &VectorWidthHandlers.Wide<TOperation, short, int>,
            (_, false) => &VectorWidthHandlers.Wide<TOperation, int, long>,
            (0, true) => &VectorWidthHandlers.Wide<TOperation, byte, ushort>,
            (1, true) => &VectorWidthHandlers.Wide<TOperation, ushort, uint>,
            (_, true) => &VectorWidthHandlers.Wide<TOperation, uint, ulong>,
        };

    public static Handler ShiftLong(int size, bool isUnsigned) => (size, isUnsigned) switch
    {
        (0, false) => &VectorWidthHandlers.ShiftLong<sbyte, short>,
        (1, false) => &VectorWidthHandlers.ShiftLong<short, int>,
        (_, false) => &VectorWidthHandlers.ShiftLong<int, long>,
        (0, true) => &VectorWidthHandlers.ShiftLong<byte, ushort>,
        (1, true) => &VectorWidthHandlers.ShiftLong<ushort, uint>,
        (_, true) => &VectorWidthHandlers.ShiftLong<uint, ulong>,
    };

    public static Handler PairwiseLong(int size, bool isUnsigned) => (size, isUnsigned) switch
    {
        (0, false) => &VectorWidthHandlers.PairwiseLong<sbyte, short>,
        (1, false) => &VectorWidthHandlers.PairwiseLong<short, int>,
        (_, false) => &VectorWidthHandlers.PairwiseLong<int, long>,
        (0, true) => &VectorWidthHandlers.PairwiseLong<byte, ushort>,
        (1, true) => &VectorWidthHandlers.PairwiseLong<ushort, uint>,
        (_, true) => &VectorWidthHandlers.PairwiseLong<uint, ulong>,
    };

    public static Handler AcrossLong(int size, bool isUnsigned) => (size, isUnsigned) switch
    {
        (0, false) => &VectorWidthHandlers.AcrossLong<sbyte, short>,
        (1, false) => &VectorWidthHandlers.AcrossLong<short, int>,
        (_, false) => &VectorWidthHandlers.AcrossLong<int, long>,
        (0, true) => &VectorWidthHandlers.AcrossLong<byte, ushort>,
        (1, true) => &VectorWidthHandlers.AcrossLong<ushort, uint>,
        (_, true) => &VectorWidthHandlers.AcrossLong<uint, ulong>,
    };

    public static Handler DoublingLong(int size) =>
        size == 1 ? &VectorWidthHandlers.DoublingLong<short, int> : &VectorWidthHandlers.DoublingLong<int, long>;

    public static Handler NarrowHigh(int size) => size switch
    {
        0 => &VectorWidthHandlers.NarrowHigh<ushort, byte>,
        1 => &VectorWidthHandlers.NarrowHigh<uint, ushort>,
        _ => &VectorWidthHandlers.NarrowHigh<ulong, uint>,
    };

    public static Handler Narrow(int size) => size switch
    {
        0 => &VectorWidthHandlers.Narrow<ushort, byte>,
        1 => &VectorWidthHandlers.Narrow<uint, ushort>,
        _ => &VectorWidthHandlers.Narrow<ulong, uint>,
    };

    /// <summary>The narrow lanes unsigned, and the wide ones if <paramref name="isUnsigned"/>.</summary>
    public static Handler NarrowToUnsigned(int size, bool isUnsigned) => (size, isUnsigned) switch
    {
        (0, false) => &VectorWidthHandlers.NarrowSaturating<short, byte>,
        (1, false) => &VectorWidthHandlers.NarrowSaturating<int, ushort>,
        (_, false) => &VectorWidthHandlers.NarrowSaturating<long, uint>,
        (0, true) => &VectorWidthHandlers.NarrowSaturating<ushort, byte>,
        (1, true) => &VectorWidthHandlers.NarrowSaturating<uint, ushort>,
        (_, true) => &VectorWidthHandlers.NarrowSaturating<ulong, uint>,
    };

    public static Handler NarrowToSigned(int size) => size switch
    {
        0 => &VectorWidthHandlers.NarrowSaturating<short, sbyte>,
        1 => &VectorWidthHandlers.NarrowSaturating<int, short>,
        _ => &VectorWidthHandlers.NarrowSaturating<long, int>,
    };

    public static Handler ShiftLeft(int size) => size switch
    {
        0 => &VectorHandlers.ShiftLeft<byte>,
        1 => &VectorHandlers.ShiftLeft<ushort>,
        2 => &VectorHandlers.ShiftLeft<uint>,
        _ => &VectorHandlers.ShiftLeft<ulong>,
    };

    public static Handler ShiftRight(int size, bool isUnsigned) => (size, isUnsigned) switch
    {
        (0, false) => &VectorHandlers.ShiftRight<sbyte>,
        (1, false) => &VectorHandlers.ShiftRight<short>,
        (2, false) => &VectorHandlers.ShiftRight<int>,
        (_, false) => &VectorHandlers.ShiftRight<long>,
        (0, true) => &VectorHandlers.ShiftRight<byte>,
        (1, true) => &VectorHandlers.ShiftRight<ushort>,
        (2, true) => &VectorHandlers.ShiftRight<uint>,
        (_, true) => &VectorHandlers.ShiftRight<ulong>,
    };

    public static Handler Reverse(int size) => size switch
    {
        0 => &VectorHandlers.Reverse<byte>,
        1 => &VectorHandlers.Reverse<ushort>,
        _ => &VectorHandlers.Reverse<uint>,
    };

    public static Handler UnzipEven(int size) => size switch
    {
        0 => &VectorHandlers.UnzipEven<byte>,
        1 => &VectorHandlers.UnzipEven<ushort>,
        2 => &VectorHandlers.UnzipEven<uint>,
        _ => &VectorHandlers.UnzipEven<ulong>,
    };

    public static Handler UnzipOdd(int size) => size switch
    {
        0 => &VectorHandlers.UnzipOdd<byte>,
        1 => &VectorHandlers.UnzipOdd<ushort>,
        2 => &VectorHandlers.UnzipOdd<uint>,
        _ => &VectorHandlers.UnzipOdd<ulong>,
    };

    public static Handler Zip(int size) => size switch
    {
        0 => &VectorHandlers.Zip<byte>,
        1 => &VectorHandlers.Zip<ushort>,
        2 => &VectorHandlers.Zip<uint>,
        _ => &VectorHandlers.Zip<ulong>,
    };

    public static Handler Transpose(int size) => size switch
    {
        0 => &VectorHandlers.Transpose<byte>,
        1 => &VectorHandlers.Transpose<ushort>,
        2 => &VectorHandlers.Transpose<uint>,
        _ => &VectorHandlers.Transpose<ulong>,
    };

    public static Handler Broadcast(int size) => size switch
    {
        0 => &VectorCopyHandlers.Broadcast<byte>,
        1 => &VectorCopyHandlers.Broadcast<ushort>,
        2 => &VectorCopyHandlers.Broadcast<uint>,
        _ => &VectorCopyHandlers.Broadcast<ulong>,
    };

    public static Handler BroadcastGeneral(int size) => size switch
    {
        0 => &VectorCopyHandlers.BroadcastGeneral<byte>,
        1 => &VectorCopyHandlers.BroadcastGeneral<ushort>,
        2 => &VectorCopyHandlers.BroadcastGeneral<uint>,
        _ => &VectorCopyHandlers.BroadcastGeneral<ulong>,
    };

    public static Handler InsertGeneral(int size) => size switch
    {
        0 => &VectorCopyHandlers.InsertGeneral<byte>,
        1 => &VectorCopyHandlers.InsertGeneral<ushort>,
        2 => &VectorCopyHandlers.InsertGeneral<uint>,
        _ => &VectorCopyHandlers.InsertGeneral<ulong>,
    };

    public static Handler InsertElement(int size) => size switch
    {
        0 => &VectorCopyHandlers.InsertElement<byte>,
        1 => &VectorCopyHandlers.InsertElement<ushort>,
        2 => &VectorCopyHandlers.InsertElement<uint>,
        _ => &VectorCopyHandlers.InsertElement<ulong>,
    };
}
