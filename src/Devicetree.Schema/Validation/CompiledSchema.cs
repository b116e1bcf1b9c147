using Devicetree.Schema.Decoding;
using Devicetree.Schema.Model;

namespace Devicetree.Schema.Validation;

/// <summary>
/// A schema or a part of one, ready to be applied. Its keywords are compiled when they are first needed, since most parts of most
/// schemas never are. Safe for use by several threads.
/// </summary>
internal sealed class CompiledSchema
{
    private readonly IKeywordSource _keywords;
    private Parts? _parts;

    internal CompiledSchema(IKeywordSource keywords, SchemaValue source, string baseUri)
    {
        _keywords = keywords;
        Source = source;
        BaseUri = baseUri;
        Constant = source is SchemaBoolean boolean ? boolean.Value : null;
    }

    /// <summary>The schema as it stands in the processed set, with its place where that is known.</summary>
    public SchemaValue Source { get; }

    /// <summary>The identifier of the schema file that it belongs to, without <c>#</c>.</summary>
    public string BaseUri { get; }

    /// <summary>For the schemas <c>true</c> and <c>false</c> their verdict.</summary>
    public bool? Constant { get; }

    /// <summary>
    /// Whether it stands for one that is not in the set, and whose verdict nobody knows: <see cref="Constant"/> is then true.
    /// </summary>
    public bool IsUnknown { get; internal init; }

    /// <summary>Whether the keys of mappings in it are taken in the order of their names.</summary>
    internal bool SortsKeys => _keywords.SortsKeys;

    /// <summary>The keywords in the order in which their errors are reported.</summary>
    internal Keyword[] Keywords => Compiled.Ordered;

    private Parts Compiled
    {
        get
        {
            // Two threads may both compile it; either result will do.
            Parts? parts = Volatile.Read(ref _parts);
            if (parts is null)
                Volatile.Write(ref _parts, parts = new Parts(_keywords.KeywordsOf(this)));
            return parts;
        }
    }

    /// <summary>Whether a value satisfies the schema, without finding out why not.</summary>
    public bool IsValid(Evaluation evaluation, DecodedValue value)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(value);
        if (Constant is bool verdict)
        {
            if (IsUnknown)
                evaluation.MeetUnknown();
            return verdict;
        }
        if (!evaluation.TryEnter())
            return true;
        bool valid = true;
        foreach (Keyword keyword in Compiled.CheapFirst)
        {
            if (!keyword.IsValid(evaluation, value))
            {
                valid = false;
                break;
            }
        }
        evaluation.Leave();
        return valid || value.Alternative is not null && IsValid(evaluation, value.Alternative);
    }

    /// <summary>Everything that is wrong with a value, in the original's order.</summary>
    public IReadOnlyList<SchemaError> Validate(Evaluation evaluation, DecodedValue value)
    {
        if (IsValid(evaluation, value))
            return [];
        var errors = new List<SchemaError>();
        Explain(evaluation, value, errors);
        return errors;
    }

    /// <summary>The keyword of a name, null when the schema has none.</summary>
    internal T? Find<T>()
        where T : Keyword
    {
        foreach (Keyword keyword in Compiled.Ordered)
        {
            if (keyword is T found)
                return found;
        }
        return null;
    }

    /// <summary>Adds everything that is wrong with a value.</summary>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="value">The value.</param>
    /// <param name="errors">Takes the errors.</param>
    /// <param name="step">The step that leads to the value, null when it is the same value as before.</param>
    /// <param name="schemaStep">The step that leads to the schema, null when there is none.</param>
    internal void Explain(
        Evaluation evaluation, DecodedValue value, List<SchemaError> errors, PathStep? step = null, PathStep? schemaStep = null)
    {
        if (Constant == true)
            return;
        if (Constant == false)
        {
            // The steps that lead here are missing in the original, too.
            errors.Add(evaluation.Error(null, this, value, keys: step?.Key is string key ? [key] : null));
            return;
        }
        if (IsValid(evaluation, value) || !evaluation.TryEnter())
            return;
        evaluation.Push(step, schemaStep);
        foreach (Keyword keyword in Compiled.Ordered)
        {
            PathStep? own = keyword.IsTransparent ? null : (PathStep?)keyword.Name;
            evaluation.Push(null, own);
            keyword.Explain(evaluation, this, value, errors);
            evaluation.Pop(null, own);
        }
        evaluation.Pop(step, schemaStep);
        evaluation.Leave();
    }

    private sealed class Parts(Keyword[] ordered)
    {
        public Keyword[] Ordered { get; } = ordered;

        public Keyword[] CheapFirst { get; } = [.. ordered.OrderBy(keyword => keyword.IsCostly)];
    }
}
