using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>
/// The dependency file that a makefile includes (dtc <c>-d</c>): the output, a colon, all files that were read.
/// </summary>
internal sealed class DtcDependencies : IDisposable
{
    private readonly Stream _stream;

    private DtcDependencies(Stream stream) => _stream = stream;

    public static bool TryCreate(
        string name, ToolHost host, [NotNullWhen(true)] out DtcDependencies? file, [NotNullWhen(false)] out string? reason)
    {
        file = DropInOutput.TryOpen(name, host, out Stream? stream, out reason) ? new(stream) : null;
        return file is not null;
    }

    public void Write(string text) => _stream.Write(Encoding.UTF8.GetBytes(text));

    public void Dispose() => _stream.Dispose();
}
