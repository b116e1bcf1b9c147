namespace Devicetree.Source;

/// <summary>
/// What to do where the grammar asks for something else: a sentence for what was expected and what stands there.
/// </summary>
internal static class SyntaxRemedies
{
    /// <summary>The end of a statement.</summary>
    public const string Semicolon = "';'";

    /// <summary>The end of a body.</summary>
    public const string CloseBrace = "'}'";

    /// <summary>The begin of a body.</summary>
    public const string OpenBrace = "'{'";

    /// <summary>What follows an equals sign.</summary>
    public const string Value = "a value: a string, '<', '[', '&' or '/incbin/'";

    /// <summary>What an array consists of.</summary>
    public const string Element = "a number, '(', '&' or '>'";

    /// <summary>What a byte string consists of.</summary>
    public const string Byte = "two hexadecimal digits or ']'";

    /// <summary>What follows the name of a member.</summary>
    public const string AfterName = "'=', ';' or '{'";

    /// <summary>What a body consists of.</summary>
    public const string Member = "a property, a node or '}'";

    /// <summary>What an expression consists of.</summary>
    public const string Operand = "a number or '('";

    /// <summary>The begin of what stands outside of nodes.</summary>
    public const string Root = "'/ {'";

    /// <summary>The remedy where a second label stands.</summary>
    public const string OneLabel = "Outside of nodes a reference takes one label; put the others where the node is defined.";

    private const string IfMacro = "a macro needs the file that defines it.";

    /// <summary>The remedy.</summary>
    /// <param name="expected">What was expected: one of the constants here, or anything else.</param>
    /// <param name="found">What stands there.</param>
    /// <param name="previous">What stands before it.</param>
    public static string For(string expected, in DtsToken found, in DtsToken previous) =>
        ForDirective(found) ?? (expected == AfterName ? ForDirective(previous) : null) ?? For(expected, found.Kind);

    /// <summary>The remedy for a word in the place of a number.</summary>
    /// <param name="word">The word.</param>
    /// <param name="previous">What stands before it.</param>
    public static string ForWord(in DtsToken word, in DtsToken previous)
    {
        if (previous.Kind == DtsTokenKind.Integer && previous.Source == word.Source && previous.End == word.Start)
            return "Write digits only; hexadecimal ones are 0-9 and a-f.";
        string macro = word.Source.IsComposed
            ? "include the file that defines it" : "run the preprocessor, with the file that defines it";
        // Macros are in capitals, labels are not.
        return word.Text.Any(char.IsAsciiLetterLower)
            ? $"Write '&{word.Text}' for a label; for a macro, {macro}." : $"If it is a macro, {macro}.";
    }

    /// <summary>The remedy for a directive that reached the compiler; null for anything else.</summary>
    private static string? ForDirective(in DtsToken token)
    {
        if (token.Source is null || !token.IsDirective)
            return null;
        string word = token.Written.TrimStart('\\');
        return token.Written.StartsWith('\\') ? $"Remove the backslash: with it, '{word}' is no directive."
            : token.Source.IsComposed ? $"Begin a line with '{word}': only there is it a directive."
            : $"Run the preprocessor first: '{word}' is a directive of it.";
    }

    private static string For(string expected, DtsTokenKind found) => (expected, found) switch
    {
        (Semicolon, DtsTokenKind.Comma) => "Another value must follow a ','; remove it when there is none.",
        (Semicolon, DtsTokenKind.String or DtsTokenKind.Less or DtsTokenKind.OpenBracket) =>
            "Put ',' between two values, and ';' after the last one.",
        (Semicolon, _) => "End the statement with ';'.",
        (CloseBrace, _) =>
            "A node above is not closed: look for the one after which the indentation goes wrong, and end it with '};'.",
        (OpenBrace, _) => "A node is a name, then what it holds between '{' and '};'.",
        (Value, DtsTokenKind.Integer or DtsTokenKind.Character) => "Write numbers between '<' and '>'.",
        (Value, DtsTokenKind.Word or DtsTokenKind.Stray) => "Write text between quotes, numbers between '<' and '>'; " + IfMacro,
        (Value, _) => "Write one, or leave out the '=' of a property that has none.",
        (Element, DtsTokenKind.Comma) => "Separate the numbers of an array with spaces only.",
        (Element, DtsTokenKind.Semicolon or DtsTokenKind.CloseBrace or DtsTokenKind.End) => "Close the array with '>'.",
        (Element, DtsTokenKind.String) => "Close the array with '>' and put ',' before the string.",
        (Element, >= DtsTokenKind.Question) => "Put an expression in parentheses: <(1 + 2)>.",
        (Element, _) => "Arrays hold numbers, '&label' and '(expressions)', separated by spaces; " + IfMacro,
        (Byte, DtsTokenKind.Semicolon or DtsTokenKind.CloseBrace or DtsTokenKind.End) => "Close the bytes with ']'.",
        (Byte, _) => "Write each byte as two hexadecimal digits without 0x: [0a 1b].",
        (AfterName, DtsTokenKind.Colon) => "A label stands directly before its ':', without a space.",
        (AfterName, DtsTokenKind.String or DtsTokenKind.Less or DtsTokenKind.OpenBracket) =>
            "Put '=' between the name and its value.",
        (AfterName, _) => "A name has no spaces; end a property without a value with ';'.",
        (Member, DtsTokenKind.Semicolon) => "Remove the extra ';'.",
        (Member, DtsTokenKind.OpenBrace) => "Remove the extra '{', or write the name of a node before it.",
        (Member, DtsTokenKind.LabelReference or DtsTokenKind.PathReference) =>
            "Extend nodes by '&label { };' outside of any node.",
        (Member, _) => "Begin a property or a node with its name: letters, digits and ',._+-?#'.",
        (Operand, _) => "An operator needs a number or '(' on each side; " + IfMacro,
        (_, DtsTokenKind.CloseBrace) => "There is one '}' more than '{': remove it, or look for a node that ends too early.",
        (_, DtsTokenKind.End) => "Add what is missing at the end of the file.",
        _ when expected.StartsWith(Root, StringComparison.Ordinal) =>
            "Put properties and nodes between '/ {' and '};'; a '}' before may be one too many.",
        _ => "Write what is expected, or remove what stands there.",
    };
}
