using System.Collections.Immutable;

namespace Gunyah.Hypervisor.Interrupts;

/// <summary>What a register of the distributor or of a redistributor is; both have those of single interrupts.</summary>
internal enum GicRegister
{
    /// <summary>Nothing that this controller has.</summary>
    Unknown,

    /// <summary>A register that is only what its row says.</summary>
    Plain,
    DistributorControl,
    Status,
    SetMessage,
    ClearMessage,
    RedistributorType,
    Waker,
    Group,
    SetEnable,
    ClearEnable,
    SetPending,
    ClearPending,
    SetActive,
    ClearActive,
    Priority,
    Configuration,
    Router,
}

/// <summary>What a read of a register does.</summary>
internal enum GicRead
{
    /// <summary>Answers the register, or the row's constant.</summary>
    Value,

    /// <summary>Answers 0 and notes the read of a write-only register.</summary>
    WriteOnly,

    /// <summary>Answers 0 and notes the read of a reserved place.</summary>
    Reserved,
}

/// <summary>What a write of a register does.</summary>
internal enum GicWrite
{
    /// <summary>Changes something.</summary>
    Value,

    /// <summary>Nothing.</summary>
    Ignored,

    /// <summary>Notes the write of a read-only register.</summary>
    ReadOnly,

    /// <summary>Notes the write of a reserved place, and faults.</summary>
    Reserved,
}

/// <summary>The sizes of access that a register takes, each at a multiple of itself. A value is its size in bytes.</summary>
[Flags]
internal enum GicWidths
{
    Byte = 1,
    Half = 2,
    Word = 4,
    Double = 8,
}

/// <summary>The declaration of a register, or of an array of them (gunyah-abi.md 4.5.5).</summary>
/// <param name="Name">Its name in the GIC architecture.</param>
/// <param name="Offset">Where it is in its frame.</param>
/// <param name="Size">How many bytes it takes, the whole array.</param>
/// <param name="Register">What it is.</param>
/// <param name="Read">What reads do.</param>
/// <param name="Write">What writes do.</param>
/// <param name="Widths">The sizes of access.</param>
/// <param name="Constant">What it reads, if it is <see cref="GicRegister.Plain"/>.</param>
internal sealed record GicRegisterRow(
    string Name, uint Offset, uint Size, GicRegister Register, GicRead Read, GicWrite Write,
    GicWidths Widths = GicWidths.Word, uint Constant = 0)
{
    /// <summary>True for an access that does not fault by its size.</summary>
    public bool Allows(uint offset, int size) =>
        size is 1 or 2 or 4 or 8 && ((int)Widths & size) != 0 && offset % (uint)size == 0;
}

/// <summary>The registers of one frame of 64 KiB, found by their offset.</summary>
internal sealed class GicFrame
{
    /// <summary>The size of a frame in bytes.</summary>
    public const uint Size = 0x1_0000;

    private const int WordSize = 4;

    /// <summary>Sizes are looked at before anything else, and a word is allowed everywhere.</summary>
    private static readonly GicRegisterRow _unknown =
        new("reserved", 0, Size, GicRegister.Unknown, GicRead.Reserved, GicWrite.Reserved);

    /// <summary>The number of a row plus one for each word; 0 where there is none.</summary>
    private readonly byte[] _rowOfWord = new byte[Size / WordSize];

    public GicFrame(params ImmutableArray<GicRegisterRow> rows)
    {
        Rows = rows;
        for (int i = 0; i < rows.Length; i++)
            _rowOfWord.AsSpan((int)rows[i].Offset / WordSize, (int)rows[i].Size / WordSize).Fill((byte)(i + 1));
    }

    public ImmutableArray<GicRegisterRow> Rows { get; }

    /// <summary>The register at an offset in the frame.</summary>
    public GicRegisterRow Find(uint offset)
    {
        int row = _rowOfWord[offset / WordSize];
        return row == 0 ? _unknown : Rows[row - 1];
    }
}
