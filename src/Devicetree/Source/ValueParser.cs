using System.Globalization;
using Devicetree.Diagnostics;
using Devicetree.Live;

namespace Devicetree.Source;

/// <summary>Reads the value of a property: a list of strings, arrays, byte strings, references and binary files.</summary>
internal sealed class ValueParser(TokenReader tokens, ExpressionParser expressions, SourceStack sources, ValueBudget budget)
{
    private const int CellBits = 32;

    /// <summary>Reads the value after an equals sign. False, reported, when it breaks the grammar; what was read so far is in it.</summary>
    public bool TryParse(out LiveValue value)
    {
        value = new LiveValue(budget);
        do
        {
            TakeLabels(value);
            if (!TryPiece(value))
                return false;
            TakeLabels(value);
        }
        while (tokens.TryTake(","));
        return true;
    }

    private bool TryPiece(LiveValue value)
    {
        DtsToken token = tokens.Current;
        switch (token.Kind)
        {
            case DtsTokenKind.String:
                tokens.Take();
                AddString(value, token);
                return true;
            case DtsTokenKind.LabelReference or DtsTokenKind.PathReference:
                tokens.Take();
                value.AddMarker(MarkerKind.PathReference, token.Text, token.Span);
                return true;
            case DtsTokenKind.IncBin:
                tokens.Take();
                return TryIncBin(value);
            case DtsTokenKind.Bits:
                tokens.Take();
                return TryBits(out int bits) && tokens.Expect("<") && TryArray(value, bits);
        }
        if (tokens.TryTake("<"))
            return TryArray(value, CellBits);
        if (tokens.TryTake("["))
        {
            value.AddMarker(MarkerKind.Bytes, "", token.Span);
            return TryBytes(value);
        }
        return tokens.Unexpected("a value: a string, '<', '[', '&' or '/incbin/'");
    }

    /// <summary>Reads the width after <c>/bits/</c>, which is a bare literal. A width that does not exist is reported and taken for 32.</summary>
    private bool TryBits(out int bits)
    {
        bits = CellBits;
        DtsToken token = tokens.Current;
        if (!tokens.TryTake(DtsTokenKind.Integer))
            return tokens.Unexpected("8, 16, 32 or 64");
        ulong value = expressions.Integer(token);
        if (value is 8 or 16 or 32 or 64)
            bits = (int)value;
        else
            tokens.Diagnostics.Report(DtsRules.BadElementSize, token.Span, value);
        return true;
    }

    private bool TryArray(LiveValue value, int bits)
    {
        MarkerKind kind = bits switch { 8 => MarkerKind.Bytes, 16 => MarkerKind.Elements16, 64 => MarkerKind.Elements64, _ => MarkerKind.Cells };
        value.AddMarker(kind, "", tokens.Previous.Span);
        while (!tokens.TryTake(">"))
        {
            DtsToken token = tokens.Current;
            switch (token.Kind)
            {
                case DtsTokenKind.Label:
                    TakeLabels(value);
                    break;
                case DtsTokenKind.LabelReference or DtsTokenKind.PathReference:
                    tokens.Take();
                    AddCellReference(value, token, bits);
                    break;
                case DtsTokenKind.Integer or DtsTokenKind.Character:
                case DtsTokenKind.Symbol when token.Text == "(":
                    if (expressions.TryPrimary() is not ulong number)
                        return false;
                    AddElement(value, number, bits, token.Span.To(tokens.Previous.Span));
                    break;
                default:
                    return tokens.Unexpected("a number, '(', '&' or '>'");
            }
        }
        return true;
    }

    private void AddCellReference(LiveValue value, DtsToken token, int bits)
    {
        if (bits == CellBits)
            value.AddMarker(MarkerKind.PhandleReference, token.Text, token.Span);
        else
            tokens.Diagnostics.Report(DtsRules.ReferenceNeedsCell, token.Span, bits);
        // Filled in when the phandle is known, and the mark of a reference to another tree until then.
        value.AddNumber(ulong.MaxValue, bits);
    }

    /// <summary>A number fits when the bits above its width are all zero, or all one as those of a negative number are.</summary>
    private void AddElement(LiveValue value, ulong number, int bits, SourceSpan span)
    {
        ulong mask = ulong.MaxValue >> (64 - bits);
        if (number > mask && (number | mask) != ulong.MaxValue)
            tokens.Diagnostics.Report(DtsRules.ValueOutOfRange, span, number, bits);
        value.AddNumber(number, bits);
    }

    private bool TryBytes(LiveValue value)
    {
        while (!tokens.TryTake("]"))
        {
            DtsToken token = tokens.Current;
            if (token.Kind == DtsTokenKind.Label)
                TakeLabels(value);
            else if (tokens.TryTake(DtsTokenKind.Byte))
                value.AddNumber(byte.Parse(token.Text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), 8);
            else
                return tokens.Unexpected("two hexadecimal digits or ']'");
        }
        return true;
    }

    private void AddString(LiveValue value, DtsToken token)
    {
        byte[]? bytes = DtsLiterals.Unescape(Contents(token));
        if (bytes is null)
            tokens.Diagnostics.Report(DtsRules.BadEscape, token.Span);
        value.AddMarker(MarkerKind.Text, "", token.Span);
        value.Add(bytes);
        value.Add([0]);
    }

    /// <summary>Reads <c>("file")</c> or <c>("file", offset, length)</c>. A file that is shorter gives what it has.</summary>
    private bool TryIncBin(LiveValue value)
    {
        if (!tokens.Expect("("))
            return false;
        DtsToken name = tokens.Current;
        if (!tokens.TryTake(DtsTokenKind.String))
            return tokens.Unexpected("the name of a file");
        ulong offset = 0, length = ulong.MaxValue;
        if (tokens.TryTake(","))
        {
            if (expressions.TryPrimary() is not ulong first || !tokens.Expect(",") || expressions.TryPrimary() is not ulong second)
                return false;
            (offset, length) = (first, second);
        }
        if (!tokens.Expect(")"))
            return false;
        // Reading on when nothing more will fit would only cost time.
        if (!budget.IsExhausted && sources.TryRead(DtsLiterals.FileName(Contents(name)), name.Span, out SourceText? file))
        {
            ReadOnlySpan<byte> bytes = file.Bytes.Span;
            bytes = bytes[(int)Math.Min(offset, (ulong)bytes.Length)..];
            value.AddMarker(MarkerKind.Untyped, "", name.Span);
            value.Add(bytes[..(int)Math.Min(length, (ulong)bytes.Length)]);
        }
        return true;
    }

    private void TakeLabels(LiveValue value)
    {
        while (tokens.TryTake(DtsTokenKind.Label))
            value.AddMarker(MarkerKind.Label, tokens.Previous.Text, tokens.Previous.Span);
    }

    /// <summary>What stands between the quotes of a string.</summary>
    private static ReadOnlySpan<byte> Contents(DtsToken token) =>
        token.Span.Length < 2 ? [] : token.Span.Source!.Bytes.Span[(token.Span.Start + 1)..(token.Span.End - 1)];
}
