using Devicetree.Flattened;
using Devicetree.Loading;
using Devicetree.Overlays;
using Devicetree.Schema.Decoding.Trees;
using Devicetree.Schema.Findings.Explained;
using Devicetree.Schema.Loading;
using Devicetree.Schema.Validation.Bindings;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Reports;

var diagnostics = new DiagnosticBag();
var includes = new PreprocessorOptions { IncludeDirectories = ["include"], Files = new DiskIncludeFiles() };
var loader = new DocumentLoader(new() { Preprocessing = includes, Compilation = new() { GenerateSymbols = true, Files = new DiskSourceFiles() } });
DevicetreeDocument? board = loader.Load(new("board.dts", File.ReadAllBytes("board.dts")), diagnostics);
DevicetreeDocument? overlay = loader.Load(new("lamp.dtso", File.ReadAllBytes("lamp.dtso")), diagnostics);
foreach (Diagnostic diagnostic in diagnostics.Items)
    Console.WriteLine(diagnostic.Render());
if (board is null || overlay is null)
    return 1;
board.Tree.Find("/chosen")!.SetString("bootargs", "quiet");
var stack = new OverlayStack(board.Tree);
if (stack.Apply(overlay.Tree) is OverlayError error)
    throw new InvalidDataException(error.ToString());
var validator = new BindingValidator(SchemaLoader.Load(["bindings"], CoreSchemas.BuiltIn, new()));
var explainer = new FindingExplainer(validator);
foreach (ReportItem item in explainer.Explain(new(validator, new()), TreeDecoder.Decode(stack.Tree, validator.Types), "board.dts", new SourcePlaces(board.Source)))
    Console.WriteLine($"{item.NodePath} {item.Property}: {item.Diagnostic}");
File.WriteAllBytes("board.dtb", FdtWriter.Write(stack.Tree));
return 0;
