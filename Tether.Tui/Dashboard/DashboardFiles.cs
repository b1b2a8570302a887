using Tether.Protocol.Model;
using Tether.Tui.Dashboard.Model;
using Tether.Tui.Dashboard.Settings;
using Tether.Tui.Terminal;
using Tether.Tui.Views.Controls;

namespace Tether.Tui.Dashboard;

/// <summary>What a person's dashboard keeps on disk: settings, keys, and when he looked at what. What is wrong in them is a warning, never an error.</summary>
internal sealed class DashboardFiles
{
    private readonly SettingsFile _settings;
    private readonly LookedFile _looked;
    private readonly List<string> _warnings = [];

    public DashboardFiles(TetherPaths paths, EscapeChord chord)
    {
        (_settings, _looked) = (new SettingsFile(SettingsFile.PathIn(paths), [DashboardSettings.DefaultTheme, .. Schemes.Names]), LookedFile.In(paths));
        (Settings, var wrong) = _settings.Read();
        (Book, var damaged) = _looked.Read();
        Bindings = KeyBindings.Defaults(chord);
        _warnings.AddRange([.. wrong, .. KeyFile.Read(KeyFile.PathIn(paths), Bindings)]);
        if (damaged is not null)
        {
            _warnings.Add(damaged);
        }
    }

    /// <summary>As they were read.</summary>
    public DashboardSettings Settings { get; }

    public KeyBindings Bindings { get; }

    public LookedBook Book { get; }

    /// <summary>Each with file and line.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <returns>A warning, when they cannot be written.</returns>
    public string? Write(DashboardSettings settings) => _settings.Write(settings);

    /// <returns>A warning, when it cannot be written.</returns>
    public string? WriteBook() => _looked.Write(Book);
}
