using Devicetree.Decompilation.Annotation;
using Devicetree.Live;
using Devicetree.References;
using Devicetree.Typing;

namespace Devicetree.Comparison;

/// <summary>Which cells of a value may be phandles.</summary>
/// <param name="Width">The cells of an entry; 0 where no cell may be one, 1 where each may.</param>
/// <param name="First">The first cell of an entry that may be one.</param>
internal readonly record struct PhandlePlace(int Width, int First = 0)
{
    /// <summary>No cell.</summary>
    public static PhandlePlace None { get; } = new(0);

    /// <summary>Every cell.</summary>
    public static PhandlePlace Any { get; } = new(1);

    /// <summary>Whether a cell may be one.</summary>
    public bool Includes(int cell) => Width > 0 && cell % Width >= First;
}

/// <summary>
/// Tells where a value may hold phandles that no reference table knows: everywhere, unless the name or the place of its property,
/// or the source that it was written in, says that it holds numbers.
/// </summary>
internal sealed class PhandlePlaces(LiveTree tree)
{
    /// <summary>The cells of an interrupt of a GIC before the one that may be a phandle.</summary>
    private const int InterruptNumbers = 3;

    private readonly InterruptExplainer _interrupts = new(new ReferenceReader(tree));

    /// <summary>The places in a value of which no references are known.</summary>
    public PhandlePlace Of(LiveNode node, LiveProperty property)
    {
        if (property.Name == PropertyNames.Interrupts)
            return _interrupts.CellsOf(node) is > InterruptNumbers and int width
                ? new(width, InterruptNumbers) : PhandlePlace.None;
        return PropertyTypeTable.Find(node, property.Name) is { MayRefer: false } ? PhandlePlace.None : PhandlePlace.Any;
    }

    /// <summary>The places among what stands between known references.</summary>
    public static PhandlePlace OfArguments(LiveNode node, LiveProperty old, LiveProperty @new)
    {
        // A source has said which cells are references.
        bool isWritten = old.Value.Markers.Count > 0 || @new.Value.Markers.Count > 0;
        return !isWritten && ReferenceTable.Find(node, old.Name) is { ArgumentsMayRefer: true }
            ? PhandlePlace.Any : PhandlePlace.None;
    }
}
