using System.Security.Cryptography;
using System.Text;
using Conformance.Tests.Schema;
using Conformance.Tests.Tools;
using Devicetree.Schema.Documents;
using Devicetree.Schema.Documents.Python;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Text.Diagnostics;

namespace Conformance.Tests.Bindings;

/// <summary>
/// Bindings as documents against the newest dt-doc-validate: with its own rules by what it printed, and our rules by its rules.
/// </summary>
public class DocumentTests(ReferenceCore core)
{
    /// <summary>
    /// SHA-256 of the 1,845 lines that the newest dt-doc-validate (dt-schema commit 01b5073) prints for the bindings of
    /// linux-source-6.1 (6.1.192-2), one after the other by rising name, without the directory of the bindings.
    /// </summary>
    private const string NewestDigest = "01d5968bd5924ae1b435d6b4b75598ecd56b8ff18549ab79b05651c1636ff29a";

    /// <summary>The same with <c>-n</c>, of each error the first line up to the path.</summary>
    private const string NewestPlacesDigest = "d3ecb825730fb1a77032dd020f7fc146721a8ec82f1dc49a203634f2ef4bf8a6";

    private const int NewestCount = 2_983;
    private const int Seed = 120;
    private const int Mutants = 2_500;

    [Fact]
    public void Every_binding_of_the_kernel_gets_the_lines_and_places_that_the_newest_dt_doc_validate_prints()
    {
        (string File, DocumentResult Result)[] results = CheckAll();
        string lines = string.Concat(results.SelectMany(one => Lines(one.File, one.Result, places: false)));
        Assert.Equal(NewestDigest, Digest(lines));
        lines = string.Concat(results.SelectMany(one => Lines(one.File, one.Result, places: true).Select(FirstLine)));
        Assert.Equal(NewestPlacesDigest, Digest(lines));
    }

    [Fact]
    public void Our_rules_find_the_same_places_in_the_kernels_bindings_as_those_of_the_newest_dt_schema()
    {
        BindingCorpus.Require();
        MetaSchemas theirs = Theirs();
        string[] differences = [.. BindingCorpus.All().AsParallel().AsOrdered()
            .Select(file => Difference(file, Load(file), theirs)).OfType<string>()];
        Assert.True(differences.Length == 0, string.Join('\n', differences.Take(20)));
    }

    [Fact]
    public void Our_rules_find_the_same_places_in_mutated_bindings_as_those_of_the_newest_dt_schema()
    {
        BindingCorpus.Require();
        MetaSchemas theirs = Theirs();
        string[] files = BindingCorpus.All();
        var random = new Random(Seed);
        var mutator = new DocumentMutator(random);
        (string Name, SchemaObject Document)[] mutants = [.. Enumerable.Range(0, Mutants).Select(number =>
        {
            string file = files[random.Next(files.Length)];
            return ($"mutant {number} of {file}", mutator.Mutate(Load(file)));
        })];
        int refused = mutants.AsParallel().Count(mutant => Check(mutant.Document, theirs).Errors.Count > 0);
        string[] differences = [.. mutants.AsParallel().AsOrdered()
            .Select(mutant => Difference(mutant.Name, mutant.Document, theirs)).OfType<string>()];
        Assert.True(differences.Length == 0,
            $"seed {Seed}, {differences.Length} differ:\n{string.Join('\n', differences.Take(20))}");
        Assert.True(refused > Mutants / 2, $"only {refused} mutants break a rule");
    }

    private MetaSchemas Theirs()
    {
        ReferenceCore.Require();
        return MetaSchemas.In(core.Directory)!;
    }

    private (string File, DocumentResult Result)[] CheckAll()
    {
        BindingCorpus.Require();
        var checker = new DocumentChecker(Theirs(), CoreSchemas.In(core.Directory));
        string[] files = BindingCorpus.All();
        if (files.Length != NewestCount)
            ExternalTool.Missing($"the bindings are not those of linux-source-6.1 6.1.192-2: {files.Length} files");
        return [.. files.AsParallel().AsOrdered().Select(file => (file, checker.Check(Load(file), file)))];
    }

    private static IEnumerable<string> Lines(string file, DocumentResult result, bool places)
    {
        Assert.Null(result.Refusal);
        var form = new OriginalDocumentText(file, places, verbose: false);
        return form.Of(result.Errors).Concat(result.References.Select(form.Of))
            .Select(line => line.Replace(BindingCorpus.Root + "/", "", StringComparison.Ordinal) + "\n");
    }

    /// <summary>
    /// A line up to the first blank behind the path, that is without values; with Python 3.11 the original prints those as
    /// ordereddict.
    /// </summary>
    private static string FirstLine(string text)
    {
        string line = text[..text.IndexOf('\n', StringComparison.Ordinal)];
        int path = line.IndexOf(": ", StringComparison.Ordinal);
        int value = path < 0 ? -1 : line.IndexOf(' ', path + 2);
        return (value < 0 ? line : line[..value]) + "\n";
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string? Difference(string name, SchemaObject document, MetaSchemas theirs)
    {
        DocumentResult result = Check(document, MetaSchemas.BuiltIn);
        string[] ours = Places(result);
        string[] their = Places(Check(document, theirs));
        if (ours.SequenceEqual(their))
            return null;
        return $"{name}: only ours [{string.Join(' ', ours.Except(their))}], only theirs [{string.Join(' ', their.Except(ours))}]: "
            + string.Join("; ", result.Errors.Select(error => OriginalWords.Of(error.Error)).Take(5));
    }

    private static string[] Places(DocumentResult result) =>
        [.. result.Errors.Select(error => string.Join(':', error.Error.AbsolutePath)).Append(result.Refusal?.Rule.Id ?? "")
        .Distinct().Order(StringComparer.Ordinal)];

    private static DocumentResult Check(SchemaObject document, MetaSchemas rules) =>
        new DocumentChecker(rules, CoreSchemas.None).Check(document, "/none.yaml");

    private static SchemaObject Load(string file)
    {
        var diagnostics = new DiagnosticBag();
        var binding = (SchemaObject?)YamlLoader.LoadFile(file, diagnostics);
        Assert.Empty(diagnostics.Items);
        return binding!;
    }
}
