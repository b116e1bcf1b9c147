namespace Devicetree.Overlays;

/// <summary>
/// Is told what the application of an overlay does, in the order it is done. Paths are those of the overlay or of the result.
/// </summary>
internal interface IOverlayTrace
{
    /// <summary>
    /// The application begins. It may begin again, with a larger buffer; what was told before does not count then.
    /// </summary>
    void Begin();

    /// <summary>A phandle of the overlay moved above those of the base.</summary>
    /// <param name="node">The node's path in the overlay.</param>
    /// <param name="before">The number it had.</param>
    /// <param name="after">The number it has now.</param>
    void PhandleShifted(string node, uint before, uint after);

    /// <summary>A node of the overlay took over the phandle of the node it merges into.</summary>
    /// <param name="node">The node's path in the overlay.</param>
    /// <param name="before">The number it had.</param>
    /// <param name="after">The number of the base.</param>
    void PhandleAdopted(string node, uint before, uint after);

    /// <summary>A label of the base was put into a place of the overlay.</summary>
    /// <param name="label">The label.</param>
    /// <param name="place">The place, as <c>path:property:offset</c>.</param>
    /// <param name="target">The path that the base's symbols give for the label.</param>
    void LabelResolved(string label, string place, string target);

    /// <summary>A fragment is about to be merged.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="target">The path of the node it applies to.</param>
    /// <param name="writtenPath">The fragment's <c>target-path</c> when that is what told, else null.</param>
    void FragmentBegins(string name, string target, string? writtenPath);

    /// <summary>A node was added.</summary>
    /// <param name="path">Its path in the result.</param>
    void NodeAdded(string path);

    /// <summary>A property was added or replaced.</summary>
    /// <param name="path">The path of its node.</param>
    /// <param name="name">Its name.</param>
    /// <param name="existed">True when it was there before.</param>
    /// <param name="before">Its value before.</param>
    /// <param name="after">Its value now.</param>
    void PropertySet(string path, string name, bool existed, ReadOnlySpan<byte> before, ReadOnlySpan<byte> after);

    /// <summary>A symbol was added or replaced.</summary>
    /// <param name="label">The label.</param>
    /// <param name="path">Where it leads now.</param>
    /// <param name="before">Where it led before, null when it is new.</param>
    void SymbolSet(string label, string path, string? before);
}
