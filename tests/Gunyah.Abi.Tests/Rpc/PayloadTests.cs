using CsCheck;
using Gunyah.Abi.Rpc;

namespace Gunyah.Abi.Tests.Rpc;

/// <summary>What holds for every payload type.</summary>
public class PayloadTests
{
    /// <summary>The errors that a malformed payload can answer.</summary>
    private static readonly RmError[] _refusals =
        [RmError.MsgInvalid, RmError.ArgumentInvalid, RmError.NoResource, RmError.Unimplemented];

    public static TheoryData<string> Names => [.. PayloadCases.All.Keys];

    [Fact]
    public void Every_payload_type_of_the_assembly_is_tested_here()
    {
        IEnumerable<string> payloads = typeof(RpcHeader).Assembly.GetExportedTypes()
            .Where(type => type.GetInterfaces().Any(IsPayload))
            .Select(type => type.Name);
        Assert.Equal(payloads.Order(StringComparer.Ordinal), PayloadCases.All.Keys.Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void A_payload_comes_back_as_it_was_written(string name) => PayloadCases.All[name].RoundTrip();

    [Theory, MemberData(nameof(Names))]
    public void Every_truncation_is_refused_or_a_whole_payload_of_its_own(string name)
    {
        PayloadCase payload = PayloadCases.All[name];
        payload.Encoded.Sample(
            bytes =>
            {
                for (int length = 0; length < bytes.Length; length++)
                    CheckHostile(payload, bytes[..length]);
            },
            iter: 20,
            threads: 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void Ten_thousand_mutations_are_refused_or_understood_but_never_throw(string name)
    {
        PayloadCase payload = PayloadCases.All[name];
        Gen.Select(payload.Encoded, Gen.Int[0, 2], Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, int.MaxValue], Gen.Byte).Sample(
            (bytes, kind, place, value, secondPlace, secondValue) =>
            {
                List<byte> mutated = [.. bytes];
                if (kind == 0 && mutated.Count > 0)
                    mutated.RemoveAt(place % mutated.Count);
                else if (kind == 1)
                    mutated.Insert(place % (mutated.Count + 1), value);
                else if (mutated.Count > 0)
                    (mutated[place % mutated.Count], mutated[secondPlace % mutated.Count]) = (value, secondValue);
                CheckHostile(payload, [.. mutated]);
            },
            iter: 10_000,
            threads: 1);
    }

    [Theory, MemberData(nameof(Names))]
    public void Random_bytes_are_refused_or_understood_but_never_throw(string name)
    {
        PayloadCase payload = PayloadCases.All[name];
        Gen.Byte.Array[0, 64].Sample(bytes => CheckHostile(payload, bytes), iter: 1_000, threads: 1);
    }

    private static bool IsPayload(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IRpcPayload<>);

    private static void CheckHostile(PayloadCase payload, byte[] bytes)
    {
        Decoded decoded = payload.Decode(bytes);
        if (decoded.Encoded is null)
        {
            Assert.Contains(decoded.Error, _refusals);
            Assert.True(decoded.LeftDefault);
            return;
        }

        // What was understood is written in its one canonical form, which reads the same.
        Decoded again = payload.Decode(decoded.Encoded);
        Assert.Equal(RmError.Ok, again.Error);
        Assert.Equal(decoded.Encoded, again.Encoded);
    }
}
