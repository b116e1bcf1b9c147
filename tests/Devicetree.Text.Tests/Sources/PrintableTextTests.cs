using System.Text;
using Devicetree.Text.Sources;

namespace Devicetree.Text.Tests.Sources;

public class PrintableTextTests
{
    [Theory]
    [InlineData("plain ü 漢", "plain ü 漢")]
    [InlineData("\u001b[2J\a\n\t", "\\x1b[2J\\x07\\x0a\\x09")]
    [InlineData("\u009b\u007f", "\\x9b\\x7f")]
    [InlineData("a\u202eb\u2028", "a\\u202eb\\u2028")]
    public void What_steers_a_terminal_is_shown_as_an_escape(string text, string expected) =>
        Assert.Equal(expected, PrintableText.Of(text));

    [Fact]
    public void Lines_of_a_source_stay_and_bytes_that_are_no_utf8_are_shown()
    {
        byte[] text = [.. "a\tü\n"u8, 0x9b, 0x1b, (byte)'b'];
        Assert.Equal("a\tü\n\\x9b\\x1bb", Encoding.UTF8.GetString(PrintableText.Of(text)));
    }

    [Fact]
    public void A_writer_for_people_lets_nothing_else_through()
    {
        var written = new StringWriter { NewLine = "\n" };
        using var writer = new PrintableWriter(written);
        writer.WriteLine("a\u001bb");
        writer.Write('\u001b');
        writer.WriteLine();
        Assert.Equal("a\\x1bb\n\\x1b\n", written.ToString());
    }
}
