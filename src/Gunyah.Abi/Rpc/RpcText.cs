using System.Text;

namespace Gunyah.Abi.Rpc;

/// <summary>
/// Text in a payload: a name, a URI, a crash message, console output. On the wire it is bytes with a length, no terminator,
/// and nothing says that they are valid in any encoding, so the bytes are what is kept and compared. <c>default</c> is empty.
/// </summary>
public readonly struct RpcText : IEquatable<RpcText>
{
    private readonly byte[]? _bytes;

    /// <summary>Copies bytes.</summary>
    /// <param name="bytes">Any bytes.</param>
    public RpcText(ReadOnlySpan<byte> bytes) => _bytes = bytes.IsEmpty ? null : bytes.ToArray();

    /// <summary>Encodes a string as UTF-8.</summary>
    /// <param name="text">The string.</param>
    public RpcText(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>The number of bytes, without padding.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>The number of bytes with the zeros that follow up to the next multiple of 4.</summary>
    public int PaddedLength => Length + RpcWriter.PaddingOf(Length);

    /// <summary>Encodes a string as UTF-8.</summary>
    /// <param name="text">The string.</param>
    public static implicit operator RpcText(string text) => new(text);

    /// <summary>Whether the bytes are equal.</summary>
    public static bool operator ==(RpcText left, RpcText right) => left.Equals(right);

    /// <summary>Whether the bytes differ.</summary>
    public static bool operator !=(RpcText left, RpcText right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RpcText other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RpcText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>The text for people: decoded as UTF-8, invalid bytes replaced.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Bytes);
}
