namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>
/// What one of the tools prints. Both streams are held back until <see cref="Flush"/> or until there is much of it; they carry
/// bytes, as names and values in blobs are in no encoding.
/// </summary>
internal sealed class FdtConsole(ToolHost host)
{
    /// <summary>The exit code of everything that went wrong.</summary>
    public const int Failed = 1;

    public FdtText Output { get; } = new(host.Output);

    public FdtText Error { get; } = new(host.Error);

    /// <summary>Ends with the words of the originals for what cannot go on.</summary>
    public int Fatal(string message)
    {
        Error.Add("FATAL ERROR: ").Add(message).Add('\n');
        return Failed;
    }

    /// <summary>Writes both streams.</summary>
    public void Flush()
    {
        try
        {
            Output.Flush();
        }
        finally
        {
            Error.Flush();
        }
    }
}
