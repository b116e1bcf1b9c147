using System.Runtime.CompilerServices;
using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Loads and stores of vector registers. Each is one access, however many registers it has, so that a fault changes none.
/// </summary>
internal static unsafe class VectorMemoryHandlers
{
    private const int Width = VectorRegisters.Width;

    /// <summary>The most bytes of an access: four registers.</summary>
    private const int MostBytes = Width * 4;

    public static Instruction* Load<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        byte* host = Tlb.Read(state, address, sizeof(T));
        UInt128 value = 0;
        if (host != null)
            *(T*)&value = Unsafe.ReadUnaligned<T>(host);
        else if (!SlowAccess.Read(state, i, address, &value, sizeof(T), AccessKind.Undescribed))
            return null;
        *VectorRegisters.Lanes<UInt128>(state, i->Rd) = value;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    public static Instruction* Store<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        T* value = VectorRegisters.Lanes<T>(state, i->Rd);
        byte* host = Tlb.Write(state, address, sizeof(T));
        if (host != null)
            Unsafe.WriteUnaligned(host, *value);
        else if (!SlowAccess.Write(state, i, address, value, sizeof(T), AccessKind.Undescribed))
            return null;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    /// <summary>LDP and LDNP: the second register is <c>Ra</c>.</summary>
    public static Instruction* LoadPair<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        byte* host = Tlb.Read(state, address, sizeof(T) * 2);
        T* pair = stackalloc T[2];
        if (host == null)
        {
            if (!SlowAccess.Read(state, i, address, pair, sizeof(T) * 2, AccessKind.Undescribed, sizeof(T)))
                return null;
            host = (byte*)pair;
        }

        UInt128 first = 0;
        UInt128 second = 0;
        *(T*)&first = Unsafe.ReadUnaligned<T>(host);
        *(T*)&second = Unsafe.ReadUnaligned<T>(host + sizeof(T));
        *VectorRegisters.Lanes<UInt128>(state, i->Rd) = first;
        *VectorRegisters.Lanes<UInt128>(state, i->Ra) = second;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    public static Instruction* StorePair<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        T first = *VectorRegisters.Lanes<T>(state, i->Rd);
        T second = *VectorRegisters.Lanes<T>(state, i->Ra);
        byte* host = Tlb.Write(state, address, sizeof(T) * 2);
        if (host != null)
        {
            Unsafe.WriteUnaligned(host, first);
            Unsafe.WriteUnaligned(host + sizeof(T), second);
        }
        else
        {
            T* pair = stackalloc T[2];
            pair[0] = first;
            pair[1] = second;
            if (!SlowAccess.Write(state, i, address, pair, sizeof(T) * 2, AccessKind.Undescribed, sizeof(T)))
                return null;
        }

        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    /// <summary>
    /// LD1 to LD4 of whole registers: <c>Ra</c> of them, a structure having as many elements as the low half of <c>Extra</c>
    /// says; the
    /// high half is the width of a register.
    /// </summary>
    public static Instruction* LoadStructures<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        int width = i->Extra >> 16;
        int size = width * i->Ra;
        byte* host = Tlb.Read(state, address, size);
        byte* buffer = stackalloc byte[MostBytes];
        if (host == null)
        {
            if (!SlowAccess.Read(state, i, address, buffer, size, AccessKind.Undescribed, sizeof(T)))
                return null;
            host = buffer;
        }

        int elements = i->Extra & 0xFFFF;
        int lanes = width / sizeof(T);
        for (int register = 0; register < i->Ra; register++)
        {
            // Registers of one structure take turns; those of LD1 follow each other.
            byte* from = host + (elements == 1 ? register * width : register * sizeof(T));
            UInt128 value = 0;
            for (int lane = 0; lane < lanes; lane++)
                ((T*)&value)[lane] = Unsafe.ReadUnaligned<T>(from + lane * elements * sizeof(T));
            *VectorRegisters.Lanes<UInt128>(state, i->Rd + register & 31) = value;
        }

        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    public static Instruction* StoreStructures<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        int width = i->Extra >> 16;
        int size = width * i->Ra;
        byte* host = Tlb.Write(state, address, size);
        byte* buffer = stackalloc byte[MostBytes];
        byte* start = host != null ? host : buffer;
        int elements = i->Extra & 0xFFFF;
        int lanes = width / sizeof(T);
        for (int register = 0; register < i->Ra; register++)
        {
            T* value = VectorRegisters.Lanes<T>(state, i->Rd + register & 31);
            byte* to = start + (elements == 1 ? register * width : register * sizeof(T));
            for (int lane = 0; lane < lanes; lane++)
                Unsafe.WriteUnaligned(to + lane * elements * sizeof(T), value[lane]);
        }

        if (host == null && !SlowAccess.Write(state, i, address, buffer, size, AccessKind.Undescribed, sizeof(T)))
            return null;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    /// <summary>LD1 to LD4 of one structure: its elements go to lane <c>Extra</c> of <c>Ra</c> registers.</summary>
    public static Instruction* LoadElements<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        int size = sizeof(T) * i->Ra;
        byte* host = Tlb.Read(state, address, size);
        byte* buffer = stackalloc byte[MostBytes];
        if (host == null)
        {
            if (!SlowAccess.Read(state, i, address, buffer, size, AccessKind.Undescribed, sizeof(T)))
                return null;
            host = buffer;
        }

        for (int element = 0; element < i->Ra; element++)
        {
            VectorRegisters.Lanes<T>(state, i->Rd + element & 31)[i->Extra] =
                Unsafe.ReadUnaligned<T>(host + element * sizeof(T));
        }

        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    public static Instruction* StoreElements<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        int size = sizeof(T) * i->Ra;
        byte* host = Tlb.Write(state, address, size);
        byte* buffer = stackalloc byte[MostBytes];
        byte* to = host != null ? host : buffer;
        for (int element = 0; element < i->Ra; element++)
        {
            Unsafe.WriteUnaligned(
                to + element * sizeof(T), VectorRegisters.Lanes<T>(state, i->Rd + element & 31)[i->Extra]);
        }

        if (host == null && !SlowAccess.Write(state, i, address, buffer, size, AccessKind.Undescribed, sizeof(T)))
            return null;
        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }

    /// <summary>LD1R to LD4R: an element goes to every lane of its register, as far as <c>Extra</c> bytes.</summary>
    public static Instruction* LoadReplicated<T, TAddressing>(CoreState* state, Instruction* i)
        where T : unmanaged
        where TAddressing : struct, IAddressing
    {
        ulong address = TAddressing.Of(state, i);
        int size = sizeof(T) * i->Ra;
        byte* host = Tlb.Read(state, address, size);
        byte* buffer = stackalloc byte[MostBytes];
        if (host == null)
        {
            if (!SlowAccess.Read(state, i, address, buffer, size, AccessKind.Undescribed, sizeof(T)))
                return null;
            host = buffer;
        }

        int lanes = i->Extra / sizeof(T);
        for (int element = 0; element < i->Ra; element++)
        {
            UInt128 value = 0;
            for (int lane = 0; lane < lanes; lane++)
                ((T*)&value)[lane] = Unsafe.ReadUnaligned<T>(host + element * sizeof(T));
            *VectorRegisters.Lanes<UInt128>(state, i->Rd + element & 31) = value;
        }

        TAddressing.WriteBack(state, i, address);
        return i + 1;
    }
}
