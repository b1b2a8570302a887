namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>What a terminal sends for the mouse in SGR's encoding. Rows and columns from 0.</summary>
internal static class Mouse
{
    public static string Click(int row, int column) => Press(0, row, column) + Release(row, column);

    public static string Press(int button, int row, int column) => $"\e[<{button};{column + 1};{row + 1}M";

    /// <summary>Button 1 is held while the mouse moves.</summary>
    public static string Drag(int row, int column) => Press(32, row, column);

    public static string Release(int row, int column) => $"\e[<0;{column + 1};{row + 1}m";

    public static string WheelUp(int row, int column) => Press(64, row, column);

    public static string WheelDown(int row, int column) => Press(65, row, column);
}
