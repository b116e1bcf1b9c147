using System.Text;
using Conformance.Tests.Tools;
using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Conformance.Tests.Decompiler;

/// <summary>Compiles, decompiles and compiles again inside the test.</summary>
internal static class Recompiled
{
    private static readonly CompilationOptions _plain = new() { Version = ExternalTool.Dtc, Strict = false };

    /// <summary>The blob of a source file.</summary>
    public static byte[] Compile(string path, bool symbols, string includeDirectory) =>
        Compile(new SourceText(path, File.ReadAllBytes(path)), symbols, includeDirectory);

    /// <summary>The blob of a source.</summary>
    public static byte[] Compile(SourceText source, bool symbols, string includeDirectory)
    {
        byte[]? blob = Compile(source, _plain with { GenerateSymbols = symbols, Files = new DiskSourceFiles(includeDirectory) },
            out string problems);
        Assert.True(blob is not null, problems);
        return blob;
    }

    /// <summary>The text of a blob, made as <c>dtc -I dtb -O dts</c> makes it.</summary>
    public static string Decompile(byte[] blob, DtcVersion version)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = BlobReader.Read(blob, version, diagnostics);
        Assert.NotNull(tree);
        Assert.True(DevicetreeCompiler.Finish(tree, diagnostics, _plain with { Version = version }),
            string.Join('\n', diagnostics.Items));
        return Encoding.Latin1.GetString(LivePrinter.Print(tree, new LivePrinterOptions { Version = version }));
    }

    /// <summary>What is different when a text is compiled to be a blob; null when nothing is.</summary>
    public static string? Difference(string text, byte[] blob)
    {
        // A decompiled plugin gets its nodes of fixups again, which versions before 1.8 would double.
        byte[]? again = Compile(new SourceText("again.dts", Encoding.Latin1.GetBytes(text)),
            _plain with { Version = DtcVersion.Newest }, out string problems);
        if (again is null)
            return $"does not compile: {problems}";
        int same = again.AsSpan().CommonPrefixLength(blob);
        return same == blob.Length && same == again.Length
            ? null : $"compiles to other bytes: {again.Length} instead of {blob.Length}, from {same} on";
    }

    /// <summary>The first lines in which two texts differ.</summary>
    public static string FirstLines(string theirs, string ours)
    {
        string[] their = theirs.Split('\n'), our = ours.Split('\n');
        int line = 0;
        while (line < their.Length - 1 && line < our.Length - 1 && their[line] == our[line])
            line++;
        return $"  dtc: {their[line]}\n  we:  {our[line]}";
    }

    private static byte[]? Compile(SourceText source, CompilationOptions options, out string problems)
    {
        var diagnostics = new DiagnosticBag();
        LiveTree? tree = DevicetreeCompiler.Compile(source, diagnostics, options);
        problems = string.Join('\n', diagnostics.Items.Take(3));
        return tree is null ? null : FdtWriter.Write(tree).ToArray();
    }
}
