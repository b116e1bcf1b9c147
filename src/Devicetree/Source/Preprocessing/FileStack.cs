using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>The file that is being read and those that include it; finds the files that they include.</summary>
internal sealed class FileStack(PreprocessorState state)
{
    private readonly Stack<FileFrame> _frames = new();
    private readonly List<string> _opened = [];
    private readonly HashSet<string> _openedPaths = new(StringComparer.Ordinal);

    /// <summary>Files that are not to be included again (<c>#pragma once</c>, <c>#import</c>).</summary>
    private readonly HashSet<ScannedFile> _once = [];

    /// <summary>
    /// Files that were read to their end, by path and how much of it the includer wrote: only then a guard is known, as in cpp.
    /// </summary>
    private readonly HashSet<(string Path, int Written)> _finished = [];
    private int _includes;
    private long _bytesLeft;

    /// <summary>
    /// Set once, after which nothing is included: files in a circle would come to the same depth again and again.
    /// </summary>
    private bool _tooDeep;

    public FileFrame Top => _frames.Peek();

    public bool IsEmpty => _frames.Count == 0;

    /// <summary>How many files include the current one.</summary>
    public int Level => _frames.Count - 1;

    /// <summary>The files that were included, each once.</summary>
    public IReadOnlyList<string> Opened => _opened;

    /// <summary>The path of the main file.</summary>
    public string MainPath { get; private set; } = "";

    public void Begin(string mainPath, long bytesLeft) =>
        (MainPath, _bytesLeft, _includes, _tooDeep) = (mainPath, bytesLeft, 0, false);

    public void Clear()
    {
        _frames.Clear();
        _opened.Clear();
        _openedPaths.Clear();
        _once.Clear();
        _finished.Clear();
    }

    /// <summary>Goes on with a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="directory">The search directory in which it was found, or -1.</param>
    /// <param name="parent">The inclusion that includes it, or -1.</param>
    /// <param name="at">Where in that, an offset into its clean text.</param>
    /// <param name="written">How many characters of its path the includer wrote; 0 for what nothing includes.</param>
    public void Enter(ScannedFile file, int directory, int parent, int at, int written = 0)
    {
        var inclusion = new Inclusion(file, file.Source, parent, at);
        _frames.Push(new FileFrame(file, state.Origins.Add(inclusion), inclusion, directory, written));
        _bytesLeft -= file.Source.Bytes.Length;
        if (_bytesLeft < 0)
            state.Stop(PreprocessorRules.TooLarge, file.Source.Span(0, 0), "the bytes of all sources",
                state.Options.MaxSourceBytes);
        if (file.UnterminatedComment >= 0)
            state.Diagnostics.Report(PreprocessorRules.UnterminatedComment, file.CleanSpan(file.UnterminatedComment, 2));
        if (file.Clean.EndsInSplice)
            state.Diagnostics.Report(PreprocessorRules.BackslashAtEnd, file.CleanSpan(file.Clean.Bytes.Length, 0));
    }

    public void Leave()
    {
        FileFrame file = _frames.Pop();
        if (file.Written > 0 && file.File.Guard != 0)
            _finished.Add((file.File.Source.Path, file.Written));
    }

    public void IncludeOnce(ScannedFile file) => _once.Add(file);

    /// <summary>
    /// Finds the file of a name and decides whether it is to be read. Null when it is not: because it would be empty, or because
    /// it is an error, which is reported.
    /// </summary>
    /// <param name="name">The name as it is written.</param>
    /// <param name="search">Where to look.</param>
    /// <param name="span">Where it is included.</param>
    /// <param name="directory">The search directory in which it was found, or -1.</param>
    public ScannedFile? Find(string name, IncludeSearch search, SourceSpan span, out int directory)
    {
        directory = -1;
        if (_tooDeep)
            return null;
        if (_frames.Count >= state.Options.MaxIncludeDepth)
        {
            _tooDeep = true;
            state.Diagnostics.Report(PreprocessorRules.IncludeTooDeep, span, state.Options.MaxIncludeDepth);
            return null;
        }
        IncludeEntry? entry = Look(name, search, out directory);
        if (entry?.File is not ScannedFile file)
        {
            if (entry is null)
                state.Diagnostics.Report(PreprocessorRules.FileNotFound, span, name);
            else
                state.Diagnostics.Report(PreprocessorRules.FileRefused, span, name, entry.Reason);
            return null;
        }
        if (_openedPaths.Add(file.Source.Path))
            _opened.Add(file.Source.Path);
        if (file.Guard != 0 && state.Macros[file.Guard] is not null && _finished.Contains((file.Source.Path, name.Length)))
            return null;
        if (_once.Contains(file))
            return null;
        if (++_includes <= state.Options.MaxIncludes)
            return file;
        state.Stop(PreprocessorRules.TooLarge, span, "the included files", state.Options.MaxIncludes);
        return null;
    }

    /// <summary>Whether there is a file of a name.</summary>
    public bool Exists(string name, IncludeSearch search) => Look(name, search, out _) is { Lookup: IncludeLookup.Read };

    private IncludeEntry? Look(string name, IncludeSearch search, out int directory)
    {
        directory = -1;
        if (name.StartsWith('/'))
            return Try(name);
        int first = 0;
        if (search == IncludeSearch.Next && _frames.Count > 1)
            first = Top.Directory + 1;
        else if (search == IncludeSearch.WorkingDirectory && Try("./" + name) is IncludeEntry here)
            return here;
        else if (search != IncludeSearch.Directories && search != IncludeSearch.WorkingDirectory
            && Try(Join(DirectoryOf(Top.File.Source.Path), name)) is IncludeEntry beside)
            return beside;
        IReadOnlyList<string> directories = state.Options.IncludeDirectories;
        for (int i = first; i < directories.Count; i++)
        {
            if (Try(Join(directories[i], name)) is not IncludeEntry found)
                continue;
            directory = i;
            return found;
        }
        return null;
    }

    private IncludeEntry? Try(string path)
    {
        if (state.Options.Files is not IIncludeFiles files)
            return null;
        IncludeEntry entry = state.Cache.Find(path, files, (int)Math.Clamp(_bytesLeft, 0, int.MaxValue), state.Scanning);
        return entry.Lookup == IncludeLookup.Missing ? null : entry;
    }

    private static string DirectoryOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return slash < 0 ? "" : slash == 0 ? "/" : path[..slash];
    }

    private static string Join(string directory, string name) =>
        directory.Length == 0 ? name : directory.EndsWith('/') ? directory.TrimEnd('/') + "/" + name : directory + "/" + name;
}

/// <summary>Where an included file is looked for.</summary>
internal enum IncludeSearch
{
    /// <summary>In the directory of the including file, then in the search directories.</summary>
    Beside,

    /// <summary>In the search directories.</summary>
    Directories,

    /// <summary>In the search directories after the one in which the including file was found.</summary>
    Next,

    /// <summary>In the directory in which the program runs, then in the search directories.</summary>
    WorkingDirectory,
}
