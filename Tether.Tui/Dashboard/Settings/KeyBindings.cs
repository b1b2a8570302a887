using Tether.Tui.Terminal;

namespace Tether.Tui.Dashboard.Settings;

/// <summary>Which keys mean which command in which mode. Changed only while it is read; then anybody may look things up.</summary>
internal sealed class KeyBindings
{
    private readonly Dictionary<(DashboardMode Mode, KeySequence Keys), DashboardCommand> _commands = [];

    // In the order in which they are told to people.
    private readonly List<(DashboardMode Mode, KeySequence Keys)> _order = [];

    private KeyBindings()
    {
    }

    /// <summary>Those of <see cref="CommandTable"/>.</summary>
    /// <param name="chord">Leaves typing, as it leaves an attached session. `ctrl-]` where the person wants none: the dashboard cannot do without.</param>
    public static KeyBindings Defaults(EscapeChord chord)
    {
        var bindings = new KeyBindings();
        var leave = chord == EscapeChord.None ? EscapeChord.Default : chord;
        bindings.Bind(DashboardMode.Type, new KeySequence(KeyStroke.Of(leave)), DashboardCommand.Leave);
        foreach (var entry in CommandTable.All)
        {
            foreach (var mode in Enum.GetValues<DashboardMode>())
            {
                foreach (var keys in entry.KeysIn(mode))
                {
                    bindings.Bind(mode, KeySequence.TryParse(keys, out var sequence) ? sequence : throw new FormatException($"no key: {keys}"), entry.Command);
                }
            }
        }

        return bindings;
    }

    /// <summary>Binds keys, instead of what they meant and of what would keep them from being pressed.</summary>
    /// <returns>The other keys that mean nothing any more.</returns>
    public IReadOnlyList<KeySequence> Bind(DashboardMode mode, KeySequence keys, DashboardCommand command)
    {
        var hidden = _order.Where(bound => bound.Mode == mode && bound.Keys.Hides(keys)).ToList();
        foreach (var bound in hidden)
        {
            Unbind(mode, bound.Keys);
        }

        if (!_commands.ContainsKey((mode, keys)))
        {
            _order.Add((mode, keys));
        }

        _commands[(mode, keys)] = command;
        return [.. hidden.Select(bound => bound.Keys)];
    }

    /// <returns>False if they meant nothing.</returns>
    public bool Unbind(DashboardMode mode, KeySequence keys)
    {
        _order.Remove((mode, keys));
        return _commands.Remove((mode, keys));
    }

    /// <summary>What the keys pressed so far mean.</summary>
    /// <param name="mode">To whom the keys belong.</param>
    /// <param name="first">The key pressed first.</param>
    /// <param name="second">The one pressed after it, when the first was pending.</param>
    public KeyMatch Find(DashboardMode mode, KeyStroke first, KeyStroke? second = null)
    {
        if (_commands.TryGetValue((mode, new KeySequence(first, second)), out var command))
        {
            return new KeyMatch(command);
        }

        return second is null && _order.Any(bound => bound.Mode == mode && bound.Keys.First == first) ? new KeyMatch(null, IsPending: true) : KeyMatch.None;
    }

    /// <summary>The keys of a command, the one to be shown first; empty when it has none.</summary>
    public IReadOnlyList<KeySequence> KeysOf(DashboardMode mode, DashboardCommand command) =>
        [.. _order.Where(bound => bound.Mode == mode && _commands[bound] == command).Select(bound => bound.Keys)];

    /// <summary>The key to be shown for a command as people read it; null when it has none.</summary>
    public string? LabelOf(DashboardMode mode, DashboardCommand command) => KeysOf(mode, command) is [var keys, ..] ? keys.Label : null;
}
