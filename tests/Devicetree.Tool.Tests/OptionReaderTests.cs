using Devicetree.Tool.DropIns;

namespace Devicetree.Tool.Tests;

/// <summary>Messages are those of glibc 2.36's getopt_long.</summary>
public class OptionReaderTests
{
    private static readonly OptionRule _quiet = new('q', "quiet");
    private static readonly OptionRule _out = new('o', "out", OptionValue.Required);
    private static readonly OptionRule _outFormat = new('O', "out-format", OptionValue.Required);
    private static readonly OptionRule _level = new('l', "level", OptionValue.Optional);

    private readonly OptionReader _reader = new("tool", [_quiet, _out, _outFormat, _level]);

    [Fact]
    public void Options_and_operands_may_be_mixed()
    {
        Assert.True(_reader.TryRead(["a", "-qo", "x", "b", "-lfull", "-l", "--", "-q"], out _));
        Assert.Equal([new(_quiet, null), new(_out, "x"), new(_level, "full"), new(_level, null)], _reader.Options);
        Assert.Equal(["a", "b", "-q"], _reader.Operands);
    }

    [Fact]
    public void A_long_option_may_be_cut_while_it_is_clear()
    {
        Assert.True(_reader.TryRead(["--qu", "--out=x", "--out-f", "y", "-"], out _));
        Assert.Equal([new(_quiet, null), new(_out, "x"), new(_outFormat, "y")], _reader.Options);
        Assert.Equal(["-"], _reader.Operands);
    }

    [Theory]
    [InlineData("-z", "tool: invalid option -- 'z'")]
    [InlineData("-o", "tool: option requires an argument -- 'o'")]
    [InlineData("--zoo=1", "tool: unrecognized option '--zoo'")]
    [InlineData("--quiet=1", "tool: option '--quiet' doesn't allow an argument")]
    [InlineData("--out", "tool: option '--out' requires an argument")]
    [InlineData("--ou", "tool: option '--ou' is ambiguous; possibilities: '--out' '--out-format'")]
    public void An_error_is_reported_in_the_words_of_getopt(string word, string message)
    {
        Assert.False(_reader.TryRead([word], out string? problem));
        Assert.Equal(message, problem);
    }
}
