using System.Text;
using Devicetree.Compatibility;
using Devicetree.Flattened;

namespace Devicetree.Tool.DropIns.FdtTools;

/// <summary>The changes that fdtput makes, each with the room it makes for it and what it says when it fails.</summary>
internal sealed class FdtPatch(FdtEditor editor, FdtConsole console, DtcVersion version)
{
    /// <summary>Says what failed where; false, for the caller to hand on.</summary>
    public static bool Report(FdtConsole console, string where, FdtErrorKind error)
    {
        console.Error.Add("Error at '").Add(where).Add("': FDT_ERR_").Add(error.Word()).Add('\n');
        return false;
    }

    /// <summary>Sets a property of an existing node.</summary>
    public bool Set(string path, string property, ReadOnlySpan<byte> value)
    {
        if (!TryFind(path, out int node))
            return false;
        byte[] name = Encoding.UTF8.GetBytes(property);
        if (editor.TrySetProperty(node, name, value, out FdtErrorKind error))
            return true;
        if (error == FdtErrorKind.NoSpace)
        {
            editor.TryGrow(RoomForProperty(node, name, value.Length), out _);
            if (editor.TrySetProperty(node, name, value, out error))
                return true;
        }
        return Report(console, property, error);
    }

    /// <summary>Creates the last node of a path; the others must exist.</summary>
    public bool CreateNode(string path)
    {
        int slash = path.LastIndexOf('/');
        if (slash < 0)
            return Report(console, path, FdtErrorKind.BadPath);
        string name = path[(slash + 1)..];
        editor.TryGrow(RoomForNode(name), out _);
        int parent = 0;
        if (slash > 0 && !editor.View.TryFindNode(Encoding.UTF8.GetBytes(path[..slash]), out parent, out FdtErrorKind missing))
            return Report(console, version.Has(DtcChanges.CreateNamesPath) ? path : path[..slash], missing);
        return editor.TryAddNode(parent, Encoding.UTF8.GetBytes(name), out _, out FdtErrorKind error)
            || Report(console, name, error);
    }

    /// <summary>Creates every node of a path that does not exist.</summary>
    public bool CreatePath(string path)
    {
        string rest = path.TrimStart('/');
        int node = 0;
        while (true)
        {
            int slash = rest.IndexOf('/', StringComparison.Ordinal);
            string component = slash < 0 ? rest : rest[..slash];
            if (rest.Length == 0 && path.TrimStart('/').Length == 0)
                return true;
            byte[] name = Encoding.UTF8.GetBytes(component);
            int parent = node;
            if (!editor.View.TryFindChild(parent, name, out node, out FdtErrorKind error))
            {
                if (error == FdtErrorKind.NotFound)
                {
                    // Room for all of the rest, as the original takes it.
                    editor.TryGrow(RoomForNode(rest), out _);
                    if (!editor.TryAddNode(parent, name, out node, out error))
                        return Report(console, component, error);
                }
                else
                {
                    return Report(console, component, error);
                }
            }
            if (slash < 0)
                return true;
            rest = rest[(slash + 1)..];
        }
    }

    /// <summary>Deletes a property.</summary>
    public bool DeleteProperty(string path, string property)
    {
        if (!TryFind(path, out int node))
            return false;
        return editor.TryDeleteProperty(node, Encoding.UTF8.GetBytes(property), out FdtErrorKind error)
            || Report(console, path, error);
    }

    /// <summary>Deletes a node and everything below it.</summary>
    public bool DeleteNode(string path)
    {
        if (!TryFind(path, out int node))
            return false;
        return editor.TryDeleteNode(node, out FdtErrorKind error) || Report(console, path, error);
    }

    private bool TryFind(string path, out int node) =>
        editor.View.TryFindNode(Encoding.UTF8.GetBytes(path), out node, out FdtErrorKind error) || Report(console, path, error);

    /// <summary>Tag and name of a node, and the tag that ends it.</summary>
    private static int RoomForNode(string name) => sizeof(uint) + Padded(Encoding.UTF8.GetByteCount(name) + 1) + sizeof(uint);

    private int RoomForProperty(int node, byte[] name, int length)
    {
        if (editor.View.TryGetValue(node, name, out ReadOnlySpan<byte> value, out _))
            return Math.Max(0, Padded(length) - Padded(value.Length));
        return (3 * sizeof(uint)) + name.Length + 1 + Padded(length);
    }

    private static int Padded(int length) => (length + sizeof(uint) - 1) & -sizeof(uint);
}
