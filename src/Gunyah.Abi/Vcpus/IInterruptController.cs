namespace Gunyah.Abi.Vcpus;

/// <summary>
/// The virtual interrupt controller as one vCPU reaches it: the distributor and this vCPU's redistributor and CPU interface,
/// with the effects of the GICv3 registers named at each member (gunyah-abi.md 4.2 and 4.5). Numbers are INTIDs:
/// 0-15 SGI, 16-31 PPI, 32-1019 SPI; others are ignored.
/// </summary>
public interface IInterruptController
{
    /// <summary>GICD_CTLR: group enables of the distributor. Reset: both off.</summary>
    void EnableDistributor(bool group0, bool group1);

    /// <summary>ICC_IGRPEN0_EL1 and ICC_IGRPEN1_EL1 of this vCPU. Reset: both off.</summary>
    void EnableCpuInterface(bool group0, bool group1);

    /// <summary>
    /// ICC_PMR_EL1: only interrupts of a smaller number (higher priority) are delivered. Reset: 0, that is none.
    /// </summary>
    void SetPriorityMask(byte mask);

    /// <summary>GICD/GICR_ISENABLER (true) and ICENABLER (false).</summary>
    void SetEnabled(uint intid, bool enabled);

    /// <summary>GICD/GICR_ICFGR. SGIs stay edge.</summary>
    void SetTrigger(uint intid, InterruptTrigger trigger);

    /// <summary>GICD/GICR_IGROUPR: true puts the interrupt in group 1. Reset: group 0.</summary>
    void SetGroup(uint intid, bool group1);

    /// <summary>GICD/GICR_IPRIORITYR; bits 7:3 count.</summary>
    void SetPriority(uint intid, byte priority);

    /// <summary>GICD_IROUTER of an SPI: the vCPU index to deliver to. Reset: index 0.</summary>
    void SetRoute(uint intid, int vcpuIndex);

    /// <summary>ISPENDR (true) and ICPENDR (false).</summary>
    void SetPending(uint intid, bool pending);

    /// <summary>ICC_SGI1R_EL1: a software interrupt (0-15) to the vCPU of an index.</summary>
    void SendSoftwareInterrupt(uint intid, int vcpuIndex);

    /// <summary>ICC_IAR1_EL1: takes the most urgent deliverable interrupt and makes it active.</summary>
    /// <returns>Its INTID, or <see cref="InterruptIds.Spurious"/> when there is none.</returns>
    uint Acknowledge();

    /// <summary>ICC_EOIR1_EL1: ends and deactivates an interrupt that this vCPU acknowledged. Others are ignored.</summary>
    void EndOfInterrupt(uint intid);
}

/// <summary>What makes an interrupt pending.</summary>
public enum InterruptTrigger
{
    /// <summary>It is pending as long as its source says so.</summary>
    Level,

    /// <summary>Each assertion makes it pending once.</summary>
    EdgeRising,
}

/// <summary>Interrupt numbers with a fixed meaning (gunyah-abi.md 4.5.2).</summary>
public static class InterruptIds
{
    /// <summary>The first private peripheral interrupt.</summary>
    public const uint FirstPpi = 16;

    /// <summary>The virtual timer's PPI.</summary>
    public const uint VirtualTimer = 27;

    /// <summary>The physical timer's PPI.</summary>
    public const uint PhysicalTimer = 30;

    /// <summary>The first shared interrupt (SPI 0).</summary>
    public const uint FirstSpi = 32;

    /// <summary>The last shared interrupt.</summary>
    public const uint LastSpi = 1019;

    /// <summary>The answer of an acknowledge when nothing can be delivered.</summary>
    public const uint Spurious = 1023;
}
