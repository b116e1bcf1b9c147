using Devicetree.Schema.Model;

namespace Devicetree.Schema.Validation.Compilation;

/// <summary>Where referenced schemas come from. Called by several threads.</summary>
internal interface ISchemaSource
{
    /// <summary>The schema of an identifier without <c>#</c>, null when there is none.</summary>
    SchemaValue? Find(string uri);
}
