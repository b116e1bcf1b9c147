namespace Devicetree.Schema;

/// <summary>Identifiers that devicetree schemas share.</summary>
internal static class SchemaTags
{
    /// <summary>What every <c>$id</c> of a binding begins with.</summary>
    public const string Base = "http://devicetree.org/schemas/";
}
