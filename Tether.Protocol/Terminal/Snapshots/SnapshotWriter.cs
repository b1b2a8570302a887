using System.Buffers;
using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>
/// Writes the state of an emulator as terminal output: what a new emulator, or a person's terminal, must be fed to show the same. The
/// unfinished sequence is not part of it: live bytes go on from <see cref="TerminalEmulator.SafePosition"/>.
/// </summary>
public static class SnapshotWriter
{
    private const byte Escape = 0x1B;

    private static ReadOnlySpan<byte> Initial =>
        "\e[<16u\e[?1049l\e[<16u\e[?69l\e[r\e[?6l\e[?7h\e[4l\e[20l\e[?5l\e[?1l\e>\e[?45l\e[?1000l\e[?1006l\e[?1004l\e[?2004l\e[?2031l\e[?2048l"u8;

    private static ReadOnlySpan<byte> Cleared => "\e[>4m\e(B\e)B\e*B\e+B\x0f\e[0\"q\e[m\e]8;;\e\\\e[H\e[2J"u8;

    /// <summary>
    /// For a replica that goes on from where the emulator is, not from <see cref="TerminalEmulator.SafePosition"/>: the unfinished sequence or character
    /// behind a snapshot, without the C0 controls in its middle, which have acted.
    /// </summary>
    /// <param name="unfinished">The bytes from there on.</param>
    /// <param name="output">Where the snapshot was written.</param>
    public static void WriteUnfinished(ReadOnlySpan<byte> unfinished, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);

        // In a string they are data, or do nothing.
        if (unfinished is [Escape, (byte)'P' or (byte)']' or (byte)'_' or (byte)'^' or (byte)'X', ..])
        {
            output.Write(unfinished);
            return;
        }

        foreach (ref readonly byte b in unfinished)
        {
            if (b >= 0x20 || b == Escape)
            {
                output.Write(new ReadOnlySpan<byte>(in b));
            }
        }
    }

    public static void Write(TerminalEmulator emulator, IBufferWriter<byte> output, SnapshotOptions options)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ArgumentNullException.ThrowIfNull(options);
        Screen screen = emulator.Screen;
        var text = new SnapshotText(output);
        text.Add(options.IsReplica ? "\ec"u8 : default);
        text.Add("\e[?2026h\e[?25l"u8);
        if (options.ClearScreen)
        {
            text.Add(Initial);
            text.Add(Cleared);
        }
        else
        {
            text.Add("\r\e[J"u8);
            RegisterWriter.Write(screen, ref text);
        }

        if (!screen.Modes.GraphemeClusters)
        {
            text.Mode(2027, isPrivate: true, on: false);
        }

        StateWriter.WriteTerminal(screen, ref text);
        WritePrimary(emulator, ref text, options);
        if (screen.IsAlternate)
        {
            StateWriter.WriteKitty(screen.KittyOf(alternate: false), ref text);
            SavedCursor saved = screen.SavedOf(alternate: false);
            CursorWriter.WriteSavedPosition(emulator, saved, emulator.PrimaryRow(saved.Row), ref text);
            text.Add("\e[?1049h"u8);
            CursorWriter.Unsave(saved, ref text);
            text.ResetPen();

            // The switch erased it with the saved pen's background; the blank ends a saved single shift.
            text.Add(" \e[H\e[2J"u8);
            WriteRows(emulator, ref text, emulator.TopRow, emulator.TopRow + emulator.Rows);
        }

        text.ResetPen();
        StateWriter.WriteKitty(screen.Kitty, ref text);
        StateWriter.WriteModes(screen, ref text);
        CursorWriter.Write(emulator, ref text);
        text.Add("\e[?2026l"u8);
        LastCharacter.Write(emulator, ref text, isSameEmulator: !options.ClearScreen);
        text.Flush();
    }

    /// <summary>
    /// Writes what brings a terminal that shows this session back: its own screen, no keyboard flags, mouse, paste or margins of ours. The
    /// cursor is left at the start of the line behind the last used one.
    /// </summary>
    public static void WriteReset(TerminalEmulator emulator, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(emulator);
        ResetWriter.Write(emulator, output);
    }

    private static void WritePrimary(TerminalEmulator emulator, ref SnapshotText text, SnapshotOptions options)
    {
        long first = emulator.TopRow - Math.Clamp(options.ScrollbackRows, 0, emulator.ScrollbackCount);
        WriteRows(emulator, ref text, first, emulator.TopRow + emulator.Rows, primary: true, options.PromptMarks);
        text.ResetPen();
    }

    private static void WriteRows(TerminalEmulator emulator, ref SnapshotText text, long first, long end, bool primary = false, bool marks = false)
    {
        var writer = new RowWriter(emulator, ref text, marks);
        var cells = new Cell[emulator.Columns];
        RowView next = Row(emulator, first, primary);
        for (long number = first; number < end; number++)
        {
            // A row of scrollback is valid only until the next one.
            next.Cells.CopyTo(cells);
            var row = new RowView(number, cells, next.IsWrapped);
            bool hasNext = number + 1 < end;
            next = hasNext ? Row(emulator, number + 1, primary) : default;
            writer.Write(row, hasNext ? next.Cells[0] : null);
        }
    }

    private static RowView Row(TerminalEmulator emulator, long number, bool primary) =>
        primary && number >= emulator.TopRow ? emulator.PrimaryRow((int)(number - emulator.TopRow)) : emulator.RowAt(number);
}
