using System.Buffers.Binary;
using Devicetree.Schema.Model;
using Devicetree.Schema.Processing;
using static Devicetree.Schema.Caching.CacheLayout;

namespace Devicetree.Schema.Caching;

/// <summary>Makes the bytes of a cache file.</summary>
internal static class CacheImage
{
    public static byte[] Build(MemoryStore store, SchemaLoadReport report)
    {
        var strings = new CacheStrings();
        var sections = new CacheBuffer[Sections];
        sections[(int)Section.Values] = new CacheBuffer();
        sections[(int)Section.TypeLists] = new CacheBuffer();
        sections[(int)Section.Schemas] = Schemas(store, sections[(int)Section.Values], strings);
        sections[(int)Section.Ids] = strings.Table(
            [.. Enumerable.Range(0, store.Count).Select(i => KeyValuePair.Create(store.Id(i), (uint)i))]);
        sections[(int)Section.Compatibles] = strings.Table(
            [.. store.Choosing.Select(entry => KeyValuePair.Create(entry.Key, (uint)entry.Value))]);
        sections[(int)Section.Documented] = strings.Table(
            [.. store.AllDocumented().Select(text => KeyValuePair.Create(text, 0u))]);
        sections[(int)Section.Types] = strings.Table([.. TypeLists(store.AllTypes(), sections[(int)Section.TypeLists], strings)]);
        var patterns = new CacheBuffer();
        foreach ((string pattern, uint types) in TypeLists(store.PatternTypes, sections[(int)Section.TypeLists], strings))
        {
            patterns.AddWord(strings.NumberOf(pattern));
            patterns.AddWord(types);
        }
        sections[(int)Section.PatternTypes] = patterns;
        var compatiblePatterns = new CacheBuffer();
        foreach (string pattern in store.CompatiblePatterns)
            compatiblePatterns.AddWord(strings.NumberOf(pattern));
        sections[(int)Section.CompatiblePatterns] = compatiblePatterns;
        sections[(int)Section.Report] = CacheReport.Write(report, strings);
        sections[(int)Section.StringStarts] = strings.Starts;
        sections[(int)Section.Strings] = strings.Bytes;
        return Join(sections);
    }

    private static CacheBuffer Schemas(MemoryStore store, CacheBuffer values, CacheStrings strings)
    {
        var table = new CacheBuffer();
        for (int i = 0; i < store.Count; i++)
        {
            SchemaObject schema = store.Schema(i);
            SelectKind kind = store.SelectKind(i);
            table.AddWord(strings.NumberOf(store.Id(i)));
            table.AddWord(strings.NumberOf(store.FileName(i)));
            table.AddWord((uint)kind);
            table.AddWord((uint)CacheValues.Write(schema, values, strings));
            // Every node is tested for the select of these, few for the rest: it stands once more by itself.
            table.AddWord(kind == SelectKind.Conditional ? (uint)CacheValues.Write(schema["select"]!, values, strings) : None);
        }
        return table;
    }

    private static IEnumerable<KeyValuePair<string, uint>> TypeLists(
        IEnumerable<KeyValuePair<string, IReadOnlyList<PropertyType>>> entries, CacheBuffer lists, CacheStrings strings)
    {
        foreach ((string name, IReadOnlyList<PropertyType> types) in entries)
        {
            uint start = (uint)lists.Length;
            lists.AddNumber((ulong)types.Count);
            foreach (PropertyType type in types)
            {
                lists.AddNumber(type.Name is null ? 0 : (ulong)strings.NumberOf(type.Name) + 1);
                lists.Add((byte)(type.Dimensions is null ? 0 : 1));
                if (type.Dimensions is not PropertyDimensions sizes)
                    continue;
                foreach (long size in (ReadOnlySpan<long>)[sizes.Outer.Minimum, sizes.Outer.Maximum, sizes.Inner.Minimum,
                    sizes.Inner.Maximum])
                    lists.AddSigned(size);
            }
            yield return new(name, start);
        }
    }

    private static byte[] Join(CacheBuffer[] sections)
    {
        foreach (CacheBuffer section in sections)
            section.Align();
        int length = (HeaderWords * sizeof(uint)) + sections.Sum(section => section.Length);
        var file = new byte[length];
        WriteWord(file, 0, Magic);
        WriteWord(file, 2, (uint)length);
        int start = HeaderWords * sizeof(uint);
        for (int i = 0; i < sections.Length; i++)
        {
            WriteWord(file, 3 + i, (uint)start);
            sections[i].Bytes.CopyTo(file.AsSpan(start));
            start += sections[i].Length;
        }
        WriteWord(file, 1, Checksum(file));
        return file;
    }

    private static void WriteWord(byte[] file, int index, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(index * sizeof(uint)), value);
}
