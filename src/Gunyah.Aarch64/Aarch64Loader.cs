using System.Buffers.Binary;
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
public sealed class Aarch64Loader(GdbServer? debugging = null) : IVmEngineLoader
{
    /// <inheritdoc/>
    public IVmEngine? Choose(ReadOnlySpan<byte> image) =>
        image.Length >= sizeof(uint) && BinaryPrimitives.ReadUInt32LittleEndian(image) != 0 ? new Vm(debugging) : null;

    private sealed class Vm : IVmEngine
    {
        private readonly Cluster _cluster;

        public Vm(GdbServer? debugging)
        {
            _cluster = new() { Debugger = debugging?.Debugger };
            if (debugging?.TryTake(_cluster) == false)
                _cluster = new();
        }

        public IVcpuEngine Start(ReadOnlySpan<byte> atEntry) => new Aarch64Engine(_cluster);
    }
}
