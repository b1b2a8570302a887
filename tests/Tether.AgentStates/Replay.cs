using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Agents.Status;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;

namespace Tether.AgentStates;

/// <summary>Plays a recording through the emulator, the rules and the desk at its own times, without waiting: as a session's thread would, but for the pty.</summary>
internal sealed class Replay : ITerminalListener
{
    private static readonly TimeSpan ReadSoon = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan ReadPause = TimeSpan.FromMilliseconds(100);
    private static readonly DateTimeOffset Origin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ScreenRules _rules;
    private readonly HashSet<SignalSource> _sources;
    private readonly TerminalSigns _signs;
    private readonly StatusDesk _desk;
    private readonly ScreenImage _image = new();
    private readonly TerminalEmulator _emulator;
    private DateTimeOffset _now = Origin;
    private DateTimeOffset _readAt = DateTimeOffset.MinValue;
    private DateTimeOffset? _readDue;
    private string _title = "";

    public Replay(Recording recording, AgentKind kind, ScreenRules rules, HashSet<SignalSource> sources)
    {
        _rules = rules;
        _sources = sources;
        _signs = new TerminalSigns(kind, rules);
        _desk = new StatusDesk(Origin);
        _emulator = new TerminalEmulator(new TerminalOptions { Columns = recording.Columns, Rows = recording.Rows }, this);
    }

    /// <summary>Every state with its time from the start.</summary>
    public List<(TimeSpan At, AgentStatus Status)> States { get; } = [];

    /// <summary>Called after each reading of the screen with what the screen's rules found.</summary>
    public Action<TimeSpan, ScreenText, AgentSignal?>? Read { get; init; }

    public void Run(Recording recording)
    {
        States.Add((TimeSpan.Zero, _desk.Status));
        foreach (var part in recording.Parts)
        {
            Advance(Origin + part.At);
            if (part.Output is { } output)
            {
                _emulator.Feed(output);
                _readDue ??= Later(_readAt + ReadPause, _now + ReadSoon);
            }
            else
            {
                _emulator.Resize(part.Columns, part.Rows);
            }

            Settle();
        }

        Advance(_now + TimeSpan.FromSeconds(2));
    }

    void ITerminalListener.Answer(ReadOnlySpan<byte> answer)
    {
    }

    void ITerminalListener.Hide(long start, long end)
    {
    }

    void ITerminalListener.Raise(TerminalEvent terminalEvent)
    {
        if (terminalEvent is not TerminalEvent.ProgramStatus || _sources.Contains(SignalSource.ProgramStatus))
        {
            _signs.Take(terminalEvent, _desk, _now);
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private void Advance(DateTimeOffset until)
    {
        while (Next() is { } next && next <= until)
        {
            _now = next;
            if (_readDue <= _now)
            {
                ReadScreen();
            }

            Settle();
        }

        _now = until;
    }

    private DateTimeOffset? Next() => _desk.NextChangeAt is { } change && (_readDue is null || change < _readDue) ? change : _readDue;

    private void ReadScreen()
    {
        _readDue = null;
        _readAt = _now;
        _image.Take(_emulator);
        var found = _rules.OfScreen(_image, _now);
        Take(found, SignalSource.Screen);
        if (_emulator.Title != _title)
        {
            _title = _emulator.Title;
            Take(_rules.OfTitle(_title, _now), SignalSource.Title);
        }

        Read?.Invoke(_now - Origin, Text(), found);
    }

    private void Take(AgentSignal? signal, SignalSource source)
    {
        if (_sources.Contains(source))
        {
            _desk.Take(signal ?? new AgentSignal { Source = source, State = AgentState.Unknown, Rule = "none", At = _now });
        }
    }

    private void Settle()
    {
        if (_desk.Advance(_now))
        {
            States.Add((_now - Origin, _desk.Status));
        }
    }

    private ScreenText Text()
    {
        var rows = new string[_emulator.Rows];
        for (var row = 0; row < rows.Length; row++)
        {
            rows[row] = _emulator.GetText(_emulator.RowAt(_emulator.TopRow + row)).TrimEnd();
        }

        return new ScreenText(rows, _emulator.Title, _emulator.Columns, _emulator.Cursor.Row, _emulator.IsAlternateScreen);
    }
}
