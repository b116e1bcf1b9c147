using Devicetree.Compatibility;
using Devicetree.Live;
using Devicetree.Text.Sources;

namespace Devicetree.Source;

/// <summary>Reads the value of a property: a list of strings, arrays, byte strings, references and binary files.</summary>
internal sealed class ValueParser(
    TokenReader tokens, ExpressionParser expressions, SourceStack sources, ValueBuilder builder, DtsParserOptions options)
{
    private const int CellBits = 32;

    /// <summary>
    /// Else a number that does not fit is an error: for older versions, and where <see cref="StrictChoices.NumbersFit"/>.
    /// </summary>
    private readonly bool _truncationWarns = !options.Strict && options.Version.Has(DtcChanges.TruncationWarns);

    /// <summary>
    /// Reads the value after an equals sign. False, reported, when it breaks the grammar; what was read so far is in it.
    /// </summary>
    public bool TryParse(out LiveValue value)
    {
        bool good;
        do
        {
            TakeLabels();
            good = TryPiece();
            if (good)
                TakeLabels();
        }
        while (good && tokens.TryTake(DtsTokenKind.Comma));
        value = builder.Take();
        return good;
    }

    private bool TryPiece()
    {
        ref readonly DtsToken token = ref tokens.Current;
        switch (token.Kind)
        {
            case DtsTokenKind.String:
                AddString(token);
                tokens.Take();
                return true;
            case DtsTokenKind.LabelReference or DtsTokenKind.PathReference:
                builder.AddMarker(MarkerKind.Text, "", token.Span);
                builder.AddMarker(MarkerKind.PathReference, token.Text, token.Span);
                tokens.Take();
                return true;
            case DtsTokenKind.IncBin:
                tokens.Take();
                return TryIncBin();
            case DtsTokenKind.Bits:
                tokens.Take();
                return TryBits(out int bits) && tokens.Expect(DtsTokenKind.Less, "'<'") && TryArray(bits);
            case DtsTokenKind.Less:
                tokens.Take();
                return TryArray(CellBits);
            case DtsTokenKind.OpenBracket:
                builder.AddMarker(MarkerKind.Bytes, "", token.Span);
                tokens.Take();
                return TryBytes();
        }
        return tokens.Unexpected(SyntaxRemedies.Value);
    }

    /// <summary>
    /// Reads the width after <c>/bits/</c>, which is a bare literal. A width that does not exist is reported and taken for 32.
    /// </summary>
    private bool TryBits(out int bits)
    {
        bits = CellBits;
        ref readonly DtsToken token = ref tokens.Current;
        if (token.Kind != DtsTokenKind.Integer)
            return tokens.Unexpected("8, 16, 32 or 64");
        (ulong width, SourceSpan span) = (token.Number, token.Span);
        tokens.Take();
        // dtc says it when it has seen that an array follows.
        if (tokens.Kind != DtsTokenKind.Less && !options.Recover)
            return true;
        if (width is 8 or 16 or 32 or 64)
            bits = (int)width;
        else
            tokens.Report(DtsRules.BadElementSize, span, width);
        return true;
    }

    private bool TryArray(int bits)
    {
        MarkerKind kind = bits switch
        {
            8 => MarkerKind.Bytes,
            16 => MarkerKind.Elements16,
            64 => MarkerKind.Elements64,
            _ =>
            MarkerKind.Cells
        };
        builder.AddMarker(kind, "", tokens.Previous.Span);
        while (true)
        {
            ref readonly DtsToken token = ref tokens.Current;
            switch (token.Kind)
            {
                case DtsTokenKind.Integer or DtsTokenKind.Character:
                    AddElement(token.Number, bits, token.Source, token.Start, token.End);
                    tokens.Take();
                    break;
                case DtsTokenKind.Word:
                    tokens.TakeWord();
                    builder.AddNumber(0, bits);
                    break;
                case DtsTokenKind.Greater:
                    tokens.Take();
                    return true;
                case DtsTokenKind.LabelReference or DtsTokenKind.PathReference:
                    AddCellReference(token, bits);
                    tokens.Take();
                    break;
                case DtsTokenKind.OpenParenthesis:
                    SourceSpan start = token.Span;
                    if (!expressions.TryPrimary(out ulong number))
                        return false;
                    SourceSpan span = start.To(tokens.Previous.Span);
                    AddElement(number, bits, span.Source!, span.Start, span.End);
                    break;
                case DtsTokenKind.Label:
                    TakeLabels();
                    break;
                default:
                    return tokens.Unexpected(SyntaxRemedies.Element);
            }
        }
    }

    private void AddCellReference(in DtsToken token, int bits)
    {
        if (bits == CellBits)
            builder.AddMarker(MarkerKind.PhandleReference, token.Text, token.Span);
        else
            tokens.Report(DtsRules.ReferenceNeedsCell, token.Span, bits);
        // Filled in when the phandle is known, and the mark of a reference to another tree until then.
        builder.AddNumber(ulong.MaxValue, bits);
    }

    /// <summary>A number fits when the bits above its width are all zero, or all one as those of a negative number are.</summary>
    private void AddElement(ulong number, int bits, SourceText source, int start, int end)
    {
        ulong mask = ulong.MaxValue >> (64 - bits);
        if (number > mask && (number | mask) != ulong.MaxValue)
        {
            if (_truncationWarns)
                tokens.Report(DtsRules.ValueTruncated, source.Span(start, end), number, bits, number & mask);
            else
                tokens.Report(DtsRules.ValueOutOfRange, source.Span(start, end), number, bits);
        }
        builder.AddNumber(number, bits);
    }

    private bool TryBytes()
    {
        while (!tokens.TryTake(DtsTokenKind.CloseBracket))
        {
            if (tokens.Kind == DtsTokenKind.Label)
            {
                TakeLabels();
            }
            else if (tokens.Kind == DtsTokenKind.Byte)
            {
                builder.AddNumber(tokens.Current.Number, 8);
                tokens.Take();
            }
            else
            {
                return tokens.Unexpected(SyntaxRemedies.Byte);
            }
        }
        return true;
    }

    private void AddString(in DtsToken token)
    {
        builder.AddMarker(MarkerKind.Text, "", token.Span);
        if (!builder.TryAddText(token.Contents))
            tokens.Report(DtsRules.BadEscape, token.Span);
    }

    /// <summary>
    /// Reads <c>("file")</c> or <c>("file", offset, length)</c>. A file that is shorter gives what it has, unless
    /// <see cref="StrictChoices.BinaryFilesFit"/>.
    /// </summary>
    private bool TryIncBin()
    {
        if (!tokens.Expect(DtsTokenKind.OpenParenthesis, "'('"))
            return false;
        if (tokens.Kind != DtsTokenKind.String)
            return tokens.Unexpected("the name of a file");
        DtsToken name = tokens.Current;
        tokens.Take();
        ulong offset = 0, length = ulong.MaxValue;
        bool isPart = tokens.Kind == DtsTokenKind.Comma;
        if (tokens.TryTake(DtsTokenKind.Comma)
            && !(expressions.TryPrimary(out offset) && tokens.Expect(DtsTokenKind.Comma, "','")
                && expressions.TryPrimary(out length)))
        {
            return false;
        }
        if (!tokens.Expect(DtsTokenKind.CloseParenthesis, "')'"))
            return false;
        // Reading on when nothing more will fit would only cost time.
        if (builder.IsExhausted)
            return true;
        if (!sources.TryRead(DtsLiterals.FileName(name.Contents), name.Span, out SourceText? file))
            return tokens.GoOnAfterFailure();
        ReadOnlySpan<byte> bytes = file.Bytes.Span;
        bool isMissing = offset > (ulong)bytes.Length || (isPart && length > (ulong)bytes.Length - offset);
        if (offset > long.MaxValue || (isMissing && options.Strict))
        {
            tokens.Fail(DtsRules.BinaryTooShort, name.Span, DtsLiterals.FileName(name.Contents), bytes.Length, offset, length);
            return !tokens.Stopped;
        }
        bytes = bytes[(int)Math.Min(offset, (ulong)bytes.Length)..];
        builder.AddMarker(MarkerKind.Untyped, "", name.Span);
        builder.Add(bytes[..(int)Math.Min(length, (ulong)bytes.Length)]);
        return true;
    }

    private void TakeLabels()
    {
        while (tokens.Kind == DtsTokenKind.Label)
        {
            builder.AddMarker(MarkerKind.Label, tokens.Current.Text, tokens.Current.Span);
            tokens.Take();
        }
    }
}
