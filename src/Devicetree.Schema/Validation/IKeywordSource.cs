namespace Devicetree.Schema.Validation;

/// <summary>Gives a schema what it is made of when that is first needed.</summary>
internal interface IKeywordSource
{
    /// <summary>Whether keys are taken in the order of their names; else in the order in which they are written.</summary>
    bool SortsKeys { get; }

    /// <summary>The keywords of a schema, in the order in which their errors are reported.</summary>
    Keyword[] KeywordsOf(CompiledSchema schema);

    /// <summary>What a reference names.</summary>
    /// <param name="baseUri">The identifier from which it is seen.</param>
    /// <param name="reference">The reference.</param>
    CompiledSchema Resolve(string baseUri, string reference);
}
