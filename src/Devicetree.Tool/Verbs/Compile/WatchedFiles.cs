using System.Collections.Concurrent;

namespace Devicetree.Tool.Verbs.Compile;

/// <summary>
/// The files that one pass read or looked for, as they were then. Whether one is different now is asked again and again: what the
/// system could tell of changes does not cover network directories, and loses them when there are many. Used by several threads.
/// </summary>
internal sealed class WatchedFiles(ToolHost host)
{
    /// <summary>How often is asked.</summary>
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentDictionary<string, Stamp> _stamps = new(StringComparer.Ordinal);

    /// <summary>The file that was found changed.</summary>
    public string Changed { get; private set; } = "";

    /// <summary>Takes a file in; call before it is read, so that a change while it is read is noticed.</summary>
    public void Add(string path)
    {
        if (path != VerbConsole.Standard && !path.Contains('\0', StringComparison.Ordinal) && !_stamps.ContainsKey(path))
            _stamps.TryAdd(path, Stamp.Of(host.FullPath(path)));
    }

    /// <summary>Waits until a file is changed, made or removed.</summary>
    /// <param name="stop">Ends the waiting.</param>
    /// <returns>False when the program is to end.</returns>
    public bool WaitForChange(CancellationToken stop)
    {
        while (!stop.WaitHandle.WaitOne(_pause))
        {
            foreach ((string path, Stamp stamp) in _stamps)
            {
                if (Stamp.Of(host.FullPath(path)) == stamp)
                    continue;
                Changed = path;
                return true;
            }
        }
        return false;
    }

    /// <summary>What tells one state of a file from another.</summary>
    private readonly record struct Stamp(bool Exists, long Length, DateTime Written)
    {
        public static Stamp Of(string path)
        {
            var file = new FileInfo(path);
            return file.Exists ? new(true, file.Length, file.LastWriteTimeUtc) : default;
        }
    }
}
