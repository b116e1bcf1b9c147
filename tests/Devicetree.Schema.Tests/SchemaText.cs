using System.Globalization;
using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests;

/// <summary>YAML in, one line of JSON-like text out: what tests compare.</summary>
internal static class SchemaText
{
    public static SchemaValue Parse(string yaml)
    {
        var diagnostics = new DiagnosticBag();
        SchemaValue? value = YamlLoader.Load(new SourceText("t.yaml", yaml), diagnostics);
        Assert.Empty(diagnostics.Items);
        return value!;
    }

    public static string Show(SchemaValue value)
    {
        var text = new StringBuilder();
        Show(value, text);
        return text.ToString();
    }

    private static void Show(SchemaValue value, StringBuilder text)
    {
        switch (value)
        {
            case SchemaNull:
                text.Append("null");
                break;
            case SchemaBoolean boolean:
                text.Append(boolean.Value ? "true" : "false");
                break;
            case SchemaInteger integer:
                text.Append(integer.Value.ToString(CultureInfo.InvariantCulture));
                break;
            case SchemaFloat real:
                text.Append(real.Value.ToString("0.0###", CultureInfo.InvariantCulture));
                break;
            case SchemaString chars:
                text.Append('\'').Append(chars.Value).Append('\'');
                break;
            case SchemaTimestamp date:
                text.Append("date ").Append(date.Text);
                break;
            case SchemaArray array:
                text.Append('[');
                for (int i = 0; i < array.Items.Count; i++)
                    Show(array.Items[i], i == 0 ? text : text.Append(", "));
                text.Append(']');
                break;
            case SchemaObject mapping:
                text.Append('{');
                for (int i = 0; i < mapping.Count; i++)
                {
                    (i == 0 ? text : text.Append(", ")).Append(mapping.Entries[i].Key).Append(": ");
                    Show(mapping.Entries[i].Value, text);
                }
                text.Append('}');
                break;
        }
    }
}
