namespace Gunyah.Hypervisor.AddressSpaces;

/// <summary>A memory extent, as an address space that it is mapped in knows it.</summary>
internal interface IMappedExtent
{
    /// <summary>The space goes: its mappings go with it. Called with the gate of the memory map held.</summary>
    void Forget(AddressSpace space);
}
