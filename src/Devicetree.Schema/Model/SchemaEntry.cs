using Devicetree.Text.Sources;

namespace Devicetree.Schema.Model;

/// <summary>A key and its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="KeySpan">Where the key is written.</param>
/// <param name="Value">The value.</param>
internal readonly record struct SchemaEntry(string Key, SourceSpan KeySpan, SchemaValue Value);
