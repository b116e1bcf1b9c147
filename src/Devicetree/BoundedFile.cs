using System.Diagnostics.CodeAnalysis;

namespace Devicetree;

/// <summary>Reads files of which nobody knows how long they are.</summary>
internal static class BoundedFile
{
    /// <summary>Room for what follows the length that a file claims.</summary>
    private const int Growth = 64 * 1024;

    /// <summary>Reads a whole file of at most <paramref name="maxLength"/> bytes.</summary>
    public static bool TryRead(string path, int maxLength, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? reason)
    {
        bytes = null;
        reason = null;
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            // One byte more than the file claims to have shows that it ends there. Special files, those of /proc too, claim nothing.
            long claimed = stream.CanSeek ? Math.Clamp(stream.Length, 0, maxLength) : 0;
            var contents = new byte[claimed + 1];
            int length = 0;
            while (length <= maxLength && stream.Read(contents.AsSpan(length)) is int read and > 0)
            {
                length += read;
                if (length == contents.Length && length <= maxLength)
                    Array.Resize(ref contents, (int)Math.Min((2L * length) + Growth, (long)maxLength + 1));
            }
            if (length <= maxLength)
                bytes = contents.Length == length ? contents : contents[..length];
            else
                reason = $"it has more than the {maxLength} bytes that are left of the limit";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            reason = failure.Message;
        }
        return bytes is not null;
    }
}
