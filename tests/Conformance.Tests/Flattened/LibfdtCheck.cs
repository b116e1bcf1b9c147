using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using Conformance.Tests.Tools;
using Devicetree.Flattened;

namespace Conformance.Tests.Flattened;

/// <summary>
/// The verdicts of the libfdt that is installed, through a small program of ours that is compiled for the test.
/// </summary>
internal static class LibfdtCheck
{
    /// <summary>What a blob that libfdt accepts gets.</summary>
    public const string Accepted = "accepted";

    /// <summary>What a blob that ends libfdt, or keeps it busy for ever, gets.</summary>
    public const string Crash = "crash";

    private const string Header = "/usr/include/libfdt.h";

    private static readonly Lazy<string> _program = new(Compile);

    /// <summary>Skips the test (fails it under CI) where libfdt or a compiler is missing.</summary>
    public static void Require()
    {
        ExternalTool.Require("gcc");
        if (!File.Exists(Header))
            ExternalTool.Missing("libfdt-dev is not installed");
    }

    /// <summary>The verdict on each blob: <see cref="Accepted"/>, <see cref="Crash"/> or the word of the error.</summary>
    public static string[] Verdicts(IReadOnlyList<byte[]> blobs)
    {
        using Process process =
            Process.Start(new ProcessStartInfo(_program.Value) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (byte[] blob in blobs)
        {
            BinaryPrimitives.WriteInt32BigEndian(length, blob.Length);
            process.StandardInput.BaseStream.Write(length);
            process.StandardInput.BaseStream.Write(blob);
        }
        process.StandardInput.Close();
        string[] lines = output.GetAwaiter().GetResult().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(blobs.Count, lines.Length);
        return [.. lines.Select(line => line == Crash ? Crash : Word(-int.Parse(line, CultureInfo.InvariantCulture)))];
    }

    /// <summary>Our own verdict in the same words.</summary>
    public static string WordOf(FdtError? error) => error?.Kind.Word() ?? Accepted;

    private static string Word(int code) => code == 0 ? Accepted : ((FdtErrorKind)code).Word();

    private static string Compile()
    {
        string program = Path.Combine(Directory.CreateTempSubdirectory("libfdt-check-").FullName, "libfdt-check");
        ExternalTool.Run("gcc", "-O2", "-o", program, Checkout.File("tests", "Conformance.Tests", "Flattened", "libfdt-check.c"),
            "-lfdt");
        return program;
    }
}
