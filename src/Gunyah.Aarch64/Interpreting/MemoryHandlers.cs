using Gunyah.Aarch64.Memory;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>
/// Loads and stores of general registers: a hit in the TLB inline, everything else by <see cref="SlowAccess"/>.
/// </summary>
internal static unsafe class MemoryHandlers
{
    public static Instruction* Load64(CoreState* state, Instruction* i)
    {
        ulong address = state->X[i->Rn] + (ulong)i->Immediate;
        byte* host = Tlb.Read(state, address, 8);
        ulong value = 0;
        if (host != null)
            value = *(ulong*)host;
        else if (!SlowAccess.Read(state, i, address, &value, 8))
            return null;
        state->X[i->Rd] = value;
        return i + 1;
    }

    public static Instruction* Load32(CoreState* state, Instruction* i)
    {
        ulong address = state->X[i->Rn] + (ulong)i->Immediate;
        byte* host = Tlb.Read(state, address, 4);
        ulong value = 0;
        if (host != null)
            value = *(uint*)host;
        else if (!SlowAccess.Read(state, i, address, &value, 4))
            return null;
        state->X[i->Rd] = value;
        return i + 1;
    }

    public static Instruction* Store64(CoreState* state, Instruction* i)
    {
        ulong address = state->X[i->Rn] + (ulong)i->Immediate;
        ulong value = state->X[i->Rd];
        byte* host = Tlb.Write(state, address, 8);
        if (host != null)
            *(ulong*)host = value;
        else if (!SlowAccess.Write(state, i, address, &value, 8))
            return null;
        return i + 1;
    }

    public static Instruction* Store32(CoreState* state, Instruction* i)
    {
        ulong address = state->X[i->Rn] + (ulong)i->Immediate;
        ulong value = state->X[i->Rd];
        byte* host = Tlb.Write(state, address, 4);
        if (host != null)
            *(uint*)host = (uint)value;
        else if (!SlowAccess.Write(state, i, address, &value, 4))
            return null;
        return i + 1;
    }

    public static Instruction* Store16(CoreState* state, Instruction* i)
    {
        ulong address = state->X[i->Rn] + (ulong)i->Immediate;
        ulong value = state->X[i->Rd];
        byte* host = Tlb.Write(state, address, 2);
        if (host != null)
            *(ushort*)host = (ushort)value;
        else if (!SlowAccess.Write(state, i, address, &value, 2))
            return null;
        return i + 1;
    }

    public static Instruction* Store8(CoreState* state, Instruction* i)
    {
        ulong address = state->X[i->Rn] + (ulong)i->Immediate;
        ulong value = state->X[i->Rd];
        byte* host = Tlb.Write(state, address, 1);
        if (host != null)
            *host = (byte)value;
        else if (!SlowAccess.Write(state, i, address, &value, 1))
            return null;
        return i + 1;
    }
}
