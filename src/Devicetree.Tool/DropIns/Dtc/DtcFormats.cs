namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>What kind of file one is, as dtc guesses it.</summary>
internal static class DtcFormats
{
    private static ReadOnlySpan<byte> BlobMagic => [0xd0, 0x0d, 0xfe, 0xed];

    /// <summary>The format of an input: a folder, the first bytes of a blob, else by name.</summary>
    public static string OfInput(string name, ToolHost host, string fallback)
    {
        string path = host.FullPath(name);
        if (Directory.Exists(path))
            return "fs";
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
            return start.SequenceEqual(BlobMagic) ? "dtb" : OfName(name) ?? fallback;
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
            ".dts" => "dts",
            ".yaml" => "yaml",
            ".dtb" or ".dtbo" => "dtb",
            _ => null,
        };
    }
}
