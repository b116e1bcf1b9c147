using System.Text;
using Gunyah.Tool.Terminal;

namespace Gunyah.Tool.Tests.Terminal;

public class EscapeKeysTests
{
    [Theory]
    [InlineData("ls -x\r\u0003", "ls -x\r\u0003", false)]
    [InlineData("ab\u0001xcd", "ab", true)]
    [InlineData("ab\u0001X", "ab", true)]
    [InlineData("\u0001\u0001x", "\u0001x", false)]
    [InlineData("\u0001e", "\u0001e", false)]
    [InlineData("\u0001", "", false)]
    public void Only_control_A_X_leaves(string typed, string kept, bool leaves)
    {
        // In one piece, and key by key.
        var whole = new EscapeKeys();
        var buffer = new byte[typed.Length + 1];
        Assert.Equal(leaves, whole.Filter(Encoding.ASCII.GetBytes(typed), buffer, out int count));
        Assert.Equal(kept, Encoding.ASCII.GetString(buffer, 0, count));

        var parts = new EscapeKeys();
        var text = new StringBuilder();
        bool left = false;
        foreach (char key in typed.TakeWhile(_ => !left))
        {
            left = parts.Filter([(byte)key], buffer, out count);
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        Assert.Equal((kept, leaves), (text.ToString(), left));
    }
}
