using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;

namespace Tether.Tui.History;

/// <summary>Tells when a session has printed more, by observing it. The frames' bytes are not used: the journal has them exactly.</summary>
internal sealed class OutputWatch
{
    private readonly DaemonClient _daemon;
    private readonly int _channel;
    private bool _hasNews;

    public OutputWatch(DaemonClient daemon, string session)
    {
        _daemon = daemon;
        _daemon.Unasked = Note;
        var request = new AttachRequest { Session = session, Mode = AttachMode.Observe, Columns = 80, Rows = 24 };
        _channel = daemon.Ask<AttachedReply>(request).Channel;
    }

    /// <summary>The session has ended.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Waits until there is something new, or the end.</summary>
    public void Wait()
    {
        while (true)
        {
            while (_daemon.Connection.TryRead(out var incoming))
            {
                Note(incoming);
            }

            if (_hasNews || IsOver)
            {
                _hasNews = false;
                return;
            }

            if (!_daemon.Connection.Fill())
            {
                throw DaemonException.Gone();
            }
        }
    }

    private void Note(Incoming incoming)
    {
        switch (incoming.Message)
        {
            case null when incoming.Header.Channel == _channel && incoming.Header.Kind is FrameKind.Output or FrameKind.Snapshot:
                _hasNews = true;
                break;
            case ExitedNotice exited when exited.Channel == _channel:
                IsOver = true;
                break;
        }
    }
}
