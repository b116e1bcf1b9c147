using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Interpreting;

/// <summary>Chooses the handlers of instruction words, and their operands.</summary>
internal static unsafe class Translator
{
    /// <summary>Translates a word.</summary>
    /// <param name="block">The block that it goes on.</param>
    /// <param name="word">The word.</param>
    /// <param name="row">Its row; null where it is UNDEFINED.</param>
    public static void Translate(BlockBuilder block, Word word, EncodingRow? row)
    {
        Operation operation = row?.Operation ?? Operation.Undefined;
        if (IntegerTranslation.TryTranslate(block, word, operation)
            || BranchTranslation.TryTranslate(block, word, operation)
            || MemoryTranslation.TryTranslate(block, word, operation)
            || SystemTranslation.TryTranslate(block, word, operation)
            || VectorMemoryTranslation.TryTranslate(block, word, operation)
            || VectorTranslation.TryTranslate(block, word, operation)
            || FloatTranslation.TryTranslate(block, word, operation)
            || CryptographyTranslation.TryTranslate(block, word, operation))
        {
            return;
        }

        block.Emit(&SystemHandlers.Undefined);
        block.Ends = true;
    }
}
