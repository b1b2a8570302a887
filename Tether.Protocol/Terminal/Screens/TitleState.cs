namespace Tether.Protocol.Terminal.Screens;

/// <summary>Window title and icon name, the stack of XTWINOPS 22/23, and xterm's title modes.</summary>
internal sealed class TitleState
{
    public const int MaxLength = 1024;
    public const int MaxDepth = 10;

    private readonly List<(string? Icon, string? Window)> _stack = [];

    public string Window { get; set; } = "";

    public string Icon { get; set; } = "";

    /// <summary>XTSMTITLE 0: titles are set in hexadecimal.</summary>
    public bool SetsHex { get; set; }

    /// <summary>XTSMTITLE 1: titles are reported in hexadecimal.</summary>
    public bool ReportsHex { get; set; }

    public IReadOnlyList<(string? Icon, string? Window)> Stack => _stack;

    public void Push(bool icon, bool window)
    {
        if (_stack.Count == MaxDepth)
        {
            _stack.RemoveAt(0);
        }

        _stack.Add((icon ? Icon : null, window ? Window : null));
    }

    /// <summary>Takes the newest entry back; true if the window title changed.</summary>
    public bool Pop(bool icon, bool window)
    {
        if (_stack.Count == 0)
        {
            return false;
        }

        (string? savedIcon, string? savedWindow) = _stack[^1];
        _stack.RemoveAt(_stack.Count - 1);
        if (icon && savedIcon is not null)
        {
            Icon = savedIcon;
        }

        if (!window || savedWindow is null || savedWindow == Window)
        {
            return false;
        }

        Window = savedWindow;
        return true;
    }

    public void Clear()
    {
        _stack.Clear();
        SetsHex = false;
        ReportsHex = false;
    }
}
