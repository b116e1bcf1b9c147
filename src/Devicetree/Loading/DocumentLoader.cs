using Devicetree.Compatibility;
using Devicetree.Compilation;
using Devicetree.Decompilation;
using Devicetree.Directories;
using Devicetree.Flattened;
using Devicetree.Live;
using Devicetree.Source;
using Devicetree.Source.Preprocessing;
using Devicetree.Text.Diagnostics;
using Devicetree.Text.Sources;

namespace Devicetree.Loading;

/// <summary>
/// The one way from bytes or text to a devicetree: what a file is, its first bytes say; sources are preprocessed and compiled,
/// blobs read by one set of rules, and files that hold something else are named with what to do about them. It opens no files
/// itself: those that a source includes come through the options. Safe for use by several threads where these are.
/// </summary>
/// <param name="options">How.</param>
public sealed class DocumentLoader(LoadingOptions options)
{
    /// <summary>Brings in a file.</summary>
    /// <param name="file">Its bytes, which must not change afterwards, and what diagnostics call it.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>The document; null after an error.</returns>
    public DevicetreeDocument? Load(SourceText file, DiagnosticBag diagnostics) => Load(file, diagnostics, out _);

    /// <summary>Brings in a file.</summary>
    /// <param name="file">Its bytes, which must not change afterwards, and what diagnostics call it.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="stopped">True when a source could not be read to its end.</param>
    /// <returns>The document; null after an error.</returns>
    internal DevicetreeDocument? Load(SourceText file, DiagnosticBag diagnostics, out bool stopped)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(diagnostics);
        stopped = false;
        int errors = diagnostics.ErrorCount;
        int start = 0;
        // dtc is told what it gets, or guesses it in its own way.
        bool isBlob = options.Blobs == BlobReading.AsDtc ? options.Accepts == DocumentKinds.Blob
            : FdtReader.IsBlob(file.Bytes.Span);
        if (options.Blobs != BlobReading.AsDtc && !TryFind(ref file, ref start, ref isBlob, diagnostics))
            return null;
        DevicetreeDocument? document = isBlob ? ReadBlob(file, start, diagnostics) : ReadSource(file, diagnostics, out stopped);
        return diagnostics.ErrorCount == errors ? document : null;
    }

    /// <summary>Runs the preprocessor over a source, if one is asked for.</summary>
    /// <param name="file">The source.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <param name="included">The files that were read.</param>
    /// <returns>The text that is compiled; null after an error.</returns>
    public SourceText? Preprocess(SourceText file, DiagnosticBag diagnostics, out IReadOnlyList<string> included)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(diagnostics);
        included = [];
        if (options.Preprocessing is null)
            return file;
        PreprocessedSource? preprocessed = Preprocessor.Run(file, options.Preprocessing, diagnostics);
        if (preprocessed is not null)
            included = preprocessed.Files;
        return preprocessed?.Text;
    }

    /// <summary>Brings in a directory as Linux shows a devicetree in it.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="diagnostics">Gets what is wrong.</param>
    /// <returns>The document; null after an error.</returns>
    public DevicetreeDocument? LoadDirectory(string path, string name, DiagnosticBag diagnostics)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(diagnostics);
        var file = new SourceText(name, ReadOnlyMemory<byte>.Empty);
        DirectoryError? error;
        if (options.PlainTrees)
        {
            if (DirectoryReader.TryRead(new DiskDirectoryTree(path), out Tree? tree, out error))
                return new(DocumentKinds.Directory, file, null, tree);
        }
        else
        {
            if (LiveDirectoryReader.Read(path, diagnostics, name: name) is not LiveTree live)
                return null;
            // StrictChoices.DirectoriesAreTrees.
            error = options.Blobs == BlobReading.AsDtc
                ? null : DirectoryReader.RootFault(live.Root!.Properties.Live.Select(property => property.Name));
            if (error is null)
                return new(DocumentKinds.Directory, file, live, null);
        }
        diagnostics.Report(LoadingRules.BadDirectory, default, name, error);
        return null;
    }

    /// <summary>Finds what is meant in a file, and says what else is in it.</summary>
    private bool TryFind(ref SourceText file, ref int start, ref bool isBlob, DiagnosticBag diagnostics)
    {
        ReadOnlySpan<byte> bytes = file.Bytes.Span;
        if (bytes.IsEmpty)
            return Refuse(diagnostics, LoadingRules.Empty);
        if (isBlob)
        {
            return options.Accepts.HasFlag(DocumentKinds.Blob)
                ? TryChoose(ref file, ref start, BlobsInFile.Search(bytes, 0), diagnostics) : Refuse(diagnostics,
                    LoadingRules.IsBlob);
        }
        FileFormat? format = FileFormats.Find(bytes, out int foreign);
        if (format is null)
            return options.Accepts.HasFlag(DocumentKinds.Source) || Refuse(diagnostics, LoadingRules.IsSource);
        if (format.Command is not null)
            return Refuse(diagnostics, LoadingRules.Compressed, format.Name, format.Command, file.Path);
        List<BlobInFile> blobs = format == FileFormats.AndroidTable ? BlobsInFile.OfAndroidTable(bytes)
            : BlobsInFile.Search(bytes, 0);
        if (blobs.Count == 0)
        {
            return format.Magic.Length == 0
                ? Refuse(diagnostics, LoadingRules.NoDevicetree, bytes[foreign], foreign) : Refuse(diagnostics,
                    LoadingRules.OtherFormat, format.Name);
        }
        if (options.Entry is null)
            return Refuse(diagnostics, LoadingRules.Container, format.Name, BlobsInFile.Describe(blobs));
        isBlob = true;
        return TryTake(ref file, ref start, blobs, options.Entry.Value, diagnostics);
    }

    /// <summary>Chooses among the blobs of a file that begins with one; the first may be damaged, and is read then.</summary>
    private bool TryChoose(ref SourceText file, ref int start, List<BlobInFile> blobs, DiagnosticBag diagnostics)
    {
        if (options.Entry is int entry)
            return TryTake(ref file, ref start, blobs, entry, diagnostics);
        if (blobs.Count == 0 || blobs[0].Offset > 0)
            return true;
        BlobInFile first = blobs[0];
        if (blobs.Count > 1)
            diagnostics.Report(LoadingRules.MoreBlobs, default, BlobsInFile.Describe(blobs));
        else if (first.Length < file.Bytes.Length)
            diagnostics.Report(LoadingRules.TrailingBytes, default, file.Bytes.Length - first.Length, first.Length);
        file = Part(file, first);
        return true;
    }

    private static bool TryTake(ref SourceText file, ref int start, List<BlobInFile> blobs, int entry, DiagnosticBag diagnostics)
    {
        if (entry < 1 || entry > blobs.Count)
            return Refuse(diagnostics, LoadingRules.NoEntry, entry, BlobsInFile.Describe(blobs));
        start = blobs[entry - 1].Offset;
        file = Part(file, blobs[entry - 1]);
        return true;
    }

    private static SourceText Part(SourceText file, BlobInFile blob) =>
        blob.Length == file.Bytes.Length ? file : new(file.Path, file.Bytes.Slice(blob.Offset, blob.Length));

    private DevicetreeDocument? ReadBlob(SourceText file, int start, DiagnosticBag diagnostics)
    {
        var faults = new BlobFaults(diagnostics, start);
        DtcVersion version = options.Compilation.Version;
        if (options.Blobs == BlobReading.AsDtc)
            return BlobReader.Read(file.Bytes, version, diagnostics) is LiveTree dtc ? new(DocumentKinds.Blob, file, dtc, null)
                : null;
        BlobTolerance tolerance = options.Blobs switch
        {
            BlobReading.Looking => BlobTolerance.Looking,
            BlobReading.Strict => BlobTolerance.Strict(FdtReaderOptions.Default),
            _ => BlobTolerance.Working,
        };
        if (options.PlainTrees)
            return FdtReader.Read(file.Bytes, tolerance, faults) is Tree tree ? new(DocumentKinds.Blob, file, null, tree) : null;
        LiveTree? live = BlobReader.Read(file.Bytes, tolerance, version, faults, diagnostics);
        if (live is null)
            return null;
        if (options.RestoresReferences)
        {
            Restoration.RestoreLabels(live, diagnostics);
            Restoration.RestoreReferences(live, diagnostics);
            PathFixups.Of(live).Restore(diagnostics);
        }
        return new(DocumentKinds.Blob, file, live, null);
    }

    private DevicetreeDocument? ReadSource(SourceText file, DiagnosticBag diagnostics, out bool stopped)
    {
        stopped = false;
        if (Preprocess(file, diagnostics, out IReadOnlyList<string> included) is not SourceText text)
            return null;
        if (options.Finishes)
        {
            return DevicetreeCompiler.Compile(text, diagnostics, options.Compilation) is LiveTree tree
                ? new(DocumentKinds.Source, file, tree, null) { Text = text, IncludedFiles = included } : null;
        }
        SourceReading reading = SourceReader.Read(text, diagnostics, options.Compilation);
        stopped = reading.Stopped;
        return !reading.IsGood ? null : new(DocumentKinds.Source, file, reading.Tree, null)
        {
            Text = text,
            IncludedFiles = included,
            InitialPath = reading.InitialPath,
        };
    }

    private static bool Refuse(DiagnosticBag diagnostics, DiagnosticRule rule, params ReadOnlySpan<object> arguments)
    {
        diagnostics.Report(rule, default, arguments);
        return false;
    }
}
