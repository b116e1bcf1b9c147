using System.Buffers.Binary;
using System.Text;

namespace Devicetree.Fuzz;

/// <summary>Makes bad inputs of good ones. The same random numbers make the same input.</summary>
internal sealed class Mutator(FuzzTarget target)
{
    private const int MostChanges = 6;
    private const int LongestInput = 64 * 1024;

    /// <summary>Numbers at which signs, widths and sizes break.</summary>
    private static readonly uint[] _oddNumbers = [0, 1, 2, 3, 4, 9, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000,
        0x80000001, 0xfffffffc, 0xffffffff, 0xd00dfeed];

    /// <summary>What the languages are made of: brackets, keywords and literals in places where they surprise.</summary>
    private static readonly byte[][] _words = [.. """
        { } [ ] < > ( ) ; : , = & # ## / \ " ' @ ? | ^ ~ ! + - * % << >> <= >= == != && || // /* */ &{ &{/ } };
        /dts-v1/; /plugin/; /bits/ /memreserve/ /delete-node/ /delete-property/ /omit-if-no-ref/ /include/ /incbin/("x") /incbin/("/dev/zero")
        0x 0xffffffffffffffff 0xffffffff 08 4294967296 18446744073709551616 -1 1/0 1%0 1<<64 '' 'ab' '\' "\x" "\400" [0] [00]
        #include #define #undef #if #ifdef #ifndef #elif #else #endif #error #line #pragma #include_next __COUNTER__ __VA_ARGS__ __VA_OPT__
        defined __has_include A(A) A A##A #A ... ,##__VA_ARGS__ phandle linux,phandle #address-cells #size-cells #interrupt-cells reg ranges
        __fixups__ __local_fixups__ __symbols__ __overlay__ target target-path fragment@0 aliases chosen interrupt-parent interrupts-extended
        __COUNTER__ __INCLUDE_LEVEL__ "self.h" <self.h> "other.dtsi" $ref: '#' '#/properties' $defs: &a *a <<: ? - | > %YAML --- ... !!str ~ null true false .inf 0o7
        properties: patternProperties: additionalProperties: unevaluatedProperties: allOf: anyOf: oneOf: not: if: then: else: items: prefixItems: contains: enum: const:
        minItems: maxItems: minimum: maximum: multipleOf: required: dependencies: pattern: select: '^(a+)+$' '.*' '(?!a)' maxProperties: minContains: uniqueItems: type:
        """.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Encoding.ASCII.GetBytes)];

    public byte[] Make(Random random)
    {
        byte[] seed = target.Seeds[random.Next(target.Seeds.Count)];
        var bytes = new List<byte>(seed);
        for (int changes = random.Next(1, MostChanges + 1); changes > 0 && bytes.Count > 0; changes--)
            Change(bytes, random);
        return [.. bytes.Take(LongestInput)];
    }

    private void Change(List<byte> bytes, Random random)
    {
        int at = random.Next(bytes.Count);
        int length = Math.Min(1 << random.Next(0, 8), bytes.Count - at);
        switch (random.Next(target.IsText ? 9 : 7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                SetNumber(bytes, at & ~3, _oddNumbers[random.Next(_oddNumbers.Length)]);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                break;
            case 5:
                Splice(bytes, at, random);
                break;
            case 6:
                // A neighbour of the number that is there: off by one word, one byte, one page.
                SetNumber(bytes, at & ~3, unchecked(NumberAt(bytes, at & ~3) + (uint)random.Next(-5, 6)));
                break;
            default:
                byte[] word = _words[random.Next(_words.Length)];
                bytes.InsertRange(at, random.Next(2) == 0 ? word : [(byte)' ', .. word, (byte)'\n']);
                break;
        }
    }

    private void Splice(List<byte> bytes, int at, Random random)
    {
        byte[] other = target.Seeds[random.Next(target.Seeds.Count)];
        int from = random.Next(other.Length);
        bytes.RemoveRange(at, bytes.Count - at);
        bytes.AddRange(other[from..]);
    }

    private static uint NumberAt(List<byte> bytes, int at) =>
        at + sizeof(uint) <= bytes.Count
        ? BinaryPrimitives.ReadUInt32BigEndian([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]) : 0;

    private static void SetNumber(List<byte> bytes, int at, uint number)
    {
        if (at + sizeof(uint) > bytes.Count)
            return;
        for (int i = 0; i < sizeof(uint); i++)
            bytes[at + i] = (byte)(number >> (24 - (8 * i)));
    }
}
