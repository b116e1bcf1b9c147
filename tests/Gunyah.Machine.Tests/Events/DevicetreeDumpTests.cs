using Gunyah.Abi.Events;
using Gunyah.Machine.Events;

namespace Gunyah.Machine.Tests.Events;

public class DevicetreeDumpTests
{
    [Fact]
    public void Each_VM_has_its_last_tree_and_overlay_under_its_name()
    {
        var dump = new DevicetreeDump();
        var stream = new EventStream(dump);
        Emit(3, DevicetreeStage.Base, "HLOS", 1);
        Emit(3, DevicetreeStage.Overlay, "HLOS", 2);
        Emit(3, DevicetreeStage.Final, "HLOS", 3);
        Emit(128, DevicetreeStage.Final, "echo", 4);
        Emit(128, DevicetreeStage.Final, "echo", 5);
        Emit(129, DevicetreeStage.Final, "../../etc/passwd", 6);
        Emit(130, DevicetreeStage.Final, "", 7);

        Assert.Equal(
            [("______etc_passwd.dtb", 6), ("echo.dtb", 5), ("primary.dtb", 3), ("primary.dtbo", 2), ("vm-82.dtb", 7)],
            dump.Files.Select(file => (file.Key, (int)file.Value.Span[0])));

        void Emit(ulong vmid, DevicetreeStage stage, string name, byte content) =>
            stream.Emit(0, EventKind.Devicetree, 255, 0, new(vmid, (ulong)stage, 0, 1), name, new[] { content });
    }
}
