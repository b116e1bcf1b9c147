using Gunyah.Abi;
using Gunyah.Abi.Hypercalls;
using Gunyah.Hypervisor.Hypercalls;

namespace Gunyah.Hypervisor.Partitions;

/// <summary>Partitions: guests cannot create any (gunyah-abi.md 3.5).</summary>
internal sealed class PartitionRoom : IRoom
{
    /// <inheritdoc/>
    public void Declare(CallBook calls)
    {
        calls.Introduce<Partition>(ObjectType.Partition);
        calls.BindStub(PartitionCalls.Create);
    }
}
