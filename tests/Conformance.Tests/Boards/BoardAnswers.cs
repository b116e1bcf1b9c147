using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Conformance.Tests.Checks;

namespace Conformance.Tests.Boards;

/// <summary>What is asked of the original programs about a board, in the order of a row's columns.</summary>
internal enum BoardQuestion
{
    /// <summary>cpp: the text with its line markers.</summary>
    Text,

    /// <summary>cpp and dtc: the blob without and with symbols.</summary>
    Blobs,

    /// <summary>dtc: exit codes and lines with default checks, with all, and with all on the blob.</summary>
    Checks,

    /// <summary>dtc: the texts of both blobs.</summary>
    Decompiled,
}

/// <summary>
/// What cpp and dtc answered about the boards of an architecture, recorded as a digest for each answer. Where ours is the answer
/// that was recorded, and the board is not in the share that is asked about again in any case (<see cref="LiveShare"/>), no
/// program is started. Whatever is not recorded, or is not what ours gives, is asked: so a newer kernel, a newer dtc and a
/// fault of ours all meet the original itself. To record again, set GUNYAH_RECORD_BOARDS=1.
/// </summary>
internal sealed class BoardAnswers
{
    /// <summary>Set to 1 to ask about everything and to write the files again.</summary>
    private static readonly bool _records = Environment.GetEnvironmentVariable("GUNYAH_RECORD_BOARDS") == "1";

    private static readonly ConcurrentDictionary<string, BoardAnswers> _all = new(StringComparer.Ordinal);

    private const string None = "-";
    private const int DigestBytes = 6;

    private readonly string _path;
    private readonly Dictionary<string, int> _numbers;
    private readonly ConcurrentDictionary<string, string[]> _rows = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private BoardAnswers(string architecture)
    {
        _path = Checkout.File("tests", "Conformance.Tests", "Boards", $"dtc-{DtcChecks.Version}-{architecture}.txt");
        _numbers = KernelCorpus.Boards(architecture).Select((board, number) => (board, number))
            .ToDictionary(each => each.board, each => each.number, StringComparer.Ordinal);
        if (!File.Exists(_path))
            return;
        foreach (string[] row in File.ReadLines(_path).Select(line => line.Split(' ')))
            _rows[row[0]] = row[1..];
    }

    /// <summary>The answers about the boards of an architecture.</summary>
    public static BoardAnswers Of(string architecture) => _all.GetOrAdd(architecture, name => new(name));

    /// <summary>Whether the recorded answer is ours, and the program need not be asked.</summary>
    /// <param name="board">The board's file.</param>
    /// <param name="question">The question.</param>
    /// <param name="ours">The digest of our answer.</param>
    public bool Settle(string board, BoardQuestion question, string ours) =>
        !_records && !LiveShare.Has(_numbers[board])
        && _rows.TryGetValue(NameOf(board), out string[]? row) && row[(int)question] == ours;

    /// <summary>Notes what a program answered, where answers are recorded.</summary>
    /// <param name="board">The board's file.</param>
    /// <param name="question">The question.</param>
    /// <param name="theirs">The digest of its answer.</param>
    public void Note(string board, BoardQuestion question, string theirs)
    {
        if (!_records)
            return;
        lock (_gate)
        {
            _rows.GetOrAdd(NameOf(board), _ => [.. Enum.GetValues<BoardQuestion>().Select(_ => None)])[(int)question] = theirs;
        }
    }

    /// <summary>Writes the file where answers are recorded.</summary>
    public void Save()
    {
        if (!_records)
            return;
        lock (_gate)
        {
            File.WriteAllLines(_path, _rows.OrderBy(row => row.Key, StringComparer.Ordinal)
                .Select(row => $"{row.Key} {string.Join(' ', row.Value)}"));
        }
    }

    /// <summary>The digest of an answer in several parts, whichever directory the kernel's source is in.</summary>
    public static string Digest(params ReadOnlySpan<byte[]> parts)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (byte[] part in parts)
        {
            digest.AppendData(BitConverter.GetBytes(part.Length));
            digest.AppendData(part);
        }
        return Convert.ToHexStringLower(digest.GetHashAndReset().AsSpan(0, DigestBytes));
    }

    /// <summary>A text without the directories that differ between runs.</summary>
    /// <param name="text">The text, in which each byte is one character.</param>
    /// <param name="directories">Directories besides that of the kernel's source.</param>
    public static byte[] Neutral(string text, params ReadOnlySpan<string> directories)
    {
        text = text.Replace(KernelCorpus.Source + "/", "", StringComparison.Ordinal);
        foreach (string directory in directories)
            text = text.Replace(directory + "/", "", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(text);
    }

    private static string NameOf(string board) => Path.ChangeExtension(Path.GetRelativePath(KernelCorpus.Source!, board), null);
}
