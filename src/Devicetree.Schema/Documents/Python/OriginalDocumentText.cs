using System.Globalization;
using System.Text;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Validation;

namespace Devicetree.Schema.Documents.Python;

/// <summary>
/// What is wrong with a binding in the words and the form of the newest dt-doc-validate (devicetree.md 5.8 and 5.9).
/// </summary>
/// <param name="file">The absolute path of the binding.</param>
/// <param name="places">True to give lines and columns.</param>
/// <param name="verbose">True for the long form, which shows the rule and the value.</param>
internal sealed class OriginalDocumentText(string file, bool places, bool verbose)
{
    /// <summary>The errors in the original's order, each without a newline at the end.</summary>
    public IEnumerable<string> Of(IReadOnlyList<DocumentError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        IEnumerable<DocumentError> ordered = places ? errors.OrderBy(error => error.OriginalPlace ?? (0, 0)) : errors;
        return ordered.Select(error =>
        {
            var text = new StringBuilder();
            Append(text, error.Error, error.Note, places ? error.OriginalPlace : null, "");
            return text.ToString();
        });
    }

    /// <summary>A problem of the ID or a reference.</summary>
    public string Of(ReferenceProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return $"{file}: {OriginalReferenceWords.Of(problem, file)}";
    }

    private void Append(StringBuilder text, SchemaError error, DocumentNote note, (int Line, int Column)? place, string prefix)
    {
        text.Append(prefix).Append(file).Append(':');
        if (place is (int line, int column))
            text.Append(CultureInfo.InvariantCulture, $"{line}:{column}:");
        text.Append(' ');
        bool any = false;
        foreach (PathStep step in error.AbsolutePath)
        {
            text.Append(step).Append(':');
            any = true;
        }
        if (any)
            text.Append(' ');
        if (verbose)
            text.Append(OriginalText.Dump(error));
        else if (error.SchemaPath.Count == 0 || error.Context.Count == 0)
            text.Append(OriginalWords.Of(error));
        else if (error.Context.Count == 1)
            text.Append(OriginalWords.Of(BestMatch.Of(error.Context)));
        else
            text.Append(Conditional(error, note, prefix));
        if (note.Hint is string hint)
            text.Append("\n\t").Append(prefix).Append("hint: ").Append(hint);
        if (note.RulesId is string id)
            text.Append("\n\t").Append(prefix).Append("from schema $id: ").Append(id);
    }

    private string Conditional(SchemaError error, DocumentNote note, string prefix)
    {
        var text = new StringBuilder($"'{error.SchemaPath[^1]}' conditional failed, one must be fixed:");
        IEnumerable<(SchemaError Error, DocumentNote Note)> inner = error.Context.Zip(note.Inner).OrderBy(
            pair => pair.First.Path, Comparer<IReadOnlyList<PathStep>>.Create(BestMatch.ComparePaths));
        foreach ((SchemaError part, DocumentNote itsNote) in inner)
        {
            if (part.Context.Count > 0)
            {
                text.Append('\n');
                Append(text, part, itsNote, null, prefix + "\t");
            }
            else if (OriginalWords.Of(part) is string words && !text.ToString().Contains(words, StringComparison.Ordinal))
            {
                text.Append('\n').Append(prefix).Append('\t').Append(words);
                if (itsNote.Hint is string hint && hint != note.Hint)
                    text.Append("\n\t\t").Append(prefix).Append("hint: ").Append(hint);
            }
        }
        return text.ToString();
    }
}
