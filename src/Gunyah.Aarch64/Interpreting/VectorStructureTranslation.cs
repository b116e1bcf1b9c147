using Gunyah.Aarch64.Decoding;
using Gunyah.Aarch64.State;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Loads and stores of structures of one to four elements.</summary>
internal static unsafe class VectorStructureTranslation
{
    /// <summary>Translates a load or store of structures.</summary>
    /// <returns>False if it is none.</returns>
    public static bool TryTranslate(BlockBuilder block, Word word, Operation operation)
    {
        int size = word.Bits(10, 2);
        int width = word.Q ? 16 : 8;
        int elements = word.Bits(13, 1) * 2 + word.Bits(21, 1) + 1;
        bool isPost = word.Bit(23);
        switch (operation)
        {
            case Operation.LoadStructures:
            case Operation.StoreStructures:
                (int registers, int inStructure) = Registers(word.Bits(12, 4));
                bool isLoad = operation == Operation.LoadStructures;
                ref Instruction i = ref Emit(block, word, registers, registers * width, (isLoad, isPost) switch
                {
                    (true, false) => Load<BaseOffset>(size),
                    (true, true) => Load<PostRegister>(size),
                    (false, false) => Store<BaseOffset>(size),
                    _ => Store<PostRegister>(size),
                });
                i.Extra = width << 16 | inStructure;
                return true;
            case Operation.LoadElementStructure:
            case Operation.StoreElementStructure:
                isLoad = operation == Operation.LoadElementStructure;
                int scale = word.Bits(14, 2);
                // Q, S and size together are the index; of doublewords size is 1.
                if (scale == 2 && word.Bit(10))
                    scale = 3;
                int index = (word.Bits(30, 1) << 3 | word.Bits(12, 1) << 2 | size) >> scale;
                Emit(block, word, elements, elements << scale, (isLoad, isPost) switch
                {
                    (true, false) => LoadElements<BaseOffset>(scale),
                    (true, true) => LoadElements<PostRegister>(scale),
                    (false, false) => StoreElements<BaseOffset>(scale),
                    _ => StoreElements<PostRegister>(scale),
                }).Extra = index;
                return true;
            case Operation.LoadReplicated:
                Emit(block, word, elements, elements << size, isPost
                    ? LoadReplicated<PostRegister>(size) : LoadReplicated<BaseOffset>(size)).Extra = width;
                return true;
            default:
                return false;
        }
    }

    /// <summary>How many registers, and how many elements a structure, by the opcode of multiple structures.</summary>
    private static (int Registers, int Elements) Registers(int opcode) => opcode switch
    {
        0 => (4, 4),
        2 => (4, 1),
        4 => (3, 3),
        6 => (3, 1),
        7 => (1, 1),
        8 => (2, 2),
        _ => (2, 1),
    };

    private static ref Instruction Emit(BlockBuilder block, Word word, int registers, int bytes, Handler handler)
    {
        block.CheckFloatingPoint();
        ref Instruction i = ref block.Emit(handler);
        i.Rd = (byte)word.Rt;
        i.Rn = Slot.OrSp(word.Rn);
        i.Ra = (byte)registers;
        if (!word.Bit(23))
            return ref i;
        // Register 31 stands for as many bytes as are accessed.
        i.Rm = Slot.Source(word.Rm);
        i.Immediate = word.Rm == Slot.Zero ? bytes : 0;
        return ref i;
    }

    private static Handler Load<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            0 => &VectorMemoryHandlers.LoadStructures<byte, TAddressing>,
            1 => &VectorMemoryHandlers.LoadStructures<ushort, TAddressing>,
            2 => &VectorMemoryHandlers.LoadStructures<uint, TAddressing>,
            _ => &VectorMemoryHandlers.LoadStructures<ulong, TAddressing>,
        };

    private static Handler Store<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            0 => &VectorMemoryHandlers.StoreStructures<byte, TAddressing>,
            1 => &VectorMemoryHandlers.StoreStructures<ushort, TAddressing>,
            2 => &VectorMemoryHandlers.StoreStructures<uint, TAddressing>,
            _ => &VectorMemoryHandlers.StoreStructures<ulong, TAddressing>,
        };

    private static Handler LoadElements<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            0 => &VectorMemoryHandlers.LoadElements<byte, TAddressing>,
            1 => &VectorMemoryHandlers.LoadElements<ushort, TAddressing>,
            2 => &VectorMemoryHandlers.LoadElements<uint, TAddressing>,
            _ => &VectorMemoryHandlers.LoadElements<ulong, TAddressing>,
        };

    private static Handler StoreElements<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            0 => &VectorMemoryHandlers.StoreElements<byte, TAddressing>,
            1 => &VectorMemoryHandlers.StoreElements<ushort, TAddressing>,
            2 => &VectorMemoryHandlers.StoreElements<uint, TAddressing>,
            _ => &VectorMemoryHandlers.StoreElements<ulong, TAddressing>,
        };

    private static Handler LoadReplicated<TAddressing>(int size)
        where TAddressing : struct, IAddressing => size switch
        {
            0 => &VectorMemoryHandlers.LoadReplicated<byte, TAddressing>,
            1 => &VectorMemoryHandlers.LoadReplicated<ushort, TAddressing>,
            2 => &VectorMemoryHandlers.LoadReplicated<uint, TAddressing>,
            _ => &VectorMemoryHandlers.LoadReplicated<ulong, TAddressing>,
        };
}
