using System.Text;

namespace Devicetree.Source.Preprocessing;

/// <summary>Reads the parameters of a macro.</summary>
internal static class ParameterList
{
    /// <summary>Reads the list whose opening parenthesis is at <paramref name="at"/>. Null when it is good.</summary>
    public static DirectiveProblem? Read(
        byte[] text, ref int at, int end, IdentifierTable identifiers, out int[] parameters, out bool isVariadic)
    {
        var names = new List<int>();
        parameters = [];
        isVariadic = false;
        at++;
        PpKind before = PpKind.OpenParenthesis;
        while (TokenScanner.TryRead(text, ref at, end, out PpToken token))
        {
            bool nameExpected = before is PpKind.OpenParenthesis or PpKind.Comma;
            switch (token.Kind)
            {
                case PpKind.CloseParenthesis when before != PpKind.Comma:
                    parameters = [.. names];
                    return null;
                case PpKind.Name when nameExpected:
                    int name = identifiers.Intern(token.Bytes);
                    if (names.Contains(name))
                        return Problem(token, "it stands twice");
                    names.Add(name);
                    break;
                case PpKind.Comma when before == PpKind.Name:
                    break;
                case PpKind.Ellipsis when before != PpKind.Ellipsis:
                    isVariadic = true;
                    // A name before the dots is what the rest of the arguments is called.
                    if (before != PpKind.Name)
                        names.Add(identifiers.Intern("__VA_ARGS__"u8));
                    break;
                default:
                    return Problem(token, nameExpected ? "a name was expected" : isVariadic
                        ? "')' was expected" : "',' or ')' was expected");
            }
            before = token.Kind;
        }
        return new(PreprocessorRules.BadParameters, end, end, "')' is missing");
    }

    private static DirectiveProblem Problem(in PpToken token, string what) =>
        new(PreprocessorRules.BadParameters, token.Start, token.Start + token.Length,
        $"at '{Encoding.UTF8.GetString(token.Bytes)}' {what}");
}
