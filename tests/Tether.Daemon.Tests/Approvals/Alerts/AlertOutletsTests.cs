using System.Collections.Concurrent;
using Tether.Daemon.Approvals.Alerts;
using Tether.Daemon.Sessions;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Xunit;

namespace Tether.Daemon.Tests.Approvals.Alerts;

public sealed class AlertOutletsTests : IDisposable
{
    private static readonly AlertNotice Notice = new() { Item = "ab2", Title = "claude needs approval", Text = "a <b> & \\n" };

    private static readonly QueueItem Item = new()
    {
        Id = "ab2", Kind = QueueKind.Approval, Session = "s1", Agent = "claude", Title = "Bash: $(touch no) \"'; touch no", AskedAt = default,
    };

    private readonly ScratchDirectory _scratch = new();
    private readonly HandClock _clock = new();
    private readonly ConcurrentQueue<string> _problems = [];
    private readonly Dictionary<string, string?> _variables = [];
    private readonly AlertPrograms _programs;

    public AlertOutletsTests() => _programs = new AlertPrograms(TimeSpan.FromSeconds(10), _clock, _problems.Enqueue);

    private string Told => Path.Combine(_scratch.Path, "told");

    public void Dispose()
    {
        _programs.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void The_persons_command_finds_the_item_in_its_environment_and_nothing_of_that_is_carried_out()
    {
        Outlets($"cd {_scratch.Path}; printf '%s\\n' \"$TETHER_ITEM\" \"$TETHER_ITEM_KIND\" \"$TETHER_ITEM_SESSION\" \"$TETHER_ITEM_AGENT\" \"$TETHER_ITEM_TITLE\" >new; cat >>new; mv new told")
            .RunCommand(Item);
        Soon.Is(() => File.Exists(Told));
        Assert.Equal(["ab2", "approval", "s1", "claude", Item.Title], File.ReadAllLines(Told));
        Assert.False(File.Exists(Path.Combine(_scratch.Path, "no")));
    }

    [Fact]
    public void Commands_run_one_after_another_and_one_that_hangs_is_ended_with_what_it_started()
    {
        var outlets = Outlets($"cd {_scratch.Path}; if [ -e first ]; then echo >told; else echo $$ >first.new; mv first.new first; sleep 1000 & wait; fi");
        outlets.RunCommand(Item);
        outlets.RunCommand(Item);
        Soon.Is(() => File.Exists(Path.Combine(_scratch.Path, "first")));
        Assert.False(File.Exists(Told));

        _clock.Move(TimeSpan.FromSeconds(10));
        Soon.Is(() => File.Exists(Told));
        Assert.Contains("in time", Assert.Single(_problems), StringComparison.Ordinal);
        var process = File.ReadAllText(Path.Combine(_scratch.Path, "first")).Trim();
        Soon.Is(() => !Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public void Without_a_command_none_is_run()
    {
        Outlets("").RunCommand(Item);
        Outlets($"echo >{Told}").RunCommand(Item);
        Soon.Is(() => File.Exists(Told));
        Assert.Empty(_problems);
    }

    [Theory]
    [InlineData("DISPLAY")]
    [InlineData("WAYLAND_DISPLAY")]
    [InlineData("DBUS_SESSION_BUS_ADDRESS")]
    public void On_a_desktop_notify_send_tells_by_its_arguments_alone(string variable)
    {
        _variables[variable] = "x";
        _variables["PATH"] = PutNotifySend();
        Outlets("").TellDesktop(Notice);
        Soon.Is(() => File.Exists(Told));
        Assert.Equal(["--app-name=Tether", "--", "claude needs approval", "a &lt;b&gt; &amp; \\\\n"], File.ReadAllLines(Told));
    }

    [Fact]
    public void Where_there_is_no_desktop_notify_send_is_not_run()
    {
        _variables["PATH"] = PutNotifySend();
        Outlets("").TellDesktop(Notice);
        var last = Path.Combine(_scratch.Path, "last");
        Outlets($"echo >{last}").RunCommand(Item);
        Soon.Is(() => File.Exists(last));
        Assert.False(File.Exists(Told));
    }

    [Fact]
    public async Task The_terminal_that_was_typed_into_last_is_told()
    {
        using var rig = new SessionRig();
        using var first = new Client("ann", rig);
        using var second = new Client("bob", rig);
        var outlets = Outlets("", rig.Table);
        Assert.False(await outlets.TellTerminalAsync(Notice));

        first.Attach(AttachMode.Control, alerts: "notice");
        second.Attach(AttachMode.Observe, alerts: "notice");
        Assert.True(await outlets.TellTerminalAsync(Notice));
        Assert.Equal(Notice with { Channel = second.Channel }, second.Connection.Next<AlertNotice>());

        first.Type("x");
        Assert.True(await outlets.TellTerminalAsync(Notice));
        Assert.Equal(Notice with { Channel = first.Channel }, first.Connection.Next<AlertNotice>());
        Assert.DoesNotContain(second.Connection.Waiting(), message => message is AlertNotice);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("bell")]
    public async Task A_terminal_that_shows_none_is_not_told(string? alerts)
    {
        using var rig = new SessionRig();
        using var client = new Client("ann", rig);
        client.Attach(AttachMode.Control, alerts);
        Assert.False(await Outlets("", rig.Table).TellTerminalAsync(Notice));
    }

    [Fact]
    public async Task A_session_is_looked_at_while_its_terminal_has_the_focus_or_else_for_a_while_after_a_key()
    {
        using var rig = new SessionRig();
        using var client = new Client("ann", rig);
        var outlets = new AlertOutlets(rig.Table, _programs, "", _ => null, TimeProvider.System);
        Assert.False(await outlets.IsLookedAtAsync("nobody"));
        Assert.False(await outlets.IsLookedAtAsync(rig.Session.Id));

        client.Attach(AttachMode.Control, alerts: null);
        Assert.False(await outlets.IsLookedAtAsync(rig.Session.Id), "nobody has typed");
        client.Type("x");
        Assert.True(await outlets.IsLookedAtAsync(rig.Session.Id));

        rig.Print("\e[?1004h");
        client.Type("\e[O");
        Assert.False(await outlets.IsLookedAtAsync(rig.Session.Id));
        client.Type("\e[I");
        Assert.True(await outlets.IsLookedAtAsync(rig.Session.Id));
    }

    private AlertOutlets Outlets(string command, SessionTable? table = null) => new(table ?? new SessionTable(), _programs, command, _variables.GetValueOrDefault, _clock);

    private string PutNotifySend()
    {
        var program = _scratch.Write("notify-send", $"#!/bin/sh\nprintf '%s\\n' \"$@\" >{Told}.new; mv {Told}.new {Told}\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return _scratch.Path;
    }

    private sealed class Client(string name, SessionRig rig) : IDisposable
    {
        public FakeConnection Connection { get; } = new(name);

        public int Channel { get; private set; }

        public void Attach(AttachMode mode, string? alerts)
        {
            rig.Attachments.Attach(Connection, new AttachRequest { Id = 1, Session = rig.Session.Id, Mode = mode, Columns = 80, Rows = 24, Alerts = alerts });
            Channel = Connection.Next<AttachedReply>().Channel;
        }

        public void Type(string keys) => rig.Do(() => rig.Session.Type(rig.Session.Controller!, System.Text.Encoding.UTF8.GetBytes(keys)));

        public void Dispose() => rig.Attachments.Closed(Connection);
    }
}
