using Devicetree;

namespace Gunyah.Guest.Platform;

/// <summary>The nodes of a tree that are Gunyah's, wherever they lie.</summary>
/// <param name="Hypervisor">The hypervisor's node: the one at the right place, else the first that says it is one.</param>
/// <param name="Managers">Every node that leads to the Resource Manager.</param>
internal sealed record GunyahNodes(Node? Hypervisor, IReadOnlyList<Node> Managers)
{
    /// <summary>Where every dialect has Gunyah's node.</summary>
    public const string HypervisorPath = "/hypervisor";

    /// <summary>True when the tree is no Gunyah guest's.</summary>
    public bool IsEmpty => Managers.Count == 0 && (Hypervisor is null || Platform.Dialects.OfHypervisor(Hypervisor) is null);

    /// <summary>
    /// The dialects that the strings of these nodes belong to, the Resource Manager's first; at least one unless empty.
    /// </summary>
    public IReadOnlyList<Dialect> Dialects
    {
        get
        {
            List<Dialect> found = [.. Managers.Take(1).Select(Platform.Dialects.OfResourceManager)];
            if (Hypervisor is not null)
                found.Add(Platform.Dialects.OfHypervisor(Hypervisor) ?? Dialect.V6);
            return found;
        }
    }

    /// <summary>Finds them.</summary>
    public static GunyahNodes Of(Tree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        List<Node> managers = [];
        Node? hypervisor = null;
        foreach (Node node in tree.Root.SelfAndDescendants())
        {
            if (Platform.Dialects.IsResourceManager(node))
                managers.Add(node);
            else if ((hypervisor is null || node.Path == HypervisorPath) && Platform.Dialects.OfHypervisor(node) is not null)
                hypervisor = node;
        }
        // A node with foreign strings is Gunyah's all the same when the Resource Manager is below it.
        return new(hypervisor ?? managers.Select(manager => manager.Parent)
            .FirstOrDefault(parent => parent?.Path == HypervisorPath), managers);
    }
}
