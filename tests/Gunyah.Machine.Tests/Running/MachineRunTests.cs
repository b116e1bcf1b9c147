using Devicetree.Text.Sources;
using Gunyah.Abi.Events;
using Gunyah.Abi.Profiles;
using Gunyah.Guest.Kernel;
using Gunyah.Guest.Platform;
using Gunyah.Machine.Configuration;
using Gunyah.Machine.Events;
using Gunyah.Machine.Programs;
using Gunyah.Machine.Reports;

namespace Gunyah.Machine.Tests.Running;

/// <summary>Whole machines: the hypervisor, the Resource Manager, the primary VM and the VMs that it creates.</summary>
public class MachineRunTests
{
    public static TheoryData<Dialect, bool> DialectsAndModes =>
        new(
            from dialect in Enum.GetValues<Dialect>()
            from seeded in new[] { true, false }
            select (dialect, seeded));

    [Theory, MemberData(nameof(DialectsAndModes))]
    public void The_example_runs_in_every_dialect_and_leaves_nothing_behind(Dialect dialect, bool seeded)
    {
        MachineReport report = Machines.Run(Machines.Example with { Dialect = dialect, Seed = seeded ? 1UL : null });

        Machines.AssertGood(report);
        Assert.Equal([("primary", "Exited"), ("echo", "GivenBack")], report.Vms.Select(vm => (vm.Name, vm.State)));
        // The messages of both directions and the verdict of one.
        Assert.Equal((201UL, 201UL), (Machines.Exchanged(report).Sent, Machines.Exchanged(report).Received));
    }

    [Theory]
    [InlineData(true, VmScheduling.Static)]
    [InlineData(true, VmScheduling.Proxy)]
    [InlineData(false, VmScheduling.Static)]
    [InlineData(false, VmScheduling.Proxy)]
    public void Twenty_thousand_messages_in_both_directions_are_all_checked(bool seeded, VmScheduling scheduling)
    {
        MachineConfiguration example = Machines.Example;
        MachineReport report = Machines.Run(example with
        {
            Seed = seeded ? 7UL : null,
            Vms = [example.Vms[0] with { Scheduling = scheduling }],
            Exchange = example.Exchange with { Messages = 20_000 },
        });

        Machines.AssertGood(report);
        Assert.Equal(40_000UL, report.Results.Single().Value);
        Assert.Equal((40_001UL, 40_001UL), (Machines.Exchanged(report).Sent, Machines.Exchanged(report).Received));
        Assert.True(Machines.Exchanged(report).Full > 100, $"the queues were full {Machines.Exchanged(report).Full} times");
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 255)]
    [InlineData(7, 3)]
    [InlineData(8, 1)]
    [InlineData(9, 8)]
    [InlineData(1022, 2)]
    [InlineData(1023, 255)]
    public void Every_size_of_messages_and_depth_of_queues_works(int size, int depth)
    {
        MachineConfiguration example = Machines.Example;
        MachineReport report = Machines.Run(example with
        {
            Seed = 3,
            Vms = [example.Vms[0] with { QueueSize = size, QueueDepth = depth }],
            Exchange = example.Exchange with { Messages = 300, Size = size },
        });

        Machines.AssertGood(report);
    }

    [Fact]
    public void No_messages_at_all_are_an_exchange_too() =>
        Machines.AssertGood(Machines.Run(Machines.Example
        with
        { Seed = 1, Exchange = Machines.Example.Exchange with { Messages = 0 } }));

    [Fact]
    public void Several_VMs_follow_each_other()
    {
        SecondarySettings vm = Machines.Example.Vms[0];
        MachineReport report = Machines.Run(Machines.Example with
        {
            Seed = 1,
            Vms = [vm, vm with { Name = "second", Scheduling = VmScheduling.Proxy },
                vm with { Name = "third", Memory = 1 << 20 }],
        });

        Machines.AssertGood(report);
        Assert.Equal(600UL, report.Results.Single().Value);
        // One number after the other is the same: the names are not.
        Assert.Equal(
            [("primary", "Exited", 1), (vm.Name, "GivenBack", 1), ("second", "GivenBack", 1), ("third", "GivenBack", 1)],
            report.Vms.Select(static each => (each.Name, each.State, each.Starts)));
    }

    [Fact]
    public void The_reference_profile_runs_the_example_too() =>
        Machines.AssertGood(Machines.Run(Machines.Example with { Seed = 1, Profile = Profile.Reference }));

    public static TheoryData<string> Examples =>
        [.. Directory.EnumerateFiles(Checkout.File("examples"), "*.yaml").Select(path => Path.GetFileName(path))];

    [Theory, MemberData(nameof(Examples))]
    public void Every_example_runs(string name)
    {
        MachineConfiguration machine = Machines.Read(new SourceText(name, File.ReadAllBytes(Checkout.File("examples", name))));

        Machines.AssertGood(Machines.Run(machine with { Seed = machine.Seed ?? 1 }));
    }

    [Fact]
    public void A_primary_VM_may_have_several_vCPUs_and_use_one() =>
        Machines.AssertGood(Machines.Run(Machines.Example
        with
        { Seed = 1, Primary = Machines.Example.Primary with { Vcpus = 8 } }));

    [Fact]
    public void A_library_user_brings_a_program_of_their_own()
    {
        ProgramRegistry programs = ProgramRegistry.BuiltIn.With(
            "mine",
            static () => new GuestKernel(static async context =>
            {
                context.Vcpu.Report(EventKind.Result, new(0, 42), "mine ran");
                await context.SystemOffAsync();
            }));

        MachineReport report = Machines.Run(
            Machines.Example with { Seed = 1, Primary = Machines.Example.Primary with { Program = "mine" } }, Machines.Board,
            programs);

        Machines.AssertGood(report);
        Assert.Equal(new ProgramResult(3, "primary", 0, 42, "mine ran"), Assert.Single(report.Results));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(99UL)]
    public void Hundreds_of_rounds_leave_every_count_where_it_began(ulong? seed) => Rounds(300, seed);

    /// <summary>Set GUNYAH_LONG_TESTS=1 to run it.</summary>
    [Fact]
    public void Ten_thousand_rounds_leave_every_count_where_it_began()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("GUNYAH_LONG_TESTS") == "1", "GUNYAH_LONG_TESTS=1 runs it");
        Rounds(10_000, null);
        Rounds(10_000, 4);
    }

    /// <summary>Set GUNYAH_LONG_TESTS=1 to run it.</summary>
    [Fact]
    public void A_million_messages_each_way_are_all_checked()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("GUNYAH_LONG_TESTS") == "1", "GUNYAH_LONG_TESTS=1 runs it");
        Machines.AssertGood(Machines.Run(Machines.Example
            with
        { Exchange = Machines.Example.Exchange with { Messages = 1_000_000 } }));
    }

    [Fact]
    public void Equal_seeds_give_equal_event_files_to_the_byte()
    {
        MachineConfiguration machine = Machines.Example with { Seed = 42 };

        Assert.Equal(Events(machine), Events(machine));
    }

    [Fact]
    public void A_hundred_seeds_all_succeed_and_all_differ()
    {
        var runs = new HashSet<string>();
        for (ulong seed = 0; seed < 100; seed++)
        {
            byte[] events = Events(Machines.Example with
            {
                Seed = seed,
                Exchange = Machines.Example.Exchange
                with
                { Messages = 20 }
            });
            Assert.True(runs.Add(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(events))),
                $"seed {seed} repeats an earlier one");
        }
    }

    private static void Rounds(int rounds, ulong? seed)
    {
        MachineReport report = Machines.Run(Machines.Example
            with
        { Seed = seed, Rounds = rounds, Exchange = Machines.Example.Exchange with { Messages = 3 } });

        Machines.AssertGood(report);
        Assert.Equal(rounds, report.Vms.Single(vm => vm.Name == "echo").Starts);
        Assert.Equal((ulong)rounds * 6, report.Results.Single().Value);
    }

    private static byte[] Events(MachineConfiguration machine)
    {
        using var stream = new MemoryStream();
        using (var events = new JsonLinesWriter(stream, EventStream.AllKinds))
            Machines.AssertGood(Machines.Run(machine, events));
        return stream.ToArray();
    }
}
