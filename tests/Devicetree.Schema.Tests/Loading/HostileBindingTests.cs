using System.Text;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Processing;
using Devicetree.Text.Sources;

namespace Devicetree.Schema.Tests.Loading;

/// <summary>Bindings that were written to do harm. One of them never keeps the others from being used.</summary>
public sealed class HostileBindingTests
{
    /// <summary>Many times what any of them takes, and nothing beside what they would take.</summary>
    private const long MostForHarmful = 1L << 20;

    public static TheoryData<string, string> Harmful => new()
    {
        { "aliases of aliases",
            "a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\nproperties: {g: {enum: [*f, *f, *f, *f, *f, *f, *f, *f]}}" },
        { "deep lists", "properties: {a: {enum: " + new string('[', 5000) + new string(']', 5000) + "}}" },
        { "deep conditions", "properties: {a: " + string.Concat(Enumerable.Repeat("{not: ", 3000)) + "true"
            + new string('}', 3001) },
        { "a schema inside of itself", "properties: &p {a: {properties: *p}}" },
        { "wrong types everywhere", "properties: [1]\nrequired: {a: b}\nallOf: x\nitems: 5\nselect: [x]" },
        { "no regular expression", "patternProperties: {'(((': true}" },
        { "a tag of Python", "properties: !!python/object/apply:os.system [x]" },
        { "an identifier that is none", "$id: [1]\nproperties: {}" },
    };

    public static TheoryData<string, string> Odd => new()
    {
        { "references in a circle",
            "properties: {a: {$ref: '#/properties/b'}, b: {$ref: '#/properties/c'}, c: {$ref: '#/properties/a'}}" },
        { "a reference to itself", "properties: {a: {$ref: '#/properties/a'}, b: {$ref: '#'}}\nallOf: [{$ref: '#'}]" },
        { "types in a circle", "properties: {a: {$ref: 'x.yaml#/properties/b'}, b: {$ref: 'x.yaml#/properties/a'}}" },
        { "references to nothing",
            "properties: {a: {$ref: '#/none/at/all'}, b: {$ref: '#/properties/b/x'}, c: {$ref: ''}, d: {$ref: '%'}, e: {$ref: '#%zz'}}" },
        { "a pattern that backtracks",
            "properties: {compatible: {pattern: '^(a+)+$'}}\npatternProperties: {'^(([a-z])+.)+[A-Z]([a-z])+$': {$ref: 'types.yaml#/definitions/uint32'}}" },
        { "a pattern that looks ahead and backtracks",
            "patternProperties: {'^(?!x)(a+)+$': {$ref: 'types.yaml#/definitions/uint32'}}" },
        { "empty keywords", "properties: {a: {items: []}, b: {enum: []}, c: {oneOf: [true]}, d: {items: [[]]}}\nrequired: []" },
        { "numbers without end",
            "properties: {a: {minItems: 0, maxItems: 99999999999999999999}, b: {const: 0x7fffffffffffffffffffffffffffffff}, c: {minimum: 1e308}}" },
    };

    [Theory]
    [MemberData(nameof(Harmful))]
    public void A_harmful_file_is_left_out_with_a_diagnostic(string what, string yaml)
    {
        (ProcessedSchemas schemas, SchemaLoadReport report, long bytes) = LoadWithGood(yaml);
        Assert.NotNull(schemas.FindByCompatible("acme,good"));
        Assert.Null(schemas.Find("http://devicetree.org/schemas/x.yaml"));
        Assert.True(report.Diagnostics.Items.Count > 0, what);
        Assert.InRange(bytes, 1, MostForHarmful);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public void An_odd_file_ends_nothing(string what, string yaml)
    {
        (ProcessedSchemas schemas, _, long bytes) = LoadWithGood(yaml);
        Assert.NotNull(schemas.FindByCompatible("acme,good"));
        bytes += Allocations.Of(() =>
        {
            string text = new('a', 60);
            schemas.PropertyTypes.Of(text + "!");
            schemas.IsDocumented(text + "!");
            foreach (ProcessedSchema schema in schemas.Schemas)
            {
                foreach (string reference in (string[])["#/properties/a", "#", "#/none", "", "%", "#%zz", "//", ":", "?",
                    "../../../..", "#/allOf/9999999999"])
                    schemas.Resolve(schema, reference);
            }
        });
        Assert.True(bytes is > 0 and < MostForHarmful, $"{what}: {bytes} bytes");
    }

    /// <summary>Pieces of a good binding in any order, at any depth; the seed is in the message.</summary>
    [Fact]
    public void Mutated_bindings_never_end_in_an_exception()
    {
        string good = File.ReadAllText(Path.Combine(Checkout.Root, "bindings", "gunyah-hypervisor.yaml"));
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            string[] lines = good.Split('\n');
            for (int change = random.Next(1, 6); change > 0; change--)
                Mutate(lines, random);
            try
            {
                SchemaLoader.Load([new SourceText("mutant.yaml", string.Join('\n', lines))], new SchemaLoadReport());
            }
            catch (Exception failure)
            {
                Assert.Fail($"seed {seed}: {failure}");
            }
        }
    }

    private static void Mutate(string[] lines, Random random)
    {
        int at = random.Next(lines.Length);
        string[] pieces = ["$ref: '#'", "const: {}", "items: 1", "- x", "required: y", "? [a]", "*a", "&a", "enum: ~",
            "not: false", "'", "oneOf: [[]]", "\t"];
        lines[at] = random.Next(5) switch
        {
            0 => lines[random.Next(lines.Length)],
            1 => new string(' ', 2 * random.Next(5)) + pieces[random.Next(pieces.Length)],
            2 => lines[at].Replace(": ", ": {", StringComparison.Ordinal),
            3 => new StringBuilder(lines[at]).Insert(random.Next(lines[at].Length + 1), (char)random.Next(1, 0x3000)).ToString(),
            _ => "",
        };
    }

    private static (ProcessedSchemas Schemas, SchemaLoadReport Report, long Bytes) LoadWithGood(string yaml)
    {
        var report = new SchemaLoadReport();
        string id = yaml.StartsWith("$id", StringComparison.Ordinal) ? "" : "$id: http://devicetree.org/schemas/x.yaml#\n";
        ProcessedSchemas? schemas = null;
        long bytes = Allocations.Of(() => schemas = SchemaLoader.Load(
        [
            new SourceText("x.yaml", id + yaml + "\n"),
            new SourceText("good.yaml",
                "$id: http://devicetree.org/schemas/good.yaml#\nproperties: {compatible: {const: 'acme,good'}}\n"),
        ], report));
        return (schemas!, report, bytes);
    }
}
