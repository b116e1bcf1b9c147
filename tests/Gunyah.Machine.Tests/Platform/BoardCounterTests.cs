using Devicetree;
using Gunyah.Machine.Platform;

namespace Gunyah.Machine.Tests.Platform;

public class BoardCounterTests
{
    [Theory]
    [InlineData("arm,armv8-timer", 19_200_000u, 19_200_000u)]
    [InlineData("arm,armv8-timer", 0u, 1_000_000_000u)]
    [InlineData("arm,sp804", 19_200_000u, 1_000_000_000u)]
    public void The_counter_has_the_frequency_that_the_timer_states(string compatible, uint stated, uint frequency)
    {
        var board = new Tree();
        Node timer = board.Root.AddChild("timer");
        timer.SetString("compatible", compatible);
        timer.SetCells("clock-frequency", stated);
        Assert.Equal(frequency, BoardCounter.FrequencyOf(board));
    }

    [Fact]
    public void A_board_that_states_none_has_a_counter_of_nanoseconds() =>
        Assert.Equal(1_000_000_000u, BoardCounter.FrequencyOf(new Tree()));
}
