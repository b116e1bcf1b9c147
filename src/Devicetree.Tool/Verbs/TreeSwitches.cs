using System.CommandLine;
using Devicetree.Loading;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.Verbs;

/// <summary>
/// The options of verbs that look at trees: blobs, directories such as <c>/proc/device-tree</c>, and sources. Whatever can be
/// shown is taken, also where compilers would refuse it.
/// </summary>
internal sealed class TreeSwitches
{
    private readonly InputSwitches _switches = new();

    /// <summary>Declares the options.</summary>
    public void AddTo(Command command)
    {
        _switches.AddSources(command);
        _switches.AddSymbols(command);
        _switches.AddBlobs(command);
    }

    /// <summary>Reads a command line.</summary>
    public DocumentInput Read(ToolHost host, ParseResult result) =>
        new(host, DocumentInput.Settings(host, _switches.Read(result)) with
        {
            Blobs = BlobReading.Looking,
            RestoresReferences = true,
        });
}
