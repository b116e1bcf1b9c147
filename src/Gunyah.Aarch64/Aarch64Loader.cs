using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Gunyah.Aarch64.Compiling;
using Gunyah.Aarch64.Debugging;
using Gunyah.Aarch64.Interpreting;
using Gunyah.Abi.Programs;

namespace Gunyah.Aarch64;

/// <summary>
/// The engine of VMs whose image is arm64 code: a Linux <c>Image</c>, or any bytes that somebody says are code. It knows
/// everything
/// that is not claimed by a header of another kind, so ask it last.
/// </summary>
/// <param name="debugging">Lets the first such VM be debugged; null where nobody wants to.</param>
/// <param name="compileAfter">
/// After how many executions a block of guest code becomes code of the host: 0 for before it runs at all, negative for
/// never. Results do not depend on it. Where no code can be made while a program runs (Native AOT), all is interpreted.
/// </param>
public sealed class Aarch64Loader(GdbServer? debugging = null, int compileAfter = Aarch64Loader.DefaultCompileAfter)
    : IVmEngineLoader
{
    /// <summary>
    /// Where compiling has paid by the time the code has run as often again (docs/decisions/0801-compiled-code.md).
    /// </summary>
    public const int DefaultCompileAfter = 10_000;

    /// <inheritdoc/>
    public IVmEngine? Choose(ReadOnlySpan<byte> image) =>
        image.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(image) != 0
            ? new Vm(debugging, Compiler()) : null;

    private HotCode? Compiler() => compileAfter >= 0 && RuntimeFeature.IsDynamicCodeSupported
        ? new HotCode(compileAfter, isAtOnce: compileAfter == 0) : null;

    private sealed class Vm : IVmEngine
    {
        private readonly Cluster _cluster;

        public Vm(GdbServer? debugging, ICodeCompiler? compiler)
        {
            _cluster = new() { Debugger = debugging?.Debugger, Compiler = compiler };
            if (debugging?.TryTake(_cluster) == false)
                _cluster = new() { Compiler = compiler };
        }

        public IVcpuEngine Start(ReadOnlySpan<byte> atEntry) => new Aarch64Engine(_cluster);
    }
}
