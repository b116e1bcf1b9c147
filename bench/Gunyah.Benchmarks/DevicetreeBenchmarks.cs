using BenchmarkDotNet.Attributes;
using Devicetree;
using Devicetree.Compatibility;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Overlays;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Benchmarks;

/// <summary>The tree of QEMU's virt machine, as the real Resource Manager found it.</summary>
[MemoryDiagnoser]
public class DevicetreeBenchmarks
{
    private byte[] _blob = [];
    private Tree _tree = new();
    private Tree _overlay = new();

    [GlobalSetup]
    public void Setup()
    {
        _blob = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "primary-base.dtb"));
        _tree = Read();
        var builder = new OverlayBuilder();
        builder.Fragment("/").AddChild("hypervisor").SetString("compatible", "gunyah-hypervisor");
        _overlay = builder.Build();
    }

    [Benchmark]
    public Tree Read()
    {
        if (!FdtReader.TryRead(_blob, out Tree? tree, out FdtError? error))
            throw new InvalidOperationException(error.ToString());
        return tree;
    }

    [Benchmark]
    public byte[] Decompile()
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = BlobReader.Read(_blob, DtcVersion.Debian, diagnostics);
        return tree is null ? throw new InvalidOperationException(diagnostics.Items[^1].Message) : LivePrinter.Print(tree);
    }

    [Benchmark]
    public byte[] Write() => FdtWriter.Write(_tree);

    [Benchmark]
    public Tree Apply()
    {
        if (!OverlayApplier.TryApply(_tree, _overlay, out Tree? result, out OverlayError? error))
            throw new InvalidOperationException(error.ToString());
        return result;
    }
}
