using System.Globalization;
using Gunyah.Abi;
using Gunyah.Abi.Events;
using Gunyah.Abi.Hypercalls;

namespace Gunyah.Machine.Events;

/// <summary>The text of an event's value, as its row's format asks for it.</summary>
internal static class EventValueText
{
    /// <summary>The value of an event by its place in the row: 0 is A, 3 is D.</summary>
    public static ulong At(this in EventValues values, int index) => index switch
    {
        0 => values.A,
        1 => values.B,
        2 => values.C,
        3 => values.D,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "an event has four values"),
    };

    /// <summary>
    /// The name behind a number, or null for formats that show the number itself and for numbers without a name.
    /// </summary>
    public static string? Name(ulong value, EventValueFormat format) => format switch
    {
        EventValueFormat.HypercallName => value <= HypercallTable.Size ? HypercallTable.Find((int)value)?.Name : null,
        EventValueFormat.ObjectTypeName => Enum.GetName((ObjectType)value),
        EventValueFormat.ErrorName => Enum.GetName((GunyahError)(int)value),
        _ => null,
    };

    /// <summary>The value for people.</summary>
    public static string Text(ulong value, EventValueFormat format) =>
        Name(value, format) ?? (format == EventValueFormat.Hex
            ? string.Create(CultureInfo.InvariantCulture, $"0x{value:x}")
            : value.ToString(CultureInfo.InvariantCulture));
}
