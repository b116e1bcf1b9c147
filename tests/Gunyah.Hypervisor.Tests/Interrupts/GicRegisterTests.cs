using Gunyah.Abi;
using Gunyah.Abi.Vcpus;
using Gunyah.Hypervisor.Interrupts;
using Gunyah.Hypervisor.Tests.Harness;

namespace Gunyah.Hypervisor.Tests.Interrupts;

/// <summary>Register by register what <see cref="GicFacts"/> declares (gunyah-abi.md 4.5.5).</summary>
public class GicRegisterTests
{
    private const ulong StatusOffset = 0x10;
    private const uint ReservedRead = 1;
    private const uint ReservedWrite = 2;
    private const uint WriteOnlyRead = 4;
    private const uint ReadOnlyWrite = 8;
    private const uint AllNotes = 0xF;
    private static readonly ulong[] _values = [0xFFFF_FFFF, 0, 0xA5A5_5A5A, 0x5A5A_A5A5, 0xFFFF_FFFF];

    private readonly GicCore _core;

    public GicRegisterTests()
    {
        var machine = new TestMachine();
        CapId vic = machine.Vic(2, shared: 988);
        _core = new(machine.ActiveVcpu(machine.NewVcpu(vic, 0, vmid: 10)).Port);
        machine.ActiveVcpu(machine.NewVcpu(vic, 1, vmid: 11));
    }

    public static TheoryData<string> Names =>
        [.. Frames().SelectMany(static frame => frame.Facts).Select(static fact => fact.Name)];

    public static TheoryData<string> FrameNames => [.. Frames().Select(static frame => frame.Name)];

    [Theory]
    [MemberData(nameof(FrameNames))]
    public void The_facts_are_all_registers_that_there_are(string frame)
    {
        (_, IReadOnlyList<GicFact> facts, GicFrame rows, _) = Frames().Single(each => each.Name == frame);
        Assert.Equal(
            facts.Select(static fact => (fact.Name, fact.Offset, Size: (ulong)(fact.Count * fact.Width))),
            rows.Rows.Select(static row => (row.Name, (ulong)row.Offset, (ulong)row.Size)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_has_its_value_after_reset_and_notes_reads_that_it_must(string name)
    {
        foreach ((int index, GicFact fact, ulong address, ulong status) in Each(name))
        {
            uint note = fact.Rule switch
            {
                GicRule.WriteOnly or GicRule.NeitherWay => WriteOnlyRead,
                GicRule.ReadsReserved => ReservedRead,
                _ => 0,
            };
            foreach (int size in fact.Sizes)
            {
                for (ulong at = 0; at < (ulong)fact.Width; at += (ulong)size)
                {
                    ulong whole = fact.Reset(index) >> (int)(at * 8);
                    ulong expected = size == 8 ? whole : whole & ((1UL << (size * 8)) - 1);
                    Assert.Equal((index, size, at, expected), (index, size, at, _core.Read(address + at, size)));
                    Assert.Equal((index, size, note), (index, size, (uint)_core.Read(status)));
                    _core.Write(status, AllNotes);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_reads_back_what_it_keeps_of_what_is_written(string name)
    {
        foreach ((int index, GicFact fact, ulong address, ulong status) in Each(name))
        {
            if (fact.Rule == GicRule.Status)
                continue;
            ulong held = fact.Reset(index);
            bool faults = fact.Rule is GicRule.WritesFault or GicRule.NeitherWay;
            uint note = faults ? ReservedWrite : fact.Rule == GicRule.ReadOnly ? ReadOnlyWrite : 0;
            foreach (ulong value in _values)
            {
                if (fact.Rule == GicRule.Clears)
                {
                    held = fact.ReadBack(index, 0xFFFF_FFFF);
                    _core.Write(address - 0x80, 0xFFFF_FFFF);
                    Assert.Equal((index, held), (index, _core.Read(address)));
                }

                DeviceAnswer answer = _core.Store(address, 4, value);
                Assert.Equal((index, faults ? DeviceAnswer.Fault : DeviceAnswer.Done), (index, answer));
                Assert.Equal((index, note), (index, (uint)_core.Read(status)));
                held = fact.Rule switch
                {
                    GicRule.Sets => held | fact.ReadBack(index, value),
                    GicRule.Clears => held & ~fact.ReadBack(index, value),
                    _ => fact.ReadBack(index, value),
                };
                Assert.Equal((index, value, held), (index, value, _core.Read(address)));
                _core.Write(status, AllNotes);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_faults_at_other_sizes_and_places_and_notes_nothing(string name)
    {
        foreach ((int index, GicFact fact, ulong address, ulong status) in Each(name))
        {
            foreach (int size in (int[])[1, 2, 3, 4, 5, 8, 16])
            {
                for (ulong at = 0; at < (ulong)fact.Width; at++)
                {
                    if (fact.Sizes.Contains(size) && (address + at) % (ulong)size == 0)
                        continue;
                    DeviceAnswer load = _core.Load(address + at, size, out ulong value);
                    Assert.Equal((index, size, at, DeviceAnswer.Fault, 0UL), (index, size, at, load, value));
                    DeviceAnswer store = _core.Store(address + at, size, 0xFFFF_FFFF);
                    Assert.Equal((index, size, at, DeviceAnswer.Fault), (index, size, at, store));
                }
            }

            Assert.Equal(0UL, _core.Read(status));
        }
    }

    /// <summary>The other 16,000 words of each frame.</summary>
    [Theory]
    [MemberData(nameof(FrameNames))]
    public void Every_word_between_them_reads_zero_and_faults_on_a_write(string frame)
    {
        (_, IReadOnlyList<GicFact> facts, _, ulong start) = Frames().Single(each => each.Name == frame);
        HashSet<ulong> known = [.. facts.SelectMany(static fact =>
            Enumerable.Range(0, fact.Count * fact.Width / 4).Select(word => fact.Offset + (4 * (ulong)word)))];
        ulong status = StatusOf(start);
        int words = 0;
        for (ulong offset = 0; offset < GicFrame.Size; offset += 4)
        {
            if (known.Contains(offset))
                continue;
            words++;
            Assert.Equal((offset, 0UL), (offset, _core.Read(start + offset)));
            Assert.Equal((offset, ReservedRead), (offset, (uint)_core.Read(status)));
            Assert.Equal((offset, DeviceAnswer.Fault), (offset, _core.Store(start + offset, 4, 0xFFFF_FFFF)));
            Assert.Equal((offset, ReservedRead | ReservedWrite), (offset, (uint)_core.Read(status)));
            _core.Write(status, AllNotes);
        }

        Assert.Equal((int)GicFrame.Size / 4, words + known.Count);
    }

    private static ulong StatusOf(ulong start) =>
        (start == GicCore.Distributor ? GicCore.Distributor : GicCore.Redistributor(0)) + StatusOffset;

    private static (string Name, IReadOnlyList<GicFact> Facts, GicFrame Rows, ulong Start)[] Frames() =>
    [
        ("GICD", GicFacts.Distributor, GicFrames.Distributor, GicCore.Distributor),
        ("GICR RD", GicFacts.Redistributor, GicFrames.Redistributor, GicCore.Redistributor(0)),
        ("GICR SGI", GicFacts.PrivateInterrupts, GicFrames.PrivateInterrupts, GicCore.Private(0)),
    ];

    /// <summary>Each register of an array, with its address and that of its frame's status register.</summary>
    private static IEnumerable<(int Index, GicFact Fact, ulong Address, ulong Status)> Each(string name)
    {
        foreach ((_, IReadOnlyList<GicFact> facts, _, ulong start) in Frames())
        {
            foreach (GicFact fact in facts.Where(fact => fact.Name == name))
            {
                for (int index = 0; index < fact.Count; index++)
                    yield return (index, fact, start + fact.Offset + (ulong)(index * fact.Width), StatusOf(start));
            }
        }
    }
}
