namespace Tether.EndToEnd.Tests.Dashboard.Support;

/// <summary>Who reads the dashboard's screen.</summary>
public enum Judge
{
    /// <summary>Our own emulator, as the person's terminal window.</summary>
    Emulator,

    /// <summary>tmux, whose pane the dashboard runs in: an emulator that shares no line with ours.</summary>
    Tmux,
}

/// <summary>Those that are there, for tests that want to hear all.</summary>
public static class Judges
{
    public static TheoryData<Judge> All { get; } = Needs.Missing(["tmux"]) is null ? [Judge.Emulator, Judge.Tmux] : [Judge.Emulator];
}
