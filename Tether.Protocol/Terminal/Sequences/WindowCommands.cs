using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>
/// XTWINOPS (CSI … t). Reports are answered from here; what would move or resize a viewer's window is hidden and ignored; the title
/// stack is kept.
/// </summary>
internal static class WindowCommands
{
    public static void Apply(Screen screen, in Sequence sequence)
    {
        switch (sequence[0])
        {
            case 22:
                screen.Titles.Push(icon: sequence[1] is 0 or 1, window: sequence[1] is 0 or 2);
                break;
            case 23:
                if (screen.Titles.Pop(icon: sequence[1] is 0 or 1, window: sequence[1] is 0 or 2) && screen.Output.Listens)
                {
                    screen.Output.Raise(new TerminalEvent.Title(screen.Titles.Window));
                }

                break;
            default:
                Report(screen, sequence);
                break;
        }
    }

    private static void Report(Screen screen, in Sequence sequence)
    {
        TerminalOptions options = screen.Options;
        var answer = new ByteText(stackalloc byte[48]);
        switch (sequence[0])
        {
            case 11:
                answer.Add("\e[1t"u8);
                break;
            case 13:
                answer.Add("\e[3;0;0t"u8);
                break;
            case 14:
                Write(ref answer, 4, screen.Rows * options.CellHeight, screen.Columns * options.CellWidth);
                break;
            case 15:
                Write(ref answer, 5, screen.Rows * options.CellHeight, screen.Columns * options.CellWidth);
                break;
            case 16:
                Write(ref answer, 6, options.CellHeight, options.CellWidth);
                break;
            case 18:
                Write(ref answer, 8, screen.Rows, screen.Columns);
                break;
            case 19:
                Write(ref answer, 9, screen.Rows, screen.Columns);
                break;

            // A program that could read its title back could have it typed as input.
            case 20:
                answer.Add("\e]L\e\\"u8);
                break;
            case 21:
                answer.Add("\e]l\e\\"u8);
                break;
        }

        Reports.Send(screen, sequence, answer.Bytes);
    }

    private static void Write(ref ByteText answer, int kind, int height, int width)
    {
        answer.Add("\e["u8);
        answer.Add(kind);
        answer.Add((byte)';');
        answer.Add(height);
        answer.Add((byte)';');
        answer.Add(width);
        answer.Add((byte)'t');
    }
}
