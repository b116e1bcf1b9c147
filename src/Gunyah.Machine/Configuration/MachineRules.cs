using System.Collections.Immutable;
using Devicetree.Text.Diagnostics;

namespace Gunyah.Machine.Configuration;

/// <summary>What can be wrong with a machine file that is YAML; the ids are stable. GM0001 was what is no YAML: now rows of YamlRules.</summary>
public static class MachineRules
{
    /// <summary>The file holds nothing.</summary>
    public static readonly DiagnosticRule Empty = new("GM0002", "empty-file", Severity.Error, "the file describes no machine", "a list '{0}:' is the least it needs");

    /// <summary>A key that is in no row.</summary>
    public static readonly DiagnosticRule UnknownKey = new("GM0003", "unknown-key", Severity.Error, "unknown key '{0}'", "{1}");

    /// <summary>A key that stands twice in one group.</summary>
    public static readonly DiagnosticRule DuplicateKey = new("GM0004", "duplicate-key", Severity.Error, "the key '{0}' stands here a second time", "remove one of them");

    /// <summary>A key without default is missing.</summary>
    public static readonly DiagnosticRule MissingKey = new("GM0005", "missing-key", Severity.Error, "the key '{0}' is missing", "add it with {1}");

    /// <summary>A group or a list stands where a value belongs, or the other way round.</summary>
    public static readonly DiagnosticRule WrongKind = new("GM0006", "wrong-kind", Severity.Error, "'{0}' is {1}", "write {2}");

    /// <summary>A value that cannot be read as what its key wants.</summary>
    public static readonly DiagnosticRule BadValue = new("GM0007", "bad-value", Severity.Error, "'{0}' cannot be {1}", "write {2}");

    /// <summary>A number, size or time outside its range.</summary>
    public static readonly DiagnosticRule OutOfRange = new("GM0008", "out-of-range", Severity.Error, "'{0}' is {1}, which is outside {2} to {3}", "write a value from {2} to {3}");

    /// <summary>A size of memory that is not whole pages.</summary>
    public static readonly DiagnosticRule NotWholePages = new("GM0009", "not-whole-pages", Severity.Error, "'{0}' is {1} bytes, which are not whole pages", "write a multiple of {2}");

    /// <summary>A name that two VMs have.</summary>
    public static readonly DiagnosticRule DuplicateName = new("GM0010", "duplicate-name", Severity.Error, "two VMs are called '{0}'", "give each its own name");

    /// <summary>Messages larger than a queue takes.</summary>
    public static readonly DiagnosticRule MessageTooLarge = new("GM0011", "message-too-large", Severity.Error, "the exchange's messages have {0} bytes and this queue takes {1}", "make one of them fit");

    /// <summary>A program that nobody has registered.</summary>
    public static readonly DiagnosticRule UnknownProgram = new("GM0012", "unknown-program", Severity.Error, "there is no program '{0}'", "the known ones are {1}");

    /// <summary>A list with too few or too many entries.</summary>
    public static readonly DiagnosticRule BadCount = new("GM0013", "bad-count", Severity.Error, "'{0}' has {1} entries", "write {2} to {3}");

    /// <summary>VMs that do not fit into the memory they are lent from.</summary>
    public static readonly DiagnosticRule MemoryTooSmall = new("GM0014", "memory-too-small", Severity.Error, "this VM needs {0} bytes of the primary VM's {1}, which leaves too little for the primary VM", "make 'primary: memory:' larger or this smaller");

    /// <summary>A name that reports and files give to something else.</summary>
    public static readonly DiagnosticRule ReservedName = new("GM0015", "reserved-name", Severity.Error, "no VM can be called '{0}': the name stands for {1}", "choose another name");

    /// <summary>Every rule, by id.</summary>
    public static ImmutableArray<DiagnosticRule> All { get; } =
    [
        Empty, UnknownKey, DuplicateKey, MissingKey, WrongKind, BadValue, OutOfRange,
        NotWholePages, DuplicateName, MessageTooLarge, UnknownProgram, BadCount, MemoryTooSmall, ReservedName,
    ];
}
