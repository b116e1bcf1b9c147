using Devicetree.Loading;
using Devicetree.Text.Diagnostics;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.DropIns;

/// <summary>Brings in blobs for the programs of dt-schema, which take nothing else.</summary>
internal static class StrictBlob
{
    private static readonly LoadingOptions _options = new()
    {
        Accepts = DocumentKinds.Blob,
        Blobs = BlobReading.Strict,
        PlainTrees = true,
    };

    /// <summary>Reads a blob.</summary>
    /// <param name="host">Where relative paths start.</param>
    /// <param name="path">The file as the user wrote it.</param>
    /// <param name="reason">What is wrong, a phrase without a full stop; empty when nothing is.</param>
    public static Tree? Read(ToolHost host, string path, out string reason)
    {
        var diagnostics = new DiagnosticBag();
        DevicetreeDocument? document = new DocumentInput(host, _options).Load(path, diagnostics, out string? failure);
        reason = failure ?? diagnostics.Items.FirstOrDefault(item => item.Rule.Severity == Severity.Error)?.Message ?? "";
        return document?.Tree;
    }
}
