using YamlDotNet.Core;
using YamlDotNet.Core.Tokens;

namespace Devicetree.Text.Yaml;

/// <summary>
/// The scanner of YamlDotNet, but a lone <c>-</c> in a flow list is a text, as libyaml reads it: a binding of the kernel lists pin
/// functions, one of which has that name. YamlDotNet refuses it by a token of its own and then goes on with the text.
/// </summary>
internal sealed class YamlScanner(TextReader input) : IScanner
{
    private const string LoneDash = "Invalid key indicator format.";

    private readonly Scanner _scanner = new(input, skipComments: true);

    public Mark CurrentPosition => _scanner.CurrentPosition;

    public Token? Current => _scanner.Current;

    public bool MoveNext()
    {
        if (_scanner.Current is not null)
            _scanner.ConsumeCurrent();
        return MoveNextWithoutConsuming();
    }

    public bool MoveNextWithoutConsuming()
    {
        bool moved = _scanner.MoveNextWithoutConsuming();
        while (moved && _scanner.Current is Error { Value: LoneDash })
        {
            _scanner.ConsumeCurrent();
            moved = _scanner.MoveNextWithoutConsuming();
        }
        return moved;
    }

    public void ConsumeCurrent() => _scanner.ConsumeCurrent();
}
