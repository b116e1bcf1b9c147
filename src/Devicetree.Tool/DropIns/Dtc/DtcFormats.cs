namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>The formats as dtc's options spell them, and how it guesses the one of a file.</summary>
internal static class DtcFormats
{
    public const string Source = "dts";
    public const string Blob = "dtb";
    public const string Directory = "fs";
    public const string Assembler = "asm";
    public const string Yaml = "yaml";

    /// <summary>No output: only the checks are wanted.</summary>
    public const string Nothing = "null";

    private static ReadOnlySpan<byte> BlobMagic => [0xd0, 0x0d, 0xfe, 0xed];

    /// <summary>The format of an input: a directory, the first bytes of a blob, else by name.</summary>
    public static string OfInput(string name, ToolHost host, string fallback)
    {
        string path = host.FullPath(name);
        if (System.IO.Directory.Exists(path))
            return Directory;
        if (!File.Exists(path))
            return fallback;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            // A pipe gives what it has only once.
            if (!stream.CanSeek)
                return fallback;
            Span<byte> start = stackalloc byte[BlobMagic.Length];
            if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
                return fallback;
            return start.SequenceEqual(BlobMagic) ? Blob : OfName(name) ?? fallback;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return fallback;
        }
    }

    /// <summary>The format that a name ends in; null when that says nothing.</summary>
    public static string? OfName(string name)
    {
        int dot = name.LastIndexOf('.');
        if (dot < 0)
            return null;
        return name[dot..].ToLowerInvariant() switch
        {
            ".dts" => Source,
            ".yaml" => Yaml,
            ".dtb" or ".dtbo" => Blob,
            _ => null,
        };
    }
}
