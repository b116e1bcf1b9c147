using System.Diagnostics.CodeAnalysis;

namespace Devicetree;

/// <summary>Reads files of which nobody knows how long they are.</summary>
internal static class BoundedFile
{
    /// <summary>Reads a whole file of at most <paramref name="maxLength"/> bytes.</summary>
    public static bool TryRead(string path, int maxLength, [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out string? reason)
    {
        bytes = null;
        reason = null;
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var contents = new MemoryStream();
            // Up to one byte more than allowed, instead of trusting the length: special files, those of /proc too, tell none.
            var buffer = new byte[64 * 1024];
            while (contents.Length <= maxLength && stream.Read(buffer) is int read and > 0)
                contents.Write(buffer, 0, read);
            if (contents.Length <= maxLength)
                bytes = contents.ToArray();
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
