using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Sessions;

/// <summary>
/// Who may type: at most one viewer, the same for every transport. Control is given to who asks while it is free, or takes it; it is released by
/// detach, end of connection, and downgrade; then the observer who has waited longest gets it, with its size. Owned by the session's thread.
/// </summary>
internal sealed class ControlDesk(Session session, List<Viewer> viewers)
{
    /// <summary>The cause that needs no notice: the reply to the attach tells the mode.</summary>
    public const string AtAttach = "attached";

    public Viewer? Controller { get; private set; }

    /// <summary>Gives control if it is free or <paramref name="take"/> says so; otherwise the viewer waits for it.</summary>
    public void Ask(Viewer viewer, bool take, string cause)
    {
        // A request may arrive behind the viewer's end.
        if (Controller == viewer || !viewers.Contains(viewer))
        {
            return;
        }

        if (Controller is { } previous)
        {
            if (!take)
            {
                viewer.WaitsForControl = true;
                return;
            }

            Demote(previous, viewer);
        }

        Give(viewer, cause);
    }

    /// <summary>Gives control at once, or, if that is asked for, says who has it.</summary>
    public void Take(Viewer viewer, bool ifFree)
    {
        if (ifFree && Controller is { } other && other != viewer && viewers.Contains(viewer))
        {
            viewer.Tell(new ControlNotice { Channel = viewer.Channel, Mode = AttachMode.Observe, Cause = "refused", By = other.Client.Name });
        }
        else
        {
            Ask(viewer, take: true, "granted");
        }
    }

    /// <summary>The viewer observes from now on, and does not wait for control. A lent terminal is given back.</summary>
    public void Release(Viewer viewer)
    {
        viewer.WaitsForControl = false;
        if (Controller != viewer)
        {
            return;
        }

        viewer.Mode = AttachMode.Observe;
        if (viewer is LentTerminal)
        {
            session.Remove(viewer, isClientGone: false);
        }
        else
        {
            Vacate();
        }

        viewer.Tell(new ControlNotice { Channel = viewer.Channel, Mode = AttachMode.Observe, Cause = "released" });
    }

    /// <summary>The viewer is gone.</summary>
    public void Forget(Viewer viewer)
    {
        if (Controller == viewer)
        {
            Vacate();
        }
    }

    private void Demote(Viewer previous, Viewer by)
    {
        Controller = null;
        previous.Mode = AttachMode.Observe;
        if (previous is LentTerminal)
        {
            session.Remove(previous, isClientGone: false);
        }
        else
        {
            previous.WaitsForControl = true;
        }

        previous.Tell(new ControlNotice { Channel = previous.Channel, Mode = AttachMode.Observe, Cause = "taken", By = by.Client.Name });
    }

    private void Vacate()
    {
        Controller = null;
        if (viewers.Find(viewer => viewer.WaitsForControl) is { } next)
        {
            Give(next, "promoted");
        }
        else
        {
            session.ControlChanged();
        }
    }

    private void Give(Viewer viewer, string cause)
    {
        Controller = viewer;
        viewer.Mode = AttachMode.Control;
        viewer.WaitsForControl = false;
        session.ControlChanged();
        session.ShowColorsOf(viewer);
        session.Resize(viewer.Columns, viewer.Rows, viewer);
        if (cause != AtAttach)
        {
            viewer.Repaint(0);
            viewer.Tell(new ControlNotice { Channel = viewer.Channel, Mode = AttachMode.Control, Cause = cause });
        }
    }
}
