using Devicetree;
using Devicetree.Schema.Decoding;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Validation;
using Devicetree.Schema.Validation.Bindings;
using Gunyah.Guest.Platform;

namespace Gunyah.Tool.Checking;

/// <summary>Checks Gunyah's nodes by the bindings of a dialect.</summary>
internal static class BindingCheck
{
    /// <summary>Checks a tree.</summary>
    /// <param name="tree">The tree. In the dialects whose binding has no room for them the vendor's nodes are taken out of
    /// it.</param>
    /// <param name="hypervisor">Gunyah's node.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="findings">Takes what is wrong.</param>
    public static void Run(Tree tree, Node? hypervisor, Dialect dialect, TreeFindings findings)
    {
        if (dialect != Dialect.Qcom && hypervisor is not null)
        {
            foreach (string vendor in hypervisor.Children.Where(VendorHabits.IsVendorNode).Select(child => child.Name).ToList())
                hypervisor.RemoveChild(vendor);
        }
        GunyahBindings bindings = GunyahBindings.Of(dialect);
        DecodedTree decoded = TreeDecoder.Decode(tree, bindings.Validator.Types);
        var walk = new Walk(bindings, hypervisor?.Path, findings);
        walk.Visit(tree.Root, decoded.Root);
    }

    private sealed class Walk(GunyahBindings bindings, string? hypervisorPath, TreeFindings findings)
    {
        private readonly Evaluation _evaluation = new();
        private readonly BindingFilter _filter = new() { Parts = bindings.Ids };
        private readonly List<BindingError> _errors = [];
        private readonly FindingExplainer _explainer = new(bindings.Validator);

        public void Visit(Node node, DecodedNode decoded)
        {
            decoded.ShowName();
            _evaluation.Reset();
            _errors.Clear();
            bindings.Validator.CheckChosen(decoded, _filter, _evaluation, _errors);
            bindings.Validator.CheckSelecting(decoded, _filter, _evaluation, _errors);
            // Whatever strings it has.
            if (node.Path == hypervisorPath && bindings.Validator.ChosenSchema(decoded) != bindings.HypervisorId)
                AddHypervisor(decoded);
            // A wrong list breaks several rules at once; it is one fault. What a guest finds there says more.
            foreach (var place in _errors.Where(error => !IsKnown(node, error.Error))
                .GroupBy(error => PlaceOf(node, error.Error)))
                Report(place.Key,
                    string.Join("; ", place.SelectMany(error => _explainer.Describe(error, decoded, node.Path)).Distinct()),
                    place.First().SchemaId);
            foreach (Node child in node.Children)
            {
                if (decoded[child.Name] is DecodedNode inner)
                    Visit(child, inner);
            }
        }

        private void AddHypervisor(DecodedNode decoded)
        {
            foreach (SchemaError error in bindings.Validator.Compiler.Get(bindings.HypervisorId).Validate(_evaluation, decoded))
            {
                if (!_errors.Exists(known => known.SchemaId == bindings.HypervisorId && known.Error.IsSameAs(error)))
                    _errors.Add(new(bindings.HypervisorId, error));
            }
        }

        private void Report((Node Node, string? Property) place, string text, string id)
        {
            if (place.Property is not null)
                findings.ReportProperty(GunyahRules.Binding, place.Node, place.Property, text, id);
            else
                findings.ReportNode(GunyahRules.Binding, place.Node, text, id);
        }

        /// <summary>Whether all that an error is about is the subject of another one already.</summary>
        private bool IsKnown(Node node, SchemaError error)
        {
            (Node place, string? property) = PlaceOf(node, error);
            if (property is not null)
                return findings.HasError(place.Path, property);
            if (error.Context.Count > 0)
                return error.Context.Any(each => IsKnown(node, each));
            return error.Keys.Count > 0 && error.Keys.All(key => findings.HasError(place.Path, key));
        }

        private static (Node Node, string? Property) PlaceOf(Node node, SchemaError error)
        {
            foreach (PathStep step in error.AbsolutePath)
            {
                if (step.Key is not string key)
                    break;
                if (node.Child(key) is not Node child)
                    return (node, node.Property(key) is null ? null : key);
                node = child;
            }
            return (node, null);
        }
    }
}
