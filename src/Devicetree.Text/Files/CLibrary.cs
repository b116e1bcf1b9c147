namespace Devicetree.Text.Files;

/// <summary>
/// The C library, the only one whose functions are called. A program that is linked statically has them in itself: it names the
/// library among its direct calls (<c>DirectPInvoke</c>), or it would load a second one for them.
/// </summary>
internal static class CLibrary
{
    /// <summary>Its name, as imports give it.</summary>
    public const string Name = "libc";
}
