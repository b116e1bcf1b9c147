using System.Text;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>What the parts of a run share. Emptied and used again for the next source.</summary>
internal sealed class PreprocessorState
{
    private bool _tooLarge;
    private int _firstErrors;

    public PreprocessorState(IncludeCache cache)
    {
        Cache = cache;
        Origins = new OriginRecorder(cache.Identifiers);
        Output = new OutputText(Origins);
        Files = new FileStack(this);
        Expander = new MacroExpander(this);
        Runner = new StepRunner(this);
    }

    public IncludeCache Cache { get; }

    public IdentifierTable Identifiers => Cache.Identifiers;

    public ScanBuffers Scanning { get; } = new();

    public MacroTable Macros { get; } = new();

    public OriginRecorder Origins { get; }

    public OutputText Output { get; }

    public FileStack Files { get; }

    public MacroExpander Expander { get; }

    public StepRunner Runner { get; }

    public PreprocessorOptions Options { get; private set; } = PreprocessorOptions.Default;

    public DiagnosticBag Diagnostics { get; private set; } = new(0);

    /// <summary>Set when a limit is reached: nothing more is read.</summary>
    public bool IsStopped { get; private set; }

    public bool HasErrors => Diagnostics.ErrorCount > _firstErrors;

    public void Begin(PreprocessorOptions options, DiagnosticBag diagnostics)
    {
        (Options, Diagnostics, IsStopped, _tooLarge, _firstErrors) = (options, diagnostics, false, false, diagnostics.ErrorCount);
        Output.Begin(options.MaxOutputBytes, options.EmitLineMarkers);
        Expander.Begin();
    }

    public void Clear()
    {
        Macros.Clear();
        Origins.Clear();
        Files.Clear();
        Options = PreprocessorOptions.Default;
        Diagnostics = new(0);
    }

    /// <summary>Reports something about a token.</summary>
    public void Report(DiagnosticRule rule, in PpToken token, params ReadOnlySpan<object> arguments) =>
        Diagnostics.Report(rule, Origins.SpanOf(token), arguments);

    /// <summary>The name of a macro, for people.</summary>
    public string NameOf(MacroDefinition macro) => Encoding.UTF8.GetString(Identifiers[macro.Id]);

    /// <summary>Reports that a limit is reached, and ends the run.</summary>
    public void Stop(DiagnosticRule rule, SourceSpan span, params ReadOnlySpan<object> arguments)
    {
        if (!IsStopped)
            Diagnostics.Report(rule, span, arguments);
        IsStopped = true;
    }

    /// <summary>Ends the run when there is more output than allowed.</summary>
    public void CheckOutput(SourceSpan span)
    {
        if (_tooLarge || !Output.IsFull)
            return;
        _tooLarge = true;
        Stop(PreprocessorRules.TooLarge, span, "the preprocessed bytes", Options.MaxOutputBytes);
    }
}
