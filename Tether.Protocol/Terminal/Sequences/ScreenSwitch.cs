using Tether.Protocol.Terminal.Screens;

namespace Tether.Protocol.Terminal.Sequences;

/// <summary>Primary and alternate screen, DECSC and DECRC, DECSTR and RIS.</summary>
internal static class ScreenSwitch
{
    public static void ToAlternate(Screen screen, bool clear)
    {
        if (!screen.IsAlternate)
        {
            // Made here, and kept at the size of the primary from then on.
            screen.Alternate ??= new Grid(screen.Columns, screen.Rows);
            Show(screen, screen.Alternate);
        }

        if (clear)
        {
            Clear(screen);
        }
    }

    public static void ToPrimary(Screen screen, bool clear)
    {
        if (screen.IsAlternate)
        {
            if (clear)
            {
                Clear(screen);
            }

            Show(screen, screen.Primary);
        }
    }

    /// <summary>DECSC, and ANSI.SYS's CSI s.</summary>
    public static void SaveCursor(Screen screen)
    {
        ref SavedCursor saved = ref screen.Saved;
        saved.Row = screen.Row;
        saved.Column = screen.Column;
        saved.PendingWrap = screen.PendingWrap;
        saved.Origin = screen.Modes.Origin;
        saved.Style = screen.Style;
        saved.Protection = screen.Protection;
        saved.Charsets = screen.Charsets;
        saved.IsSet = true;
    }

    public static void RestoreCursor(Screen screen)
    {
        ref SavedCursor saved = ref screen.Saved;
        screen.Modes[TerminalMode.Origin] = saved.Origin;
        screen.Style = saved.Style;
        screen.SetProtection(saved.Protection);
        screen.Charsets = saved.Charsets;
        screen.MoveTo(saved.Row, saved.Column);
        screen.PendingWrap = saved.PendingWrap && screen.Column == saved.Column;
    }

    /// <summary>DECSTR.</summary>
    public static void SoftReset(Screen screen)
    {
        TerminalModes modes = screen.Modes;
        modes[TerminalMode.CursorVisible] = true;
        modes[TerminalMode.Origin] = false;
        modes[TerminalMode.Insert] = false;
        modes[TerminalMode.Autowrap] = true;
        modes[TerminalMode.ReverseWrap] = false;
        modes[TerminalMode.ExtendedReverseWrap] = false;
        modes[TerminalMode.LeftRightMargins] = false;
        modes[TerminalMode.ApplicationCursorKeys] = false;
        modes[TerminalMode.ApplicationKeypad] = false;
        modes[TerminalMode.KeyboardLock] = false;
        modes[TerminalMode.SynchronizedOutput] = false;
        modes.CursorShape = CursorShape.Default;
        modes.ModifyOtherKeys = 0;
        modes.FormatOtherKeys = 0;
        screen.Kitty.Clear();
        screen.UpdateKitty();
        screen.ResetMargins();
        screen.Style = default;
        screen.SetProtection(0);
        screen.ProtectionKind = ProtectionKind.None;
        screen.Charsets = new Charsets();
        screen.Saved = new SavedCursor();
        screen.PendingWrap = false;
    }

    /// <summary>RIS.</summary>
    public static void HardReset(Screen screen)
    {
        ToPrimary(screen, clear: true);
        SoftReset(screen);
        screen.SavedOf(alternate: true) = new SavedCursor();
        screen.KittyOf(alternate: true).Clear();
        screen.Modes.Bits = TerminalModes.Defaults;
        screen.Modes.MouseTracking = MouseTracking.None;
        screen.Modes.MouseEncoding = MouseEncoding.Default;
        screen.SavedModes.Clear();
        screen.ConformanceLevel = Screen.DefaultConformanceLevel;
        screen.SetLink(null);
        screen.Tabs.Reset();
        screen.Colors.ResetAll();
        screen.Titles.Clear();
        screen.ForgetImages();
        screen.LastPrinted = 0;
        screen.MoveTo(0, 0);
        Clear(screen);
        screen.Scrollback.Clear();
    }

    private static void Clear(Screen screen)
    {
        PlaceMoves.Cleared(screen);
        for (int row = 0; row < screen.Rows; row++)
        {
            screen.Grid.ClearRow(row, screen.Blank);
        }
    }

    private static void Show(Screen screen, Grid grid)
    {
        grid.Stamp = screen.Grid.Stamp;
        screen.Grid = grid;
        grid.TouchAll();
        screen.UpdateKitty();
        if (screen.Output.Listens)
        {
            screen.Output.Raise(new TerminalEvent.ScreenSwitched(screen.IsAlternate));
        }
    }
}
