using System.Runtime.CompilerServices;
using Tether.Protocol.Terminal.Images;
using Tether.Protocol.Terminal.Parsing;
using Tether.Protocol.Terminal.Screens;
using Tether.Protocol.Terminal.Unicode;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>What the parser recognised, done to a screen.</summary>
internal readonly struct ScreenHandler(Screen screen) : IVtHandler
{
    public void PrintAscii(ReadOnlySpan<byte> run) => Printing.Ascii(screen, run);

    public void Print(int codePoint) => Printing.CodePoint(screen, codePoint);

    public int PrintText(ReadOnlySpan<byte> input, int i) => TextRun.Print(screen, input, i);

    public void Execute(byte control, long start, long end)
    {
        switch (control)
        {
            case 0x0A or 0x0B or 0x0C:
                CursorMovement.LineFeed(screen);
                break;
            case 0x0D:
                CursorMovement.CarriageReturn(screen);
                break;
            case 0x08:
                CursorMovement.Back(screen, 1);
                break;
            case 0x09:
                HorizontalTab();
                break;
            case 0x07:
                if (screen.Output.Listens)
                {
                    screen.Output.Raise(new TerminalEvent.Bell());
                }

                return;
            case 0x0E:
                screen.Charsets.Left = 1;
                return;
            case 0x0F:
                screen.Charsets.Left = 0;
                return;
            case 0x05:
                // ENQ: an answerback string would let any file that is shown type it.
                screen.Output.Hide(start, end);
                return;
            case >= 0x80:
                C1(control, start, end);
                break;
            default:
                return;
        }

        screen.ClusterState = GraphemeBreaker.Start;
        screen.LastPrinted = 0;
    }

    public void Escape(int intermediates, byte final)
    {
        screen.ClusterState = GraphemeBreaker.Start;
        screen.LastPrinted = 0;
        EscapeTable.Dispatch(screen, intermediates, final);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Csi(in Sequence sequence)
    {
        if (sequence.Final == 'm' && sequence.Prefix == 0 && sequence.Intermediates == 0)
        {
            // By far the commonest, and the only one with sub-parameters.
            screen.Style = Sgr.Apply(screen.Style, in sequence);
            screen.LastPrinted = 0;
            return;
        }

        if (sequence.Final != 'm')
        {
            screen.ClusterState = GraphemeBreaker.Start;
            if (sequence.Colons != 0)
            {
                // Sub-parameters mean something in SGR alone.
                return;
            }
        }

        CsiTable.Dispatch(screen, in sequence);
        screen.LastPrinted = sequence.Final == 'b' ? screen.LastPrinted : 0;
    }

    public void Osc(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator) =>
        OscCommands.Dispatch(screen, in sequence, text, terminator);

    public void Dcs(in Sequence sequence, ReadOnlySpan<byte> text, StringTerminator terminator) =>
        DcsCommands.Dispatch(screen, in sequence, text);

    public void Other(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> text)
    {
    }

    public bool Streams(ControlString kind, in Sequence sequence, ReadOnlySpan<byte> start)
    {
        ImageKind? image = ImageStream.KindOf(kind, in sequence, start);
        if (image is { } known)
        {
            screen.Images.Begin(known);
        }

        return image is not null;
    }

    public void StringPart(ReadOnlySpan<byte> part) => screen.Images.Add(part);

    public void StringEnd(in Sequence sequence) => screen.Images.End(screen, in sequence);

    public void ControlInString(ControlString kind, in Sequence sequence, byte control, ReadOnlySpan<byte> before)
    {
    }

    private void HorizontalTab()
    {
        if (screen.PendingWrap && screen.Modes.Autowrap && screen.Modes[TerminalMode.MoreFix])
        {
            CursorMovement.CarriageReturn(screen);
            CursorMovement.Index(screen);
        }

        CursorMovement.Tab(screen, 1);
    }

    private void C1(byte control, long start, long end)
    {
        if (control == 0x9A)
        {
            // DECID.
            var query = new Sequence { Start = start, End = end };
            Reports.PrimaryAttributes(screen, in query);
            return;
        }

        EscapeTable.Dispatch(screen, 0, (byte)(control - 0x40));
    }
}
