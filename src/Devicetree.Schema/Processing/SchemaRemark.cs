using Devicetree.Text.Diagnostics;

namespace Devicetree.Schema.Processing;

/// <summary>
/// Something that the original, too, says of schemas when it processes them, for those who say it in its words.
/// </summary>
/// <param name="Rule">The rule that it belongs to.</param>
/// <param name="File">
/// What the user calls the file or the directory; for a shared compatible string the first schema's ID.
/// </param>
/// <param name="Subject">
/// The property, the ID, the compatible string or the place in the schema; empty where it is the file as a whole.
/// </param>
/// <param name="Other">The type, or the other schema's ID; empty where there is none.</param>
internal sealed record SchemaRemark(DiagnosticRule Rule, string File, string Subject = "", string Other = "");
