using System.Text;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings;
using Devicetree.Schema.Findings.Python;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Tool.Input;

namespace Devicetree.Tool.DropIns.DtValidate;

/// <summary>dt-validate: checks blobs against bindings, prints what it finds as the newest release does.</summary>
internal static class DtValidateProgram
{
    /// <summary>What the original ends with where a path that must exist does not: -1.</summary>
    private const int NoSuchPath = 255;

    /// <summary>Runs a command line.</summary>
    /// <returns>
    /// 0, whatever is found; 1 when a blob or the schemas cannot be read or the JSON cannot be written; 2 for wrong usage; 255
    /// when there are no such schemas.
    /// </returns>
    public static int Run(ToolHost host, string[] args)
    {
        var options = new DtValidateOptions();
        if (options.Read(args, host) is int done)
            return done;
        if (options.CacheDir is not null && !(options.Schema is string file && File.Exists(host.FullPath(file))))
        {
            Print(host.Error, "--cache-dir requires a schema file\n");
            return NoSuchPath;
        }
        if (options.Schema is { Length: > 0 } path && !SchemaArgument.Exists(host, path))
            return NoSuchPath;
        ProcessedSchemas? schemas = SchemaArgument.Load(host, DtValidateOptions.Program,
            options.Schema is { Length: > 0 } named ? [named] : [], cached: true);
        return schemas is null ? 1 : Check(host, options, new BindingValidator(schemas, new() { MissingSchemasForbid = true }));
    }

    private static int Check(ToolHost host, DtValidateOptions options, BindingValidator validator)
    {
        IReadOnlyList<string> files = BlobFiles.Find(host, options.Paths);
        var findings = new List<SchemaObject>();
        int code = 0;
        OrderedWork.Run(
            files.Count,
            host.Workers,
            index => CheckFile(host, options, validator, files[index]),
            (index, failure) => FileResult.Unreadable(files[index], InputRules.Fault(host, failure).Items[0].Message),
            result =>
            {
                if (options.Verbose)
                    Print(host.Output, $"Check:  {result.Path}\n");
                Print(host.Error, result.Text);
                findings.AddRange(result.Findings);
                code = result.IsUnreadable ? 1 : code;
            });
        return options.JsonOutput is string json && !TryWriteJson(host, json, findings) ? 1 : code;
    }

    private static FileResult CheckFile(ToolHost host, DtValidateOptions options, BindingValidator validator, string path)
    {
        if (StrictBlob.Read(host, path, out string reason) is not Tree tree)
            return FileResult.Unreadable(path, reason);
        string display = DisplayName.Of(host, path);
        var text = new OriginalText(display, options.Verbose);
        OriginalJson? json = options.JsonOutput is null ? null : new(display, text);
        var lines = new StringBuilder();
        var findings = new List<SchemaObject>();
        bool isProcessed = options.Schema is { Length: > 0 } schema && ProcessedSchemaFile.IsOne(host.FullPath(schema));
        var check = new TreeCheck(
            validator, new() { Filter = options.Filter, Undocumented = options.ShowUnmatched, UndocumentedLast = !isProcessed });
        check.Run(TreeDecoder.Decode(tree, validator.Types), finding =>
        {
            lines.Append(text.Of(finding)).Append('\n');
            if (json is not null)
                findings.Add(json.Of(finding));
        });
        return new(path, lines.ToString(), findings, false);
    }

    private static bool TryWriteJson(ToolHost host, string path, List<SchemaObject> findings)
    {
        if (DropInOutput.TryOpen(path, host, out Stream? file, out string? reason))
        {
            using (file)
                OriginalJson.Write(findings, file);
            return true;
        }
        Print(host.Error, $"{DtValidateOptions.Program}: cannot write {path}: {reason}\n");
        return false;
    }

    private static void Print(Stream stream, string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush();
    }

    /// <summary>What came of one file.</summary>
    private sealed record FileResult(string Path, string Text, IReadOnlyList<SchemaObject> Findings, bool IsUnreadable)
    {
        public static FileResult Unreadable(string path, string reason) =>
            new(path, $"{DtValidateOptions.Program}: {path}: {reason}\n", [], true);
    }
}
