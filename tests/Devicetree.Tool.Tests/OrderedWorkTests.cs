namespace Devicetree.Tool.Tests;

public class OrderedWorkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_in_one_piece_is_the_result_of_that_piece_and_the_others_are_done(int workers)
    {
        var taken = new List<string>();
        OrderedWork.Run(
            50,
            workers,
            index => index % 7 == 3 ? throw new InvalidOperationException($"piece {index}") : $"done {index}",
            (index, failure) => $"failed {index}: {failure.Message}",
            taken.Add);
        Assert.Equal(Enumerable.Range(0, 50).Select(
            index => index % 7 == 3 ? $"failed {index}: piece {index}" : $"done {index}"), taken);
    }
}
