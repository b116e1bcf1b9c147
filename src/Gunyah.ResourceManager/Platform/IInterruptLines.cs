namespace Gunyah.ResourceManager.Platform;

/// <summary>How the Resource Manager hears of its own interrupts: edge triggered, one handler a line.</summary>
internal interface IInterruptLines
{
    /// <summary>Enables a line and calls the handler, never inside this call, each time its interrupt comes.</summary>
    void Attach(uint intid, Action handler);

    /// <summary>Disables a line. An interrupt that is already on its way is dropped.</summary>
    void Detach(uint intid);
}
