using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Rendering;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Views.Dashboard;

/// <summary>What became of something that was sent to several sessions, one line each, filled in as answers come. Enter or Escape closes it.</summary>
internal sealed class ReceiptsView(string title, IReadOnlyList<string> sessions) : View
{
    private const int MostColumns = 76;

    private readonly (string Text, bool? IsGood)[] _receipts = [.. sessions.Select(_ => ("…", (bool?)null))];
    private readonly string[] _names = [.. sessions.Select(PlainText.Of)];
    private int _first;

    public bool IsClosed { get; private set; }

    /// <summary>An answer has come.</summary>
    public void Set(int index, string text, bool isGood) => _receipts[index] = (PlainText.Of(text), isGood);

    public override void Draw(Canvas canvas, Scheme scheme)
    {
        var columns = Math.Min(canvas.Columns, MostColumns);
        var rows = Math.Min(canvas.Rows, _names.Length + 2);
        var box = canvas.Part(new Area((canvas.Columns - columns) / 2, (canvas.Rows - rows) / 2, columns, rows));
        box.Fill(scheme.Text);
        box.Box(box.Whole, scheme.Focus, BoxKind.Single, title, _receipts.Any(receipt => receipt.IsGood is null) ? "waiting …" : "Enter closes");
        var inside = box.Part(box.Whole.Inset(2, 1, 2, 1));
        _first = Math.Clamp(_first, 0, Math.Max(0, _names.Length - Math.Max(1, inside.Rows)));
        var left = Math.Min(_names.Max(name => TextWidth.Of(name)) + 2, inside.Columns / 2);
        for (var row = 0; row < inside.Rows && _first + row < _names.Length; row++)
        {
            var (text, isGood) = _receipts[_first + row];
            inside.Write(row, 0, TextWidth.Cut(_names[_first + row], left - 1), scheme.Strong);
            inside.Write(row, left, TextWidth.Cut(text, inside.Columns - left), StyleOf(scheme, isGood));
        }
    }

    public override bool TakeKey(in KeyPress press)
    {
        switch (press.Key)
        {
            case Key.Up: _first--; break;
            case Key.Down: _first++; break;
            case Key.Enter or Key.Escape: IsClosed = true; break;
            case Key.Character when press.CodePoint is 'q' or 'c': IsClosed = true; break;
        }

        return true;
    }

    private static Style StyleOf(Scheme scheme, bool? isGood) => isGood switch { true => scheme.Done, false => scheme.Failed, null => scheme.Muted };
}
