using System.Diagnostics;
using Tether.Daemon.Agents;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Approvals.Alerts;

/// <summary>The ways to a person from a daemon: clients, terminals of its sessions, the desktop's own program, a command.</summary>
/// <param name="table">The sessions.</param>
/// <param name="programs">Runs programs.</param>
/// <param name="command">The person's own, for a shell; empty for none.</param>
/// <param name="variable">The daemon's environment.</param>
/// <param name="clock">What viewers' times are compared with.</param>
internal sealed class AlertOutlets(SessionTable table, AlertPrograms programs, string command, Func<string, string?> variable, TimeProvider clock) : IAlertOutlets
{
    // A session's thread answers in no time, or hangs on a disk.
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(1);

    /// <summary>Tells a client that subscribed to alerts; set once there can be any.</summary>
    public Func<string, AlertNotice, bool> Subscriber { get; set; } = (_, _) => false;

    public async Task<bool> IsLookedAtAsync(string session) =>
        table.FindLive(session) is { } live && await AskAsync(live, () => Attention.IsLookedAt(live, clock.GetUtcNow()) ? "yes" : null).ConfigureAwait(false) is not null;

    public bool TellSubscriber(string session, AlertNotice alert) => Subscriber(session, alert);

    public async Task<bool> TellTerminalAsync(AlertNotice alert)
    {
        var uses = await Task.WhenAll(table.Live.Select(async session =>
            (Session: session, Use: await AskAsync(session, () => Attention.LastUsed(session)).ConfigureAwait(false)))).ConfigureAwait(false);
        foreach (var (session, use) in uses.Where(one => one.Use is not null).OrderByDescending(one => one.Use!.At))
        {
            if (await AskAsync(session, () => Attention.Alert(session, use!.Viewer, alert) ? "told" : null).ConfigureAwait(false) is not null)
            {
                return true;
            }
        }

        return false;
    }

    public void TellDesktop(AlertNotice alert)
    {
        string[] desktop = ["DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"];
        if (desktop.Any(name => variable(name) is { Length: > 0 }) && ProgramFinder.Find("notify-send", variable("PATH"), "/").Program is { } program)
        {
            programs.Run(new ProcessStartInfo(program, ["--app-name=Tether", "--", alert.Title, Markup(alert.Text)]));
        }
    }

    public void RunCommand(QueueItem item)
    {
        if (command.Length == 0)
        {
            return;
        }

        var start = new ProcessStartInfo("/bin/sh", ["-c", command]);
        start.Environment["TETHER_ITEM"] = item.Id;
        start.Environment["TETHER_ITEM_KIND"] = item.Kind.ToString().ToLowerInvariant();
        start.Environment["TETHER_ITEM_TITLE"] = item.Title;
        start.Environment["TETHER_ITEM_SESSION"] = item.Session;
        start.Environment["TETHER_ITEM_AGENT"] = item.Agent;
        programs.Run(start);
    }

    // notify-send undoes backslashes, desktops read the rest as markup.
    private static string Markup(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\\", "\\\\", StringComparison.Ordinal);

    private async Task<T?> AskAsync<T>(Session session, Func<T?> question)
        where T : class
    {
        try
        {
            // Nothing found looks like a session that is over, and means the same here.
            return await session.Ask(() => question()!).WaitAsync(AnswerLimit, clock).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
