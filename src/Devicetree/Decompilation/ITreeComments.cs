using Devicetree.Live;

namespace Devicetree.Decompilation;

/// <summary>Says what a printed tree explains beside its lines. The printer makes comments of it that cannot end early.</summary>
public interface ITreeComments
{
    /// <summary>What is said of a node, beside its opening brace; null for nothing.</summary>
    string? Of(LiveNode node);

    /// <summary>What is said of a property, behind its semicolon; null for nothing.</summary>
    string? Of(LiveNode node, LiveProperty property);
}
