using System.Text;
using Gunyah.Virtio.Devices;

namespace Gunyah.Virtio.Tests;

/// <summary>Devices that give or take bytes in order: entropy and the console.</summary>
public class StreamTests
{
    private const int Receive = 0;
    private const int Transmit = 1;

    [Fact]
    public void Entropy_fills_what_it_is_given()
    {
        ulong next = 0;
        TestDriver driver = new TestDriver(new EntropyDevice(() => ++next)).Start();
        Assert.Equal((0u, 11u), driver.Do(0, new Part(TestDriver.Data, 11, true)));
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0], driver.Memory.At(TestDriver.Data, 12).ToArray());
        Assert.Equal((0u, (uint)EntropyDevice.MaxBytes), driver.Do(0, new Part(TestDriver.Data, 0x2000, true)));
        Assert.Equal((0u, 0u), driver.Do(0, new Part(TestDriver.Data, 8, false)));
        Assert.Equal((0u, 0u), driver.Do(0, new Part(0, 8, true))); // Nothing is there.
    }

    [Fact]
    public void What_is_sent_comes_out_in_order()
    {
        var output = new StringBuilder();
        TestDriver driver = new TestDriver(new ConsoleDevice(value => output.Append((char)value))).Start(queues: 2);
        "hello "u8.CopyTo(driver.Memory.At(TestDriver.Data, 6));
        "world"u8.CopyTo(driver.Memory.At(TestDriver.Data + 64, 5));
        Part hello = new(TestDriver.Data, 6, false);
        Assert.Equal((0u, 0u), driver.Do(Transmit, hello, new Part(TestDriver.Data + 64, 5, false)));
        Assert.Equal("hello world", output.ToString());
    }

    [Fact]
    public void A_byte_can_be_sent_before_there_is_a_driver()
    {
        var output = new List<byte>();
        var driver = new TestDriver(new ConsoleDevice(output.Add));
        driver.Write(0x108, 'x');
        Assert.Equal([(byte)'x'], output);
    }

    [Fact]
    public void Input_waits_for_a_buffer_and_a_buffer_for_input()
    {
        var console = new ConsoleDevice(static _ => { });
        TestDriver driver = new TestDriver(console).Start(queues: 2);
        Assert.Null(driver.Do(Receive, new Part(TestDriver.Data, 4, true)));
        int calls = driver.WorkCalls;
        Assert.Equal(6, console.Receive("typing"u8));
        Assert.Equal(calls + 1, driver.WorkCalls);
        driver.Mmio.Work(16);
        Assert.Equal((0u, 4u), driver.TakeUsed(Receive));
        Assert.Equal("typi"u8.ToArray(), driver.Memory.At(TestDriver.Data, 4).ToArray());
        Assert.Equal((0u, 2u), driver.Do(Receive, new Part(TestDriver.Data, 4, true)));
        Assert.Equal("ng"u8.ToArray(), driver.Memory.At(TestDriver.Data, 2).ToArray());
    }

    [Fact]
    public void Input_that_nobody_reads_is_left_with_the_host()
    {
        var console = new ConsoleDevice(static _ => { });
        var bytes = new byte[ConsoleDevice.HostBuffer + 1];
        Assert.Equal(ConsoleDevice.HostBuffer, console.Receive(bytes));
        Assert.Equal(0, console.Receive(bytes));
    }
}
