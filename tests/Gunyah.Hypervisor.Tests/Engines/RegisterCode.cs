using System.Buffers.Binary;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Programs;
using Gunyah.Abi.Vcpus;

namespace Gunyah.Hypervisor.Tests.Engines;

/// <summary>Code for <see cref="RegisterMachine"/>. The first word is the mark of its images, a branch over nothing.</summary>
internal sealed class RegisterCode
{
    private static readonly byte[] _mark = [(byte)Operation.Branch, 0x52, 1, 0];
    private readonly List<byte> _bytes = [.. _mark];

    /// <summary>The distance in bytes from the beginning to what is written next.</summary>
    public int Here => _bytes.Count;

    public static bool IsImage(ReadOnlySpan<byte> image) => image.StartsWith(_mark);

    public byte[] ToArray() => [.. _bytes];

    public RegisterCode Literal(int register, ulong value)
    {
        Add(Operation.Literal, register, 0, 0);
        Span<byte> literal = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(literal, value);
        _bytes.AddRange(literal);
        return this;
    }

    public RegisterCode Add(Operation operation, int a = 0, int b = 0, int c = 0)
    {
        _bytes.AddRange([(byte)operation, (byte)a, (byte)b, (byte)c]);
        return this;
    }

    /// <summary>A branch to a place that <see cref="Here"/> was.</summary>
    public RegisterCode To(Operation operation, int target, int a = 0)
    {
        var distance = (short)((target - Here) / 4);
        return Add(operation, a, (byte)distance, (byte)(distance >> 8));
    }

    /// <summary>A native call with its arguments from X0 on.</summary>
    public RegisterCode Call(HypercallRow row, params ReadOnlySpan<ulong> x) => Trap(row.Immediate, x);

    public RegisterCode Trap(ushort immediate, params ReadOnlySpan<ulong> x)
    {
        for (int i = 0; i < x.Length; i++)
            Literal(i, x[i]);
        return Add(Operation.Hypercall, 0, (byte)immediate, immediate >> 8);
    }

    public RegisterCode WriteLiteral(SystemRegister register, ulong value) =>
        Literal(20, value).Write(register, from: 20);

    public RegisterCode Write(SystemRegister register, int from) =>
        Add(Operation.WriteSystem, from, (byte)register, (int)register >> 8);

    public RegisterCode Read(int target, SystemRegister register) =>
        Add(Operation.ReadSystem, target, (byte)register, (int)register >> 8);
}

/// <summary>A VM whose code the register machine runs, wherever it starts.</summary>
internal sealed class RegisterVm : IVmEngine
{
    public IVcpuEngine? Start(ReadOnlySpan<byte> atEntry) => new RegisterMachine();
}

/// <summary>Knows the images of the register machine and nothing else.</summary>
internal sealed class RegisterLoader : IVmEngineLoader
{
    public IVmEngine? Choose(ReadOnlySpan<byte> image) => RegisterCode.IsImage(image) ? new RegisterVm() : null;
}

/// <summary>The register machine for its images, C# for every other.</summary>
internal sealed class TestEngines(IVmEngineLoader programs) : IVmEngineLoader
{
    private readonly RegisterLoader _registers = new();

    public IVmEngine? Choose(ReadOnlySpan<byte> image) => _registers.Choose(image) ?? programs.Choose(image);
}
