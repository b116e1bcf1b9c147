using System.CommandLine;

namespace Devicetree.Tool.Verbs.Schema;

/// <summary><c>dt schema …</c>: what authors of bindings need.</summary>
internal static class SchemaVerb
{
    public static Command Create(VerbConsole console) => new("schema", "Check bindings, for those who write them.")
    {
        SchemaCheckVerb.Create(console),
    };
}
