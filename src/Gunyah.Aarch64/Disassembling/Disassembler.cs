using System.Globalization;
using Gunyah.Aarch64.Decoding;

namespace Gunyah.Aarch64.Disassembling;

/// <summary>
/// Instructions as text, from the table of encodings: the mnemonics are the rows', the operands are written as the manual's
/// assembler syntax has them, without aliases.
/// </summary>
internal static class Disassembler
{
    private const string Second = ", ";

    /// <summary>The text of an instruction; a word that is none is <c>udf</c> or <c>.inst</c>.</summary>
    /// <param name="word">The instruction.</param>
    /// <param name="address">Where it stands: what a branch goes to is written as an address.</param>
    public static string Text(uint word, ulong address)
    {
        if (Decoder.All.Find(word) is not { } row)
            return word <= ushort.MaxValue ? $"udf #{word}" : $".inst 0x{word:x8}";
        var fields = new Word(word);
        string operands = SystemText.TryOperands(row.Operation, fields)
            ?? IntegerText.TryOperands(row, fields, address)
            ?? MemoryText.TryOperands(row, fields, address)
            ?? FloatText.TryOperands(row.Operation, fields)
            ?? VectorText.Operands(row.Operation, fields);
        string mnemonic = Mnemonic(row, fields);
        return operands.Length == 0 ? mnemonic : $"{mnemonic} {operands}";
    }

    /// <summary>The name of a condition.</summary>
    public static string Condition(int number) => number switch
    {
        0 => "eq",
        1 => "ne",
        2 => "cs",
        3 => "cc",
        4 => "mi",
        5 => "pl",
        6 => "vs",
        7 => "vc",
        8 => "hi",
        9 => "ls",
        10 => "ge",
        11 => "lt",
        12 => "gt",
        13 => "le",
        14 => "al",
        _ => "nv",
    };

    /// <summary>A row's name without what tells it from others of that name, and with what the word adds.</summary>
    private static string Mnemonic(EncodingRow row, Word word)
    {
        int end = row.Mnemonic.IndexOf(" (", StringComparison.Ordinal);
        string name = (end < 0 ? row.Mnemonic : row.Mnemonic[..end]).ToLower(CultureInfo.InvariantCulture);
        int second = name.IndexOf(Second, StringComparison.Ordinal);
        if (second >= 0)
        {
            // The second one is that of the upper half, or of a comparison that signals.
            bool isSecond = name.EndsWith('2') ? word.Q : word.Bit(4);
            return isSecond ? name[(second + Second.Length)..] : name[..second];
        }

        return row.Operation switch
        {
            Operation.CompareBranch => word.Bit(24) ? "cbnz" : "cbz",
            Operation.TestBranch => word.Bit(24) ? "tbnz" : "tbz",
            Operation.BranchConditional => $"b.{Condition(word.Bits(0, 4))}",
            Operation.WaitForEvent or Operation.WaitForInterrupt or Operation.SendEvent or Operation.SendEventLocal => "hint",
            Operation.LoadAcquire or Operation.StoreRelease or Operation.LoadExclusive or Operation.StoreExclusive =>
                name + Size(word),
            Operation.Atomic or Operation.Swap => name + (word.Bit(23) ? "a" : "") + (word.Bit(22) ? "l" : "") + Size(word),
            Operation.CompareAndSwap => name + Order(word) + Size(word),
            Operation.CompareAndSwapPair => name + Order(word),
            _ => name,
        };
    }

    private static string Order(Word word) => (word.Bit(22) ? "a" : "") + (word.Bit(15) ? "l" : "");

    private static string Size(Word word) => word.Bits(30, 2) switch { 0 => "b", 1 => "h", _ => "" };
}
