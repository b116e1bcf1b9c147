using System.Numerics;
using System.Reflection;

namespace Gunyah.Abi.Tests;

/// <summary>Each type of object has a type of rights, which means that type of object and no other.</summary>
public class ObjectRightsTests
{
    public static TheoryData<ObjectType> Types => [.. Enum.GetValues<ObjectType>().Where(type => type != ObjectType.Any)];

    [Theory, MemberData(nameof(Types))]
    public void Rights_of_a_type_are_bits_of_their_own_that_mean_this_type(ObjectType type)
    {
        Type rights = RightsOf(type);
        foreach (object value in Enum.GetValues(rights))
        {
            var meant = (ObjectRights)ConversionFrom(rights).Invoke(null, [value])!;
            Assert.Equal((type, (uint)value), (meant.Type, meant.Bits));
        }

        string[] names = [.. Enum.GetNames(rights).Except(["None", "All"])];
        uint[] bits = [.. names.Select(name => (uint)Enum.Parse(rights, name))];
        Assert.All(bits, bit => Assert.Equal(1, BitOperations.PopCount(bit)));
        Assert.Equal(bits.Distinct().Count(), bits.Length);
        Assert.Equal(ObjectRights.All(type), new(type, bits.Aggregate(0u, static (all, bit) => all | bit)));
        Assert.Equal(ObjectRights.Activate(type), new(type, (uint)Enum.Parse(rights, "Activate")));
    }

    [Fact]
    public void No_number_and_no_foreign_type_becomes_rights_by_itself() => Assert.Equal(
        Types.Select(row => RightsOf(row.Data)).ToHashSet(),
        Conversions().Select(conversion => conversion.GetParameters()[0].ParameterType).ToHashSet());

    [Fact]
    public void No_object_is_of_any_type() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ObjectRights.All(ObjectType.Any));

    private static Type RightsOf(ObjectType type) => typeof(ObjectRights).Assembly.GetType($"Gunyah.Abi.{type}Rights", true)!;

    private static MethodInfo ConversionFrom(Type rights) =>
        Conversions().Single(conversion => conversion.GetParameters()[0].ParameterType == rights);

    private static IEnumerable<MethodInfo> Conversions() =>
        typeof(ObjectRights).GetMethods().Where(static method => method.Name is "op_Implicit" or "op_Explicit");
}
