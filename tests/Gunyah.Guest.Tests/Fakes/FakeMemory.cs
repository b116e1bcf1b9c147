namespace Gunyah.Guest.Tests.Fakes;

/// <summary>Guest memory as a list of banks.</summary>
internal sealed class FakeMemory
{
    private readonly List<(ulong Base, byte[] Bytes)> _banks = [];

    public byte[] Map(ulong address, byte[] bytes)
    {
        _banks.Add((address, bytes));
        return bytes;
    }

    public byte[] Map(ulong address, int size) => Map(address, new byte[size]);

    public bool TryRead(ulong address, Span<byte> destination)
    {
        if (Find(address, destination.Length) is not { } memory)
            return false;
        memory.Span.CopyTo(destination);
        return true;
    }

    public bool TryWrite(ulong address, ReadOnlySpan<byte> source)
    {
        if (Find(address, source.Length) is not { } memory)
            return false;
        source.CopyTo(memory.Span);
        return true;
    }

    private Memory<byte>? Find(ulong address, int length)
    {
        foreach ((ulong start, byte[] bytes) in _banks)
        {
            if (address >= start && address - start <= (ulong)bytes.Length
                && (ulong)length <= (ulong)bytes.Length - (address - start))
                return bytes.AsMemory((int)(address - start), length);
        }
        return null;
    }
}
