namespace Tether.Tui.Dashboard.Settings;

/// <summary>All commands with their names, words and default keys: the one table from which bindings, help, palette and hints are read.</summary>
internal static class CommandTable
{
    private static readonly Dictionary<DashboardCommand, CommandEntry> ByCommand;
    private static readonly Dictionary<string, CommandEntry> ByName;

    static CommandTable()
    {
        All = [.. Attention(), .. Sessions(), .. Moving(), .. History(), .. Layout(), .. Program()];
        ByCommand = All.ToDictionary(entry => entry.Command);
        ByName = All.ToDictionary(entry => entry.Name);
    }

    /// <summary>In the order of the help.</summary>
    public static IReadOnlyList<CommandEntry> All { get; }

    public static CommandEntry Of(DashboardCommand command) => ByCommand[command];

    /// <summary>Null for a name that no command has.</summary>
    public static CommandEntry? Find(string name) => ByName.GetValueOrDefault(name);

    private static CommandEntry[] Attention() =>
    [
        new(DashboardCommand.NextAttention, CommandTopic.Attention, "next-attention", "next", "Go to the session that has needed you longest")
        {
            Navigate = ["space", "n"], Queue = ["space"],
        },
        new(DashboardCommand.Queue, CommandTopic.Attention, "queue", "queue", "Go into the queue of what needs you") { Navigate = ["a"] },
        new(DashboardCommand.QueueNext, CommandTopic.Attention, "queue-next", "down", "Go down in the queue") { Queue = ["tab", "down", "j"] },
        new(DashboardCommand.QueuePrevious, CommandTopic.Attention, "queue-previous", "up", "Go up in the queue") { Queue = ["up", "k", "shift-tab"] },
        new(DashboardCommand.QueueOpen, CommandTopic.Attention, "queue-open", "go there", "Go to the session of this item, to answer in its terminal") { Queue = ["enter"] },
        new(DashboardCommand.Allow, CommandTopic.Attention, "allow", "allow", "Allow what is asked, or answer the questions") { Queue = ["y"] },
        new(DashboardCommand.Deny, CommandTopic.Attention, "deny", "deny", "Deny what is asked") { Queue = ["n"] },
        new(DashboardCommand.DenyWithReason, CommandTopic.Attention, "deny-with-reason", "reason", "Deny it and tell the agent why") { Queue = ["r"] },
        new(DashboardCommand.Always, CommandTopic.Attention, "always", "always", "Allow it, and the like from now on") { Queue = ["a"] },
        new(DashboardCommand.EditInput, CommandTopic.Attention, "edit-input", "edit", "Change what is asked, then allow it") { Queue = ["e"] },
        new(DashboardCommand.Snooze, CommandTopic.Attention, "snooze", "later", "Put the item off") { Queue = ["s"] },
        new(DashboardCommand.Undo, CommandTopic.Attention, "undo", "undo", "Take the last answer back while it waits to be sent") { Queue = ["u"] },
        .. Enumerable.Range(1, 9).Select(number => new CommandEntry(
            DashboardCommand.Option1 + number - 1, CommandTopic.Attention, $"option-{number}", $"{number}", $"Answer the question with option {number}")
        {
            Queue = [$"{number}"],
        }),
        new(DashboardCommand.CardUp, CommandTopic.Attention, "card-up", "card up", "Scroll the card up") { Queue = ["pgup", "ctrl-b"] },
        new(DashboardCommand.CardDown, CommandTopic.Attention, "card-down", "card down", "Scroll the card down") { Queue = ["pgdn", "ctrl-f"] },
        new(DashboardCommand.Dismiss, CommandTopic.Attention, "dismiss", "dismiss", "Take the item out of the queue") { Navigate = ["d"], Queue = ["d"] },
    ];

    private static CommandEntry[] Sessions() =>
    [
        new(DashboardCommand.Type, CommandTopic.Sessions, "type", "type", "Type into the session") { Navigate = ["enter"], Scroll = ["enter"] },
        new(DashboardCommand.Zoom, CommandTopic.Sessions, "zoom", "zoom", "Give the session the whole terminal and its size")
        {
            Navigate = ["z"], Queue = ["z"], Scroll = ["z"],
        },
        new(DashboardCommand.TakeControl, CommandTopic.Sessions, "take-control", "take", "Type into the session although somebody else does"),
        new(DashboardCommand.Create, CommandTopic.Sessions, "create", "new", "Start a new session") { Navigate = ["c"] },
        new(DashboardCommand.Rename, CommandTopic.Sessions, "rename", "rename", "Give the session another title") { Navigate = ["r"] },
        new(DashboardCommand.Tag, CommandTopic.Sessions, "tag", "tag", "Give the session tags") { Navigate = ["t"] },
        new(DashboardCommand.Stop, CommandTopic.Sessions, "stop", "stop", "Stop the session's program, after asking") { Navigate = ["x"] },
        new(DashboardCommand.Delete, CommandTopic.Sessions, "delete", "delete", "Forget an ended session and its history, after asking") { Navigate = ["X"] },
        new(DashboardCommand.Broadcast, CommandTopic.Sessions, "broadcast", "broadcast", "Send one prompt to several sessions") { Navigate = ["b"] },
    ];

    private static CommandEntry[] Moving() =>
    [
        new(DashboardCommand.FocusNext, CommandTopic.Moving, "focus-next", "next session", "Go to the next session") { Navigate = ["tab"] },
        new(DashboardCommand.FocusPrevious, CommandTopic.Moving, "focus-previous", "previous", "Go to the previous session") { Navigate = ["shift-tab"] },
        new(DashboardCommand.FocusLeft, CommandTopic.Moving, "focus-left", "left", "Go to the tile on the left") { Navigate = ["left", "h"] },
        new(DashboardCommand.FocusDown, CommandTopic.Moving, "focus-down", "down", "Go to the tile below") { Navigate = ["down", "j"] },
        new(DashboardCommand.FocusUp, CommandTopic.Moving, "focus-up", "up", "Go to the tile above") { Navigate = ["up", "k"] },
        new(DashboardCommand.FocusRight, CommandTopic.Moving, "focus-right", "right", "Go to the tile on the right") { Navigate = ["right", "l"] },
        new(DashboardCommand.FocusFirst, CommandTopic.Moving, "focus-first", "first", "Go to the first session") { Navigate = ["home", "g g"] },
        new(DashboardCommand.FocusLast, CommandTopic.Moving, "focus-last", "last", "Go to the last session") { Navigate = ["end", "G"] },
        .. Enumerable.Range(1, 9).Select(number => new CommandEntry(
            DashboardCommand.Focus1 + number - 1, CommandTopic.Moving, $"focus-{number}", $"{number}", $"Go to session {number} of the list")
        {
            Navigate = [$"{number}"],
        }),
        new(DashboardCommand.PagePrevious, CommandTopic.Moving, "page-previous", "page back", "Show the previous page of tiles") { Navigate = ["["] },
        new(DashboardCommand.PageNext, CommandTopic.Moving, "page-next", "page on", "Show the next page of tiles") { Navigate = ["]"] },
    ];

    private static CommandEntry[] History() =>
    [
        new(DashboardCommand.Scroll, CommandTopic.History, "scroll", "scroll", "Scroll back in the session's output") { Navigate = ["pgup"] },
        new(DashboardCommand.Search, CommandTopic.History, "search", "search", "Search the session's output") { Navigate = ["/"], Scroll = ["/"] },
        new(DashboardCommand.SearchAll, CommandTopic.History, "search-all", "search all", "Search the output of all sessions")
        {
            Navigate = ["g /"], Scroll = ["g /"],
        },
        new(DashboardCommand.Transcript, CommandTopic.History, "transcript", "transcript", "Read what was said in the session, as its agent keeps it")
        {
            Navigate = ["T"], Queue = ["T"], Scroll = ["T"],
        },
        new(DashboardCommand.SearchNext, CommandTopic.History, "search-next", "next match", "Go on to the next older match") { Scroll = ["n"] },
        new(DashboardCommand.SearchPrevious, CommandTopic.History, "search-previous", "match before", "Go back to the next newer match") { Scroll = ["N"] },
        new(DashboardCommand.LastLook, CommandTopic.History, "last-look", "last look", "Jump to where the output was when you last looked")
        {
            Scroll = ["b"],
        },
        new(DashboardCommand.PromptPrevious, CommandTopic.History, "prompt-previous", "prompt above", "Jump to the shell's previous prompt") { Scroll = ["["] },
        new(DashboardCommand.PromptNext, CommandTopic.History, "prompt-next", "prompt below", "Jump to the shell's next prompt") { Scroll = ["]"] },
        new(DashboardCommand.LineUp, CommandTopic.History, "line-up", "up", "Scroll up a line") { Scroll = ["up", "k"] },
        new(DashboardCommand.LineDown, CommandTopic.History, "line-down", "down", "Scroll down a line") { Scroll = ["down", "j"] },
        new(DashboardCommand.ScreenUp, CommandTopic.History, "screen-up", "page up", "Scroll up a screen") { Scroll = ["pgup", "ctrl-b"] },
        new(DashboardCommand.ScreenDown, CommandTopic.History, "screen-down", "page down", "Scroll down a screen") { Scroll = ["pgdn", "ctrl-f", "space"] },
        new(DashboardCommand.HalfScreenUp, CommandTopic.History, "half-screen-up", "half up", "Scroll up half a screen") { Scroll = ["ctrl-u"] },
        new(DashboardCommand.HalfScreenDown, CommandTopic.History, "half-screen-down", "half down", "Scroll down half a screen") { Scroll = ["ctrl-d"] },
        new(DashboardCommand.Top, CommandTopic.History, "top", "top", "Scroll to the oldest line") { Scroll = ["home", "g g"] },
        new(DashboardCommand.Bottom, CommandTopic.History, "bottom", "bottom", "Scroll to the newest line") { Scroll = ["end", "G"] },
        new(DashboardCommand.CursorLeft, CommandTopic.History, "cursor-left", "left", "Move the end of the selection left") { Scroll = ["left", "h"] },
        new(DashboardCommand.CursorRight, CommandTopic.History, "cursor-right", "right", "Move the end of the selection right") { Scroll = ["right", "l"] },
        new(DashboardCommand.LineStart, CommandTopic.History, "line-start", "line start", "Move the end of the selection to its line's start") { Scroll = ["0", "^"] },
        new(DashboardCommand.LineEnd, CommandTopic.History, "line-end", "line end", "Move the end of the selection to its line's end") { Scroll = ["$"] },
        new(DashboardCommand.Select, CommandTopic.History, "select", "select", "Begin to select with the keyboard") { Navigate = ["v"], Scroll = ["v"] },
        new(DashboardCommand.Copy, CommandTopic.History, "copy", "copy", "Copy what is selected, or the screen") { Navigate = ["y"], Scroll = ["y"] },
    ];

    private static CommandEntry[] Layout() =>
    [
        new(DashboardCommand.LayoutNext, CommandTopic.Layout, "layout-next", "layout", "Take the next layout: grid, main, columns, single") { Navigate = ["L"] },
        new(DashboardCommand.LayoutGrid, CommandTopic.Layout, "layout-grid", "grid", "Show the tiles as a grid"),
        new(DashboardCommand.LayoutMain, CommandTopic.Layout, "layout-main", "main", "Show one big tile and a stack of the others"),
        new(DashboardCommand.LayoutColumns, CommandTopic.Layout, "layout-columns", "columns", "Show the tiles side by side"),
        new(DashboardCommand.LayoutSingle, CommandTopic.Layout, "layout-single", "single", "Show one tile alone"),
        new(DashboardCommand.MakeMain, CommandTopic.Layout, "make-main", "make big", "Make this session the big one of the main layout") { Navigate = ["m"] },
        new(DashboardCommand.Grow, CommandTopic.Layout, "grow", "larger", "Make the tile larger") { Navigate = ["+", "="] },
        new(DashboardCommand.Shrink, CommandTopic.Layout, "shrink", "smaller", "Make the tile smaller") { Navigate = ["-"] },
        new(DashboardCommand.EqualSizes, CommandTopic.Layout, "equal-sizes", "equal", "Make all tiles equal again") { Navigate = ["0"] },
        new(DashboardCommand.FoldList, CommandTopic.Layout, "fold-list", "list", "Fold the session list away, or bring it back") { Navigate = ["s"] },
        new(DashboardCommand.FoldGroup, CommandTopic.Layout, "fold-group", "fold", "Fold the session's group away, with its tiles") { Navigate = ["f"] },
        new(DashboardCommand.UnfoldGroups, CommandTopic.Layout, "unfold-groups", "unfold", "Bring all folded groups back") { Navigate = ["F"] },
        new(DashboardCommand.ShowEnded, CommandTopic.Layout, "show-ended", "ended", "Show the sessions that ended before, or hide them") { Navigate = ["e"] },
        new(DashboardCommand.GroupNext, CommandTopic.Layout, "group-next", "groups", "Group the list by the next: nothing, directory, tag, host") { Navigate = ["o"] },
        new(DashboardCommand.GroupNone, CommandTopic.Layout, "group-none", "no groups", "Show the list without groups"),
        new(DashboardCommand.GroupDirectory, CommandTopic.Layout, "group-directory", "directories", "Group the list by directory"),
        new(DashboardCommand.GroupTag, CommandTopic.Layout, "group-tag", "tags", "Group the list by tag"),
        new(DashboardCommand.GroupHost, CommandTopic.Layout, "group-host", "hosts", "Group the list by machine"),
        new(DashboardCommand.ThemeNext, CommandTopic.Layout, "theme-next", "theme", "Take the next theme"),
    ];

    private static CommandEntry[] Program() =>
    [
        new(DashboardCommand.Palette, CommandTopic.Dashboard, "palette", "all commands", "Find a command or a session by a few letters")
        {
            Navigate = [":", "ctrl-p"], Queue = [":", "ctrl-p"], Scroll = [":", "ctrl-p"],
        },
        new(DashboardCommand.Help, CommandTopic.Dashboard, "help", "help", "Show all keys") { Navigate = ["?"], Queue = ["?"], Scroll = ["?"] },
        new(DashboardCommand.Redraw, CommandTopic.Dashboard, "redraw", "redraw", "Draw the whole screen anew") { Navigate = ["ctrl-l"], Queue = ["ctrl-l"], Scroll = ["ctrl-l"] },
        new(DashboardCommand.Leave, CommandTopic.Dashboard, "leave", "back", "Go back to the sessions: stop typing, scrolling, or what is open")
        {
            Navigate = ["esc"], Queue = ["esc", "q"], Scroll = ["esc", "q"],
        },
        new(DashboardCommand.Quit, CommandTopic.Dashboard, "quit", "quit", "Leave the dashboard; all sessions go on") { Navigate = ["q"] },
    ];
}
