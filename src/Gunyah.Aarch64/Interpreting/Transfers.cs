using System.Runtime.CompilerServices;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>What goes between a register and memory.</summary>
internal interface ITransferred
{
    /// <summary>How many bytes of memory.</summary>
    static abstract int Size { get; }
}

/// <summary>What is loaded into a register.</summary>
internal unsafe interface ILoaded : ITransferred
{
    /// <summary>The register's value.</summary>
    static abstract ulong From(byte* host);
}

/// <summary>What is stored of a register.</summary>
internal unsafe interface IStored : ITransferred
{
    /// <summary>Stores the register's lowest bytes.</summary>
    static abstract void To(byte* host, ulong value);
}

/// <summary>What is exchanged with memory at once, with a full barrier. Its host address is aligned to its size.</summary>
internal unsafe interface IExchanged : ILoaded, IStored
{
    /// <summary>The lowest bytes of a register.</summary>
    static abstract ulong Cut(ulong value);

    /// <summary>The lowest bytes of a register, signed.</summary>
    static abstract long Signed(ulong value);

    /// <summary>Stores.</summary>
    /// <returns>What was there.</returns>
    static abstract ulong Exchange(byte* host, ulong value);

    /// <summary>Stores if there is what is expected.</summary>
    /// <returns>What was there.</returns>
    static abstract ulong CompareExchange(byte* host, ulong value, ulong comparand);
}

internal unsafe struct UnsignedByte : IExchanged
{
    public static int Size => sizeof(byte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => *host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To(byte* host, ulong value) => *host = (byte)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Cut(ulong value) => (byte)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Signed(ulong value) => (sbyte)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Exchange(byte* host, ulong value) => Interlocked.Exchange(ref *(byte*)host, (byte)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CompareExchange(byte* host, ulong value, ulong comparand) =>
        Interlocked.CompareExchange(ref *(byte*)host, (byte)value, (byte)comparand);
}

internal unsafe struct UnsignedHalfword : IExchanged
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => *(ushort*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To(byte* host, ulong value) => *(ushort*)host = (ushort)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Cut(ulong value) => (ushort)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Signed(ulong value) => (short)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Exchange(byte* host, ulong value) => Interlocked.Exchange(ref *(ushort*)host, (ushort)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CompareExchange(byte* host, ulong value, ulong comparand) =>
        Interlocked.CompareExchange(ref *(ushort*)host, (ushort)value, (ushort)comparand);
}

internal unsafe struct UnsignedWord : IExchanged
{
    public static int Size => sizeof(uint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => *(uint*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To(byte* host, ulong value) => *(uint*)host = (uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Cut(ulong value) => (uint)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Signed(ulong value) => (int)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Exchange(byte* host, ulong value) => Interlocked.Exchange(ref *(uint*)host, (uint)value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CompareExchange(byte* host, ulong value, ulong comparand) =>
        Interlocked.CompareExchange(ref *(uint*)host, (uint)value, (uint)comparand);
}

internal unsafe struct Doubleword : IExchanged
{
    public static int Size => sizeof(ulong);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => *(ulong*)host;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void To(byte* host, ulong value) => *(ulong*)host = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Cut(ulong value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Signed(ulong value) => (long)value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Exchange(byte* host, ulong value) => Interlocked.Exchange(ref *(ulong*)host, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CompareExchange(byte* host, ulong value, ulong comparand) =>
        Interlocked.CompareExchange(ref *(ulong*)host, value, comparand);
}

internal unsafe struct SignedByteTo64 : ILoaded
{
    public static int Size => sizeof(byte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => (ulong)*(sbyte*)host;
}

internal unsafe struct SignedByteTo32 : ILoaded
{
    public static int Size => sizeof(byte);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => (uint)*(sbyte*)host;
}

internal unsafe struct SignedHalfwordTo64 : ILoaded
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => (ulong)*(short*)host;
}

internal unsafe struct SignedHalfwordTo32 : ILoaded
{
    public static int Size => sizeof(ushort);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => (uint)*(short*)host;
}

internal unsafe struct SignedWord : ILoaded
{
    public static int Size => sizeof(uint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong From(byte* host) => (ulong)*(int*)host;
}
