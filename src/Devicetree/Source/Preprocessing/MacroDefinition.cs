using Devicetree.Text.Sources;

namespace Devicetree.Source.Preprocessing;

/// <summary>What a macro that no file defines stands for.</summary>
internal enum BuiltInMacro : byte
{
    None,
    File,
    Line,
    Counter,
    IncludeLevel,
    BaseFile,
    Date,
    Time,
    Timestamp,
    HasInclude,
    HasIncludeNext,
}

/// <summary>
/// A macro as a file defines it. Shared by all sources that include the file; its body is read when it is used first.
/// </summary>
internal sealed class MacroDefinition
{
    private ScannedFile? _file;
    private MacroBody? _body;

    private MacroDefinition(int id) => Id = id;

    /// <summary>The number of its name.</summary>
    public int Id { get; }

    public BuiltInMacro BuiltIn { get; private init; }

    /// <summary>Where its name stands in the normal form of the file.</summary>
    public int NameStart { get; private init; }

    public int NameEnd { get; private init; }

    /// <summary>Where its body starts in the normal form of the file.</summary>
    public int BodyStart { get; private init; }

    public int End { get; private init; }

    /// <summary>The numbers of its parameters, null when it takes no arguments; a variadic one is the last.</summary>
    public int[]? Parameters { get; private init; }

    public bool IsVariadic { get; private init; }

    public bool IsFunctionLike => Parameters is not null;

    /// <summary>The file; not of built-in ones.</summary>
    public ScannedFile File => _file!;

    /// <summary>Its name in the file, no place when it is built in.</summary>
    public SourceSpan NameSpan => _file?.Span(NameStart, NameEnd) ?? default;

    public MacroBody Body(IdentifierTable identifiers) => _body ??= MacroBody.Read(this, File.Normal, identifiers, out _);

    public static MacroDefinition OfBuiltIn(int id, BuiltInMacro meaning) => new(id) { BuiltIn = meaning };

    /// <summary>
    /// Reads what stands after <c>#define</c>. Gives a <see cref="MacroDefinition"/>, or the <see cref="DirectiveProblem"/> in
    /// its way.
    /// </summary>
    public static object Read(byte[] text, int start, int end, IdentifierTable identifiers)
    {
        int at = start;
        if (!TokenScanner.TryRead(text, ref at, end, out PpToken name))
            return new DirectiveProblem(PreprocessorRules.MissingMacroName, start, start, "define");
        if (name.Kind != PpKind.Name || IsReserved(name.Bytes))
            return new DirectiveProblem(PreprocessorRules.BadMacroName, name.Start, at,
                System.Text.Encoding.UTF8.GetString(name.Bytes));
        int nameEnd = at;
        int[]? parameters = null;
        bool isVariadic = false;
        if (at < end && text[at] == '('
            && ParameterList.Read(text, ref at, end, identifiers, out parameters, out isVariadic) is DirectiveProblem problem)
            return problem;
        if (at < end && text[at] == ' ')
            at++;
        var macro = new MacroDefinition(identifiers.Intern(name.Bytes))
        {
            NameStart = name.Start,
            NameEnd = nameEnd,
            BodyStart = at,
            End = end,
            Parameters = parameters,
            IsVariadic = isVariadic,
        };
        // Only these can be wrong, so the others wait until someone needs them: of most macros of a header nobody ever does.
        if (parameters is not null || text.AsSpan(at, end - at).Contains((byte)'#'))
        {
            macro._body = MacroBody.Read(macro, text, identifiers, out DirectiveProblem? wrong);
            if (wrong is not null)
                return wrong;
        }
        return macro;
    }

    /// <summary>
    /// Says in which file it stands. The text from which it was read becomes that file's normal form, at the same offsets.
    /// </summary>
    public MacroDefinition Attach(ScannedFile file)
    {
        _file = file;
        _body?.Attach(file.Normal);
        return this;
    }

    /// <summary>Whether two definitions mean the same: then the second is no redefinition.</summary>
    public bool IsSameAs(MacroDefinition other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (BuiltIn != BuiltInMacro.None || other.BuiltIn != BuiltInMacro.None || IsVariadic != other.IsVariadic)
            return false;
        return IsFunctionLike == other.IsFunctionLike
            && (Parameters ?? []).AsSpan().SequenceEqual(other.Parameters ?? [])
            && File.Normal.AsSpan(BodyStart, End - BodyStart)
            .SequenceEqual(other.File.Normal.AsSpan(other.BodyStart, other.End - other.BodyStart));
    }

    private static bool IsReserved(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("defined"u8) || name.SequenceEqual("__has_include"u8) || name.SequenceEqual("__has_include_next"u8);
}
