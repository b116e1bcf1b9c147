using System.Collections.Concurrent;
using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>
/// What is known of included files, shared by all sources of a batch: which paths exist, the contents read and cut into lines
/// once, the macros they define. May be used by several threads at once.
/// </summary>
public sealed class IncludeCache
{
    private readonly ConcurrentDictionary<string, IncludeEntry> _entries = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ScannedFile> _texts = new(StringComparer.Ordinal);
    /// <summary>
    /// No bag: that of a cache which is gone is kept alive by every thread that used it, until finalizers get to it.
    /// </summary>
    private readonly ConcurrentStack<PreprocessorState> _idle = [];

    internal IdentifierTable Identifiers { get; } = new();

    /// <summary>What is at a path. Read when it is asked for first; a file refused for its length is asked for again.</summary>
    internal IncludeEntry Find(string path, IIncludeFiles files, int maxLength, ScanBuffers buffers)
    {
        if (_entries.TryGetValue(path, out IncludeEntry? known))
            return known;
        IncludeLookup lookup = files.Read(path, maxLength, out ReadOnlyMemory<byte> bytes, out string reason);
        var entry = new IncludeEntry(
            lookup, reason, lookup == IncludeLookup.Read
                ? FileScanner.Scan(new SourceText(path, bytes), Identifiers, buffers) : null);
        return lookup == IncludeLookup.Refused ? entry : _entries.GetOrAdd(path, entry);
    }

    /// <summary>A text that stands in no file, such as the definitions of a command line.</summary>
    internal ScannedFile TextOf(string name, string text, ScanBuffers buffers)
    {
        if (_texts.TryGetValue(text, out ScannedFile? known))
            return known;
        return _texts.GetOrAdd(text, FileScanner.Scan(new SourceText(name, Encoding.UTF8.GetBytes(text)), Identifiers, buffers));
    }

    /// <summary>What a run works with, used by one after the other.</summary>
    internal PreprocessorState Rent() => _idle.TryPop(out PreprocessorState? state) ? state : new PreprocessorState(this);

    internal void Return(PreprocessorState state)
    {
        state.Clear();
        _idle.Push(state);
    }
}

/// <summary>What is at a path.</summary>
/// <param name="Lookup">Whether there is a file.</param>
/// <param name="Reason">Why it was refused.</param>
/// <param name="File">The file when it was read.</param>
internal sealed record IncludeEntry(IncludeLookup Lookup, string Reason, ScannedFile? File);
