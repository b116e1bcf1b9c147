using Devicetree.Text.Sources;

namespace Devicetree.Text.Yaml;

/// <summary>
/// Makes values of what a <see cref="YamlReader{T}"/> reads, as it is read, so that the first error of a file is the one that is
/// reported, whoever finds it.
/// </summary>
/// <typeparam name="T">A value.</typeparam>
internal interface IYamlBuilder<T>
    where T : class
{
    /// <summary>The value of a file that holds nothing.</summary>
    T Empty(SourceSpan span);

    /// <summary>The value of a scalar; null when it has none, which has been reported.</summary>
    T? Scalar(YamlScalar scalar);

    /// <summary>A list of values.</summary>
    T Sequence(IReadOnlyList<T> items, SourceSpan span);

    /// <summary>A mapping that is about to be read.</summary>
    IYamlMappingBuilder<T> BeginMapping();

    /// <summary>Where a value is written.</summary>
    SourceSpan SpanOf(T value);
}

/// <summary>Makes the value of one mapping.</summary>
/// <typeparam name="T">A value.</typeparam>
internal interface IYamlMappingBuilder<T>
    where T : class
{
    /// <summary>Where the last value that is written in the mapping itself stands; null when there is none.</summary>
    SourceSpan? LastSpan { get; }

    /// <summary>Takes a key, whose value comes next.</summary>
    /// <param name="key">The key.</param>
    /// <param name="span">Where it is written.</param>
    /// <param name="isMerge">Whether it is the plain scalar <c>&lt;&lt;</c>.</param>
    /// <returns>False when it cannot be a key, which has been reported.</returns>
    bool TryAddKey(T key, SourceSpan span, bool isMerge);

    /// <summary>Takes the value of the last key.</summary>
    /// <returns>False when the two do not fit into the mapping, which has been reported.</returns>
    bool TryAddValue(T value);

    /// <summary>The mapping.</summary>
    T Build(SourceSpan span);
}
