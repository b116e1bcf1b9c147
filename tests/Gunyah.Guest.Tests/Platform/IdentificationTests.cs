using System.Buffers.Binary;
using Devicetree;
using Gunyah.Abi.Hypercalls;
using Gunyah.Abi.Vcpus;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Platform;
using Gunyah.Guest.Tests.Fakes;

namespace Gunyah.Guest.Tests.Platform;

public class IdentificationTests
{
    private readonly FakeVcpu _vcpu = new();

    // The words are those that the real secondary VM read (rpc-launch.txt, "svm mailbox").
    [Fact]
    public void Gunyah_is_known_by_its_uuid_and_tells_version_and_features()
    {
        _vcpu.OnHypercall = AnswerAsGunyah;
        _vcpu.OnCall = (number, _) =>
        {
            Assert.Equal(IdentificationCalls.Identify, number);
            return new(0x5100_0000_0000_8001, 0x1000_0EFF);
        };

        HypervisorIdentification found = HypervisorIdentification.Query(_vcpu);

        Assert.True(found is { IsGunyah: true, IsSupported: true, Revision: 0x5100_0000_0000_8001 });
        Assert.Equal((1, 0x51), (found.Identity.ApiVersion, found.Identity.Variant));
        Assert.Equal((HypervisorFeatures)0xEFF, found.Features);
        Assert.True(found.Features.HasFlag(HypervisorFeatures.MessageQueues | HypervisorFeatures.VcpuRun));
        Assert.False(found.Features.HasFlag(HypervisorFeatures.Watchdogs));
    }

    [Fact]
    public void Another_hypervisor_is_asked_nothing_more()
    {
        int calls = 0;
        _vcpu.OnHypercall = (ushort _, ref GuestRegisters registers) =>
        {
            calls++;
            registers.X[0] = ulong.MaxValue;
        };
        _vcpu.OnCall = (_, _) => throw new InvalidOperationException("must not be called");

        Assert.Equal(default, HypervisorIdentification.Query(_vcpu));
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_uuid_that_differs_in_one_word_is_anothers(int word)
    {
        _vcpu.OnHypercall = (ushort immediate, ref GuestRegisters registers) =>
        {
            AnswerAsGunyah(immediate, ref registers);
            registers.X[word] ^= 1;
        };
        _vcpu.OnCall = (_, _) => throw new InvalidOperationException("must not be called");

        Assert.Equal(default, HypervisorIdentification.Query(_vcpu));
    }

    [Fact]
    public void The_tree_is_read_from_memory_where_x0_points()
    {
        byte[] blob = Vectors.Primary;
        _vcpu.Memory.Map(0x4800_0000, [.. blob, .. new byte[64]]);

        Assert.Equal((true, null), Load(0x4800_0000));
    }

    [Fact]
    public void A_tree_that_is_not_there_not_whole_or_too_large_is_refused_with_a_reason()
    {
        byte[] blob = Vectors.Primary;
        _vcpu.Memory.Map(0x1000, blob[..^8]);
        _vcpu.Memory.Map(0x10_0000, new byte[64]);
        byte[] large = _vcpu.Memory.Map(0x20_0000, blob[..64]);
        BinaryPrimitives.WriteUInt32BigEndian(large.AsSpan(4), DevicetreeLoader.MaxSize + 1);
        byte[] small = _vcpu.Memory.Map(0x30_0000, blob[..64]);
        BinaryPrimitives.WriteUInt32BigEndian(small.AsSpan(4), 12);

        Assert.Equal("0x1004 is not a multiple of 8", Load(0x1004).Reason);
        Assert.Equal("there is no memory at 0x900000", Load(0x90_0000).Reason);
        Assert.Equal("there is no memory at 0xfffffffffffffff8", Load(ulong.MaxValue - 7).Reason);
        Assert.Equal("there is no devicetree at 0x100000", Load(0x10_0000).Reason);
        Assert.Equal("the devicetree at 0x200000 claims 2097153 bytes, more than 2097152", Load(0x20_0000).Reason);
        Assert.Equal($"the devicetree's {blob.Length} bytes at 0x1000 are not all mapped", Load(0x1000).Reason);
        Assert.Contains("offset", Load(0x30_0000).Reason, StringComparison.Ordinal);
    }

    private (bool Loaded, string? Reason) Load(ulong address)
    {
        bool loaded = DevicetreeLoader.TryLoad(new GuestMemory(_vcpu), address, out Tree? tree, out string? reason);
        Assert.Equal(loaded, tree is not null);
        return (loaded, reason);
    }

    private static void AnswerAsGunyah(ushort immediate, ref GuestRegisters registers)
    {
        switch (registers.X[0])
        {
            case 0x8600_FF01:
                registers.X[0] = 0xCD8FD5C1;
                registers.X[1] = 0xDB5F53A4;
                registers.X[2] = 0x36CE6592;
                registers.X[3] = 0x145F3D67;
                break;
            case 0x8600_FF03:
                registers.X[0] = 0x5100_0000_0000_8001;
                break;
            default:
                registers.X[0] = ulong.MaxValue;
                break;
        }
    }
}
