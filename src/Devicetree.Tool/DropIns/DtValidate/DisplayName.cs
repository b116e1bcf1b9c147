namespace Devicetree.Tool.DropIns.DtValidate;

/// <summary>What findings call a file.</summary>
internal static class DisplayName
{
    /// <summary>Relative below the working directory, else absolute, whatever the user wrote.</summary>
    public static string Of(ToolHost host, string path)
    {
        string full = host.FullPath(path);
        string relative = Path.GetRelativePath(host.WorkingDirectory, full);
        return relative == ".." || relative.StartsWith("../", StringComparison.Ordinal) ? full : relative;
    }
}
