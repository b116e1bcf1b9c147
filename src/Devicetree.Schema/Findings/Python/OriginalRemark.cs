using Devicetree.Schema.Processing;

namespace Devicetree.Schema.Findings.Python;

/// <summary>What <c>dt-mk-schema</c> prints to its error output, in its words.</summary>
internal static class OriginalRemark
{
    /// <summary>The line or lines of a remark.</summary>
    public static string Of(SchemaRemark remark)
    {
        ArgumentNullException.ThrowIfNull(remark);
        (string file, string subject, string other) = (remark.File, remark.Subject, remark.Other);
        return remark.Rule.Id switch
        {
            var id when id == SchemaRules.EmptyDirectory.Id => $"warning: no schema found in path: {file}",
            var id when id == SchemaRules.MissingType.Id => $"{file}: {subject}: missing type definition",
            var id when id == SchemaRules.IncompatibleTypes.Id => $"{file}: {subject}: multiple incompatible types: {other}",
            var id when id == SchemaRules.DuplicateId.Id => $"{file}: warning: ignoring duplicate '$id' value '{subject}'",
            var id when id == SchemaRules.NotValid.Id => $"{file}: ignoring, error in schema: {subject}",
            var id when id == SchemaRules.NotReadable.Id => $"{file}: ignoring, error parsing file",
            var id when id == SchemaRules.DuplicateCompatible.Id =>
                $"Warning: Duplicate compatible \"{subject}\" found in schemas matching \"$id\":\n\t{file}\n\t{other}",
            string id => throw new ArgumentException($"the original says nothing of {id}", nameof(remark)),
        };
    }
}
