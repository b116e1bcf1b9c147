using Devicetree.Text.Diagnostics;

namespace Devicetree.Source.Preprocessing;

/// <summary>
/// Everything that can be wrong with a source before it is a devicetree. The numbers are stable; gaps may be filled by later
/// rules.
/// </summary>
internal static class PreprocessorRules
{
    /// <summary>An included file does not exist.</summary>
    public static readonly DiagnosticRule FileNotFound = Error(
        "CPP001", "include-not-found", "there is no file '{0}'",
        "Correct the name, or add the directory that it is relative to with -I.",
        why: "Macros and nodes of that file are missing, and what uses them would be reported instead of the cause.",
        example: "#include \"missing.dtsi\"");

    /// <summary>An included file exists but cannot be read.</summary>
    public static readonly DiagnosticRule FileRefused = Error("CPP002", "include-not-read", "cannot read '{0}': {1}",
        whatToDo: "Check that it is a file, and that you may read it.",
        why: "The file exists, so another name would not help: it is a directory, too large, or this user may not read "
            + "it.",
        example: "#include \"/root/board.dtsi\"");

    /// <summary>Files include each other too deeply, most likely in a circle.</summary>
    public static readonly DiagnosticRule IncludeTooDeep = Error(
        "CPP003", "include-too-deep", "files include each other more than {0} levels deep",
        "Look for a file that includes itself.",
        why: "A file that includes itself never ends.",
        example: """
            /* board.dtsi */
            #include "board.dtsi"
            """);

    /// <summary>Too many files, too much source text or too much output.</summary>
    public static readonly DiagnosticRule TooLarge = Error(
        "CPP004", "too-large", "{0} are more than {1}",
        "Look for a file that is included again and again, or allow more with '--limits 4'.",
        what: "Source text, included files and their expansion stay below limits.",
        why: "A few lines can ask for gigabytes. The limit ends such a build with a report instead of an exhausted "
            + "machine.",
        example: """
            /* a.h, one of several such files, each of which includes the next one twice */
            #include "b.h"
            #include "b.h"
            """);

    /// <summary>An include that names no file.</summary>
    public static readonly DiagnosticRule BadInclude = Error(
        "CPP005", "bad-include", "#{0} without a file name", "Write \"file\", <file>, or a macro that stands for one of the two.",
        why: "Nothing is included, and what the file should define is missing.",
        example: "#include board.h");

    /// <summary>The source says that it cannot be used so.</summary>
    public static readonly DiagnosticRule ErrorDirective = Error("CPP010", "error-directive", "#error {0}",
        whatToDo: "Define what the message asks for, or leave out what it forbids.",
        why: "Whoever wrote the file found a configuration that cannot work, and says so.",
        example: """
            #ifndef BOARD_REVISION
            #error "define BOARD_REVISION"
            #endif
            """);

    /// <summary>The source warns.</summary>
    public static readonly DiagnosticRule WarningDirective = Warning("CPP011", "warning-directive", "#warning {0}",
        whatToDo: "Follow the message, or include another file.",
        why: "Whoever wrote the file wants users to know; the build goes on.",
        example: "#warning \"this header is obsolete\"");

    /// <summary>A directive that needs an <c>#if</c> before it.</summary>
    public static readonly DiagnosticRule WithoutIf = Error(
        "CPP020", "without-if", "#{0} without #if",
        "Remove it, or look for the #if that is missing or ended too early; each file has its own.",
        why: "A branch is taken or left out by a condition that is not there, so lines end up in the tree by chance.",
        example: """
            #ifdef DEBUG
            #endif
            #endif
            """);

    /// <summary>A conditional does not end.</summary>
    public static readonly DiagnosticRule UnterminatedConditional = Error(
        "CPP021", "unterminated-conditional", "this #{0} has no #endif", "End it with #endif in the same file.",
        why: "Everything to the end of the file belongs to the condition, and may be left out silently.",
        example: """
            #ifdef DEBUG
            / {
            };
            """);

    /// <summary>A branch after the last one.</summary>
    public static readonly DiagnosticRule AfterElse = Error(
        "CPP022", "after-else", "#{0} after #else", "Put every #elif before the #else, and keep only one #else.",
        why: "The second branch could never be taken.",
        example: """
            #ifdef DEBUG
            #else
            #elif defined(TEST)
            #endif
            """);

    /// <summary>Something stands after a directive that takes nothing more.</summary>
    public static readonly DiagnosticRule ExtraTokens = Warning(
        "CPP023", "extra-tokens", "what stands after #{0} is ignored", "Make it a comment.",
        why: "What is written there reads like a condition or a name but has no effect.",
        example: """
            #undef DEBUG TEST
            """);

    /// <summary>A condition is empty.</summary>
    public static readonly DiagnosticRule EmptyCondition = Error(
        "CPP030", "empty-condition", "#{0} without a condition", "Write an expression of whole numbers, or use #ifdef NAME.",
        why: "Without an expression no branch can be chosen.",
        example: """
            #if
            #endif
            """);

    /// <summary>A condition does not follow the grammar.</summary>
    public static readonly DiagnosticRule BadCondition = Error(
        "CPP031", "bad-condition", "the condition cannot be computed: {0}",
        "Use whole numbers, macros, defined(NAME) and the operators of C only.",
        why: "Without a value no branch can be chosen.",
        example: """
            #if 1 +
            #endif
            """);

    /// <summary>A condition divides by zero.</summary>
    public static readonly DiagnosticRule DivisionByZero =
        Error("CPP032", "division-by-zero-in-condition", "the condition divides by zero",
        whatToDo: "Correct the divisor; a macro that is not defined counts as 0.",
        why: "Without a value no branch can be chosen.",
        example: """
            #define CHANNELS 0
            #if 8 / CHANNELS > 2
            #endif
            """);

    /// <summary>A question about files outside of a condition.</summary>
    public static readonly DiagnosticRule HasIncludeOutside = Error(
        "CPP033", "has-include-outside", "'{0}' can only be used in conditions", "Ask in an #if, and define a macro there.",
        why: "Outside of a condition it would stay in the text as an unknown word.",
        example: """
            /dts-v1/;
            / {
            	p = <__has_include("a.h")>;
            };
            """);

    /// <summary>A directive lacks the name of a macro.</summary>
    public static readonly DiagnosticRule MissingMacroName = Error("CPP040", "missing-macro-name", "#{0} without a name",
        whatToDo: "Write the name of a macro after it.",
        why: "Nothing is defined or asked for, so the line has no effect.",
        example: "#define");

    /// <summary>Something that cannot be the name of a macro.</summary>
    public static readonly DiagnosticRule BadMacroName = Error(
        "CPP041", "bad-macro-name", "'{0}' cannot be the name of a macro",
        "Use letters, digits and '_', no digit first; 'defined' and '__has_include' are taken.",
        why: "Text that uses the name would never match the macro.",
        example: "#define 2ND_UART 1");

    /// <summary>A parameter list does not follow the grammar.</summary>
    public static readonly DiagnosticRule BadParameters = Error(
        "CPP042", "bad-parameters", "the parameters cannot be read: {0}",
        "Write names with commas between them, or a space before '(' when it belongs to the text.",
        why: "No call could be matched with its arguments.",
        example: "#define REG(1) <1>");

    /// <summary>A <c>##</c> with nothing on one side.</summary>
    public static readonly DiagnosticRule PasteAtEnd = Error(
        "CPP043", "paste-at-end", "'##' has nothing to paste on one side",
        "Put it between the two tokens that are to become one.",
        why: "There is no second token to make one of.",
        example: "#define PIN ##A");

    /// <summary><c>__VA_OPT__</c> cannot be read.</summary>
    public static readonly DiagnosticRule BadOptional = Error(
        "CPP044", "bad-va-opt", "'__VA_OPT__' needs parentheses around what depends on it, and none of its own kind within",
        whatToDo: "Write '__VA_OPT__(…)', with what depends on the arguments between the parentheses.",
        why: "Which tokens depend on the variable arguments is not known.",
        example: """
            #define PINS(...) __VA_OPT__
            PINS(1)
            """);

    /// <summary>A macro gets another meaning.</summary>
    public static readonly DiagnosticRule Redefined = Warning(
        "CPP045", "macro-redefined", "'{0}' is redefined",
        "Write '#undef {0}' before it if that is meant; the new definition counts from here on.",
        why: "Lines above and below get different values for the same word, often because two headers disagree.",
        example: """
            #define BAUD 9600
            #define BAUD 115200
            """);

    /// <summary>A macro that is built in is undefined.</summary>
    public static readonly DiagnosticRule BuiltInUndefined =
        Warning("CPP046", "builtin-undefined", "'{0}' is built in and becomes undefined",
        whatToDo: "Remove the #undef.",
        why: "Conditions in included files that rely on it choose another branch.",
        example: "#undef __FILE__");

    /// <summary>A macro is called with the wrong number of arguments.</summary>
    public static readonly DiagnosticRule WrongArguments = Error(
        "CPP050", "wrong-arguments", "macro '{0}' takes {1} arguments, not {2}",
        "Write one argument for each parameter; commas outside of parentheses separate them, as does a '#' at the start of a line.",
        why: "The arguments would fall into the wrong places of the macro: a number becomes an address, or a flag is "
            + "lost.",
        example: """
            #define PIN(bank, number) ((bank) * 32 + (number))
            /dts-v1/;
            / {
            	p = <PIN(1)>;
            };
            """);

    /// <summary>The call of a macro does not end.</summary>
    public static readonly DiagnosticRule UnterminatedCall = Error(
        "CPP051", "unterminated-call", "the call of macro '{0}' does not end", "Close it with ')' in the same file.",
        why: "Everything to the end of the file would count as its arguments.",
        example: """
            #define ID(x) x
            /dts-v1/;
            / {
            	p = <ID(1>;
            };
            """);

    /// <summary>Expanding macros takes too much.</summary>
    public static readonly DiagnosticRule ExpansionTooLarge = Error(
        "CPP052", "expansion-too-large", "the expansion of all macros takes more than {0} tokens",
        "Look for macros that name others several times, or allow more with '--limits 4'.",
        why: "Macros that name each other twice double with every step. The limit ends that with a report instead of "
            + "an exhausted machine.",
        example: """
            #define A B B
            #define B C C
            #define C D D /* … and so on */
            A
            """);

    /// <summary>Calls or parentheses nest too deeply.</summary>
    public static readonly DiagnosticRule TooDeep =
        Error("CPP053", "nested-too-deep", "{0} nest more than {1} levels deep", "Flatten them.",
        what: "Calls of macros and parentheses in conditions nest only so deeply.",
        why: "The limit keeps generated text from using up the stack; no header that people write comes near it.",
        example: """
            #if ((((((((1)))))))) /* … and so on, thousands deep */
            #endif
            """);

    /// <summary>A <c>#line</c> that cannot be read.</summary>
    public static readonly DiagnosticRule BadLine =
        Error("CPP060", "bad-line", "#line needs a number, and after it nothing or a file name in quotes",
        whatToDo: "Write a line number, and after it nothing or a file name in quotes.",
        why: "Reports on the lines that follow would name the wrong place.",
        example: "#line two");

    /// <summary>A variable that sets the time and cannot be read.</summary>
    public static readonly DiagnosticRule BadEpoch = Error(
        "CPP063", "bad-epoch", "the variable SOURCE_DATE_EPOCH is '{0}', which is not a number of seconds from 0 to {1}",
        "Set it to the seconds since 1970, or unset it.",
        why: "Builds that are to be the same on every machine take their date from this variable; a date by chance "
            + "would defeat that.",
        example: """
            /dts-v1/;
            / {
            	build-date = __DATE__; /* with SOURCE_DATE_EPOCH=yesterday */
            };
            """);

    /// <summary>A comment does not end.</summary>
    public static readonly DiagnosticRule UnterminatedComment =
        Error("CPP061", "unterminated-comment", "the comment does not end", "End it with '*/'.",
        why: "The rest of the file counts as comment: nodes vanish without a word.",
        example: """
            /* board
            / {
            };
            """);

    /// <summary>A file ends in the middle of a line.</summary>
    public static readonly DiagnosticRule BackslashAtEnd =
        Warning("CPP062", "backslash-at-end", "the last line ends with a backslash, but nothing follows",
        whatToDo: "Remove the backslash, or add the line that it announces.",
        why: "The line was to go on, and its continuation is missing.",
        example: "#define BAUD 9600 \\");

    /// <summary>Every rule of this table.</summary>
    public static IReadOnlyList<DiagnosticRule> All =>
    [
        FileNotFound, FileRefused, IncludeTooDeep, TooLarge, BadInclude, ErrorDirective, WarningDirective, WithoutIf,
        UnterminatedConditional, AfterElse, ExtraTokens, EmptyCondition, BadCondition, DivisionByZero,
        HasIncludeOutside, MissingMacroName, BadMacroName, BadParameters, PasteAtEnd, BadOptional, Redefined,
        BuiltInUndefined, WrongArguments, UnterminatedCall, ExpansionTooLarge, TooDeep, BadLine, BadEpoch,
        UnterminatedComment, BackslashAtEnd,
    ];

    private static DiagnosticRule Error(
        string id, string name, string message, string remedy = "", string what = "", string whatToDo = "", string why = "",
        string example = "") =>
        new(id, name, Severity.Error, message, remedy) { What = what, WhatToDo = whatToDo, Why = why, Example = example };

    private static DiagnosticRule Warning(
        string id, string name, string message, string remedy = "", string what = "", string whatToDo = "", string why = "",
        string example = "") =>
        new(id, name, Severity.Warning, message, remedy) { What = what, WhatToDo = whatToDo, Why = why, Example = example };
}
