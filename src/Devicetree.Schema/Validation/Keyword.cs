using Devicetree.Schema.Decoding;

namespace Devicetree.Schema.Validation;

/// <summary>
/// A keyword of a schema, compiled. Two questions are put to it: whether a value satisfies it, which costs no memory, and, of a
/// value that does not, everything that is wrong with it.
/// </summary>
/// <param name="name">The word.</param>
internal abstract class Keyword(string name)
{
    /// <summary>The word.</summary>
    public string Name { get; } = name;

    /// <summary>True for the words that are no step in the path of an error, as in the original.</summary>
    public virtual bool IsTransparent => false;

    /// <summary>True when the verdict needs other schemas; such keywords are asked after the others.</summary>
    public virtual bool IsCostly => false;

    /// <summary>Whether a value satisfies the keyword.</summary>
    public abstract bool IsValid(Evaluation evaluation, DecodedValue value);

    /// <summary>Adds what is wrong with a value, if anything is.</summary>
    public abstract void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors);
}

/// <summary>A keyword that looks at the value itself and has one thing to say.</summary>
internal abstract class Assertion(string name) : Keyword(name)
{
    public sealed override void Explain(Evaluation evaluation, CompiledSchema owner, DecodedValue value, List<SchemaError> errors)
    {
        if (!IsValid(evaluation, value))
            errors.Add(evaluation.Error(Name, owner, value, count: CountOf(value)));
    }

    /// <summary>What it counts in a value; null when it counts nothing.</summary>
    protected virtual int? CountOf(DecodedValue value) => null;
}
