namespace Tether.Tui.Terminal;

/// <summary>A program that puts what it reads on the clipboard of the machine that this runs on.</summary>
/// <param name="Name">As a person calls it.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Arguments">Without the name.</param>
internal sealed record ClipboardTool(string Name, string Path, params string[] Arguments)
{
    /// <summary>It takes anything but ASCII as UTF-16 with a mark in front.</summary>
    public bool ReadsUtf16 => Name == "clip.exe";

    /// <summary>Inside tmux its own, and one of the desktop's, where they are installed.</summary>
    public static IEnumerable<ClipboardTool> Find(Func<string, string?> variable, Func<string, bool> exists)
    {
        bool Has(string name) => !string.IsNullOrEmpty(variable(name));
        var folders = (variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        ClipboardTool? Installed(string name, params string[] arguments) =>
            Array.Find(Array.ConvertAll(folders, folder => System.IO.Path.Combine(folder, name)), path => exists(path)) is { } found
                ? new ClipboardTool(name, found, arguments)
                : null;

        if (Has("TMUX") && Installed("tmux", "load-buffer", "-w", "-") is { } tmux)
        {
            yield return tmux;
        }

        var desktop = (Has("WAYLAND_DISPLAY") ? Installed("wl-copy") : null)
            ?? (Has("DISPLAY") ? Installed("xclip", "-selection", "clipboard", "-in") ?? Installed("xsel", "--clipboard", "--input") : null)
            ?? (Has("WSL_DISTRO_NAME") ? Installed("clip.exe") : null)
            ?? (Has("SSH_CONNECTION") ? null : Installed("pbcopy"));
        if (desktop is not null)
        {
            yield return desktop;
        }
    }
}
