namespace Devicetree.Source.Preprocessing;

/// <summary>
/// What is known of included files, shared by all sources of a batch: which paths exist, the contents read and cut into lines once, the
/// macros they define. May be used by several threads at once.
/// </summary>
public sealed class IncludeCache
{
}
