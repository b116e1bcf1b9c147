using Devicetree.Text.Sources;

namespace Devicetree.Schema.Model;

/// <summary>
/// A value of a schema: what YAML and JSON have in common. Never changes once built; rewriting steps build new values and share
/// the parts they leave alone.
/// </summary>
/// <param name="Span">Where it is written; the default span when it comes from a rewriting step or from JSON.</param>
internal abstract record SchemaValue(SourceSpan Span);

/// <summary><c>null</c>, also an empty YAML value.</summary>
/// <param name="Span">Where it is written.</param>
internal sealed record SchemaNull(SourceSpan Span) : SchemaValue(Span);

/// <summary><c>true</c> or <c>false</c>; as a schema, everything or nothing.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record SchemaBoolean(bool Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>An integer. Sixty-four bit numbers of either sign occur, so it is wider.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record SchemaInteger(Int128 Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>A number with a fraction. No binding needs one, but YAML can write it.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record SchemaFloat(double Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>A string.</summary>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record SchemaString(string Value, SourceSpan Span) : SchemaValue(Span);

/// <summary>A list.</summary>
/// <param name="Items">Its items in order.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record SchemaArray(IReadOnlyList<SchemaValue> Items, SourceSpan Span) : SchemaValue(Span);

/// <summary>
/// A date, which YAML writes without quotes and JSON cannot express: a value of no type that a schema knows.
/// </summary>
/// <param name="Text">The date as it is written.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record SchemaTimestamp(string Text, SourceSpan Span) : SchemaValue(Span);
