using Tether.Daemon.Journal;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Gives the pty the controller's size, and nobody else's. A storm of resizes is thinned out: the first counts at once, then the newest
/// once in a short while. A new controller's size is no storm and counts at once. Owned by the session's thread.
/// </summary>
internal sealed class SizeDesk(Session session, ControlDesk control, List<Viewer> viewers, SessionJournal journal, ISessionHost host)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);

    // Whose sizes rest for a moment, because one of them was just applied; and the newest of those that came meanwhile.
    private Viewer? _resting;
    private (int Columns, int Rows)? _held;

    /// <summary>A viewer's terminal has this size; it counts while the viewer is in control.</summary>
    public void Ask(int columns, int rows, Viewer by)
    {
        (by.Columns, by.Rows) = (columns, rows);
        if (control.Controller != by)
        {
            return;
        }

        if (_resting == by)
        {
            _held = (columns, rows);
            return;
        }

        _held = null;
        if (columns != session.Emulator.Columns || rows != session.Emulator.Rows)
        {
            _resting = by;
            session.Deadlines.After(Pause, () => Release(by));
            Apply(columns, rows, by);
        }
    }

    private void Apply(int columns, int rows, Viewer by)
    {
        // The emulator first: what the program draws for its new size must meet it.
        journal.RecordSize(columns, rows, JournalTime.Of(host.Clock.GetUtcNow()));
        session.Emulator.Resize(columns, rows);
        session.Pty.Resize(columns, rows);
        host.Happened(session.Id, "resized", $"{columns}×{rows} by {by.Client.Name}");
        host.Changed(session.Describe());
        foreach (var viewer in viewers)
        {
            if (viewer != by)
            {
                viewer.Tell(new ResizedNotice { Channel = viewer.Channel, Columns = columns, Rows = rows, Offset = session.Output.End, By = by.Client.Name });
                viewer.Resized();
            }
        }
    }

    private void Release(Viewer by)
    {
        if (_resting != by)
        {
            return;
        }

        _resting = null;
        if (_held is { } held)
        {
            Ask(held.Columns, held.Rows, by);
        }
    }
}
