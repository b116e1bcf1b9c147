namespace Gunyah.Aarch64.FloatingPoint;

/// <summary>How results are rounded: the first four are FPCR.RMode's.</summary>
internal enum Rounding
{
    /// <summary>To the nearest, a tie to the even one.</summary>
    NearestEven,

    /// <summary>Toward plus infinity.</summary>
    TowardPlus,

    /// <summary>Toward minus infinity.</summary>
    TowardMinus,

    /// <summary>Toward zero.</summary>
    TowardZero,

    /// <summary>To the nearest, a tie away from zero.</summary>
    NearestAway,

    /// <summary>Toward zero, with the last bit set if that was not exact: so it can be rounded again.</summary>
    Odd,
}

/// <summary>FPCR as an instruction sees it, and FPSR as it becomes (Arm ARM DDI 0487, C5.2.8 and C5.2.10).</summary>
/// <param name="control">FPCR.</param>
/// <param name="status">FPSR before the instruction.</param>
internal struct FloatEnvironment(uint control, uint status)
{
    /// <summary>FPSR.IOC.</summary>
    public const uint InvalidOperation = 1u << 0;

    /// <summary>FPSR.DZC.</summary>
    public const uint DivideByZero = 1u << 1;

    /// <summary>FPSR.OFC.</summary>
    public const uint Overflow = 1u << 2;

    /// <summary>FPSR.UFC.</summary>
    public const uint Underflow = 1u << 3;

    /// <summary>FPSR.IXC.</summary>
    public const uint Inexact = 1u << 4;

    /// <summary>FPSR.IDC.</summary>
    public const uint InputDenormal = 1u << 7;

    private const uint AlternativeHalf = 1u << 26;
    private const uint DefaultNan = 1u << 25;
    private const uint FlushToZero = 1u << 24;

    /// <summary>FPSR.</summary>
    public uint Status = status;

    /// <summary>FPCR.RMode.</summary>
    public readonly Rounding Rounding => (Rounding)(control >> 22 & 3);

    /// <summary>FPCR.FZ: denormal numbers of single and double precision are zero.</summary>
    public readonly bool FlushesToZero => (control & FlushToZero) != 0;

    /// <summary>FPCR.DN: every NaN that comes out is the default one.</summary>
    public readonly bool HasDefaultNan => (control & DefaultNan) != 0;

    /// <summary>FPCR.AHP: half precision has one more exponent, and neither infinities nor NaNs.</summary>
    public readonly bool HasAlternativeHalf => (control & AlternativeHalf) != 0;

    /// <summary>True if an inexact result is nothing new.</summary>
    public readonly bool IsInexact => (Status & Inexact) != 0;

    /// <summary>Sets cumulative flags.</summary>
    public void Raise(uint flags) => Status |= flags;
}
