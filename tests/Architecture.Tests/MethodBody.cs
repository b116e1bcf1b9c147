using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Architecture.Tests;

/// <summary>Walks the instructions of a method body.</summary>
internal static class MethodBody
{
    private const byte TwoBytes = 0xFE;

    /// <summary>The operand of every instruction, from the runtime's own table of them.</summary>
    private static readonly Dictionary<int, OperandType> _operands = typeof(OpCodes).GetFields()
        .Select(static field => (OpCode)field.GetValue(null)!)
        .ToDictionary(static code => (int)(ushort)code.Value, static code => code.OperandType);

    /// <summary>The types, methods, fields and signatures that the instructions name.</summary>
    public static IEnumerable<EntityHandle> TokensOf(BlobReader code)
    {
        var tokens = new List<EntityHandle>();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == TwoBytes)
                value = (value << 8) | code.ReadByte();
            switch (_operands[value])
            {
                case OperandType.InlineNone:
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset++;
                    break;
                case OperandType.InlineVar:
                    code.Offset += sizeof(short);
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += sizeof(long);
                    break;
                case OperandType.InlineSwitch:
                    int targets = code.ReadInt32();
                    code.Offset += sizeof(int) * targets;
                    break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    tokens.Add((EntityHandle)MetadataTokens.Handle(code.ReadInt32()));
                    break;
                default:
                    // targets, numbers, strings, and signatures of calls through pointers, which we have none of
                    code.Offset += sizeof(int);
                    break;
            }
        }
        return tokens;
    }
}
