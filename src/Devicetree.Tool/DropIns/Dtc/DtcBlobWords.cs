using System.Globalization;
using Devicetree.Flattened;
using Devicetree.Text.Diagnostics;

namespace Devicetree.Tool.DropIns.Dtc;

/// <summary>What is wrong with a blob, in dtc's words; for what crashes dtc there are none, and ours are said.</summary>
internal static class DtcBlobWords
{
    /// <summary>A text for each rule; its arguments are those of the finding.</summary>
    private static readonly Dictionary<string, string> _texts = new()
    {
        [BlobRules.NoMagic.Id] = "EOF reading DT blob magic number",
        [BlobRules.BadMagic.Id] = "Blob has incorrect magic number",
        [BlobRules.NoSize.Id] = "EOF reading DT blob size",
        [BlobRules.TooSmall.Id] = "DT blob size ({1}) is too small",
        [BlobRules.FileTooShort.Id] = "EOF before reading {1} bytes of DT blob",
        [BlobRules.ReservationsOutside.Id] = "Mem Reserve structure offset exceeds total size",
        [BlobRules.StructureOutside.Id] = "DT structure offset exceeds total size",
        [BlobRules.StringsOutside.Id] = "String table offset exceeds total size",
        [BlobRules.StringsTooLong.Id] = "String table extends past total size",
        [BlobRules.StructureTooLong.Id] = "Structure block extends past total size",
        [BlobRules.PrematureEnd.Id] = "Premature end of data parsing flat device tree",
        [BlobRules.NoRoot.Id] = "Device tree blob doesn't begin with FDT_BEGIN_NODE (begins with 0x{1:x8})",
        [BlobRules.NoEnd.Id] = "Device tree blob doesn't end with FDT_END",
        [BlobRules.PrematureEndTag.Id] = "Premature FDT_END in device tree blob",
        [BlobRules.BadTag.Id] = "Invalid opcode word {1:x8} in device tree blob",
        [BlobRules.BadStringOffset.Id] = "String offset {2} overruns string table",
        [BlobRules.BadPath.Id] = "Path \"{1}\" is not valid as a child of \"{2}\"",
        [BlobRules.PropertyAfterNode.Id] = "Flat tree input has subnodes preceding a property.",
        [BlobRules.NopInOldVersion.Id] = "NOP tag found in flat tree version <16",
    };

    /// <summary>The words for a finding.</summary>
    public static string Of(Diagnostic finding)
    {
        if (!_texts.TryGetValue(finding.Rule.Id, out string? text))
            return finding.Message;
        object[] arguments = [.. finding.Arguments];
        // dtc prints these two numbers with a sign.
        if (finding.Rule.Id == BlobRules.FileTooShort.Id)
            arguments[1] = unchecked((int)(uint)arguments[1]);
        if (finding.Rule.Id == BlobRules.BadStringOffset.Id)
            arguments[2] = unchecked((int)(uint)arguments[2]);
        return string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}
