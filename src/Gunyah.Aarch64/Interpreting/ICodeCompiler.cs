namespace Gunyah.Aarch64.Interpreting;

/// <summary>Makes host code of blocks that run often. Nothing that a guest does or sees depends on whether it does.</summary>
internal interface ICodeCompiler
{
    /// <summary>After how many executions a block is offered; 0 for before the first one.</summary>
    int Threshold { get; }

    /// <summary>
    /// Takes a block that has run so often, and what lies around it. Its code comes through
    /// <see cref="CodeCache.Finish"/>: at once, or later from another thread.
    /// </summary>
    /// <param name="code">The core's cache; used on the core's thread only.</param>
    /// <param name="page">The block's page.</param>
    /// <param name="start">Its place in the page, in words.</param>
    /// <returns>False where there is no room at the moment: it is offered again.</returns>
    bool TryTake(CodeCache code, CodePage page, int start);
}

/// <summary>Host code of some blocks of a page. Disposing it frees what the code uses.</summary>
internal unsafe interface ICompiledCode : IDisposable
{
    /// <summary>The page.</summary>
    CodePage Page { get; }

    /// <summary>The generation of the page's code that it was made of.</summary>
    uint Generation { get; }

    /// <summary>The blocks that it may be entered at, by their place in the page, in words.</summary>
    IReadOnlyList<int> Entries { get; }

    /// <summary>Runs from the head of an entry on, whose <c>Rd</c> is the entry's number in <see cref="Entries"/>.</summary>
    Handler Code { get; }
}
