using Microsoft.Extensions.Logging;
using Tether.Daemon.Agents;
using Tether.Daemon.Agents.Screens;
using Tether.Daemon.Agents.Stores;
using Tether.Daemon.Approvals;
using Tether.Daemon.Approvals.Alerts;
using Tether.Daemon.Approvals.Audit;
using Tether.Daemon.Approvals.Policy;
using Tether.Daemon.Configuration;
using Tether.Daemon.Events;
using Tether.Daemon.Events.Webhooks;
using Tether.Daemon.External;
using Tether.Daemon.Journal;
using Tether.Daemon.Keeper;
using Tether.Daemon.Logging;
using Tether.Daemon.Native;
using Tether.Daemon.Server;
using Tether.Daemon.Server.Api;
using Tether.Daemon.Server.Api.External;
using Tether.Daemon.Server.Api.Sessions;
using Tether.Daemon.Sessions;
using Tether.Daemon.Storage;
using Tether.Protocol.Model;
using Tether.Protocol.Terminal;
using Tether.Protocol.Wire;

namespace Tether.Daemon;

/// <summary>The daemon from start to end: who is made of whom, and in which order.</summary>
internal sealed class DaemonProcess : IDisposable
{
    private static readonly TimeSpan ParkLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ServerLimit = TimeSpan.FromSeconds(2);

    // A daemon that is replaced may take so long to end.
    private static readonly TimeSpan LastDaemonsEnd = TimeSpan.FromSeconds(5);

    // A program that tells the person something has this time.
    private static readonly TimeSpan AlertLimit = TimeSpan.FromSeconds(10);

    // A first prompt is there by then, and a flood, which wants a ready emulator, has hardly begun.
    private static readonly TimeSpan WarmUpDelay = TimeSpan.FromMilliseconds(300);

    // Torn files are noticed even if nothing is decided.
    private static readonly TimeSpan AuditDelay = TimeSpan.FromSeconds(1);

    private readonly TetherPaths _paths;
    private readonly TetherConfig _config;
    private readonly DaemonLog _log;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly ManualResetEventSlim _end = new();
    private readonly SessionTable _table = new();
    private readonly SupervisedPeers _supervised;
    private readonly ConfinedDirectories _directories;
    private readonly ProviderList _providers;
    private readonly AgentFolders _folders;
    private readonly Supervision _supervision;
    private readonly ApprovalPolicy _policy;
    private readonly AuditLog _audit;
    private readonly AlertPrograms _alertPrograms;
    private readonly AlertOutlets _outlets;
    private readonly Notifier _notifier;
    private readonly RuleBook _rules;
    private readonly Registry _registry;
    private readonly EventLog _events;
    private readonly WebhookDesk _webhooks;
    private readonly KeeperLink _keeper;
    private readonly RequestHandler _handler;
    private readonly AgentStores _stores = AgentStores.Of(StoreHome.Of(Environment.GetEnvironmentVariable));
    private readonly LineEnds _lineEnds = new();
    private readonly ExternalAgents _externals;
    private readonly InputCursors _cursors;
    private readonly LocalServer _localServer;
    private readonly WebSocketServer _webSocketServer;
    private bool _isEmulatorReady;

    private DaemonProcess(TetherPaths paths, TetherConfig config, string version, Task<ReachedKeeper> keeper)
    {
        _paths = paths;
        _config = config;
        _log = new DaemonLog(paths.LogFile, config.LogLevel, config.LogBytes, config.LogFiles, _clock);
        _logger = _log.For<DaemonProcess>();
        _providers = new ProviderList(paths.ProvidersFile);
        Task.Run(() => _providers.All);
        _folders = new AgentFolders(paths.Journals);
        _rules = new RuleBook(paths.AgentRules);
        _cursors = new InputCursors(session => Path.Combine(paths.Journals, session));
        _directories = new ConfinedDirectories(_table, Environment.GetEnvironmentVariable("HOME") ?? "/", config.HttpDirectories);
        _logger.Starting(version, Environment.ProcessId);
        foreach (var warning in config.Warnings)
        {
            _logger.ConfigWarning(warning);
        }

        // Reading the registry takes as long as starting a keeper, and neither needs the other.
        _registry = new Registry(paths.Registry, _log.For<Registry>(), _clock);
        var stored = Task.Run(_registry.Load);
        _events = new EventLog(paths.Events, new OldEvents(() => OldEvents(stored), _registry.DropOldEvents), config.EventsMost, _log.For<EventLog>(), _clock);
        _webhooks = new WebhookDesk(paths.Webhooks, _events, _clock, _log.For<WebhookDesk>());
        var ends = new SessionEnds(_table);
        _audit = new AuditLog(paths.DataDirectory, _clock, text => _logger.Audit(text));
        _policy = new ApprovalPolicy(
            paths.PolicyFile, paths.RulesFile, Environment.GetEnvironmentVariable("HOME") ?? "/", [paths.ConfigDirectory, paths.DataDirectory, paths.RuntimeDirectory], _clock.LocalTimeZone);
        _supervision = new Supervision(_table, _registry, _folders, AgentOf, new PolicyDesk(_policy, session => _folders.Find(session)?.Endpoint, _clock), _audit, config.Hold, _clock, _log.For<Supervision>());
        _alertPrograms = new AlertPrograms(AlertLimit, _clock, text => _logger.Notification(text));
        _outlets = new AlertOutlets(_table, _alertPrograms, config.NotifyCommand, Environment.GetEnvironmentVariable, _clock);
        _notifier = new Notifier(_outlets, _supervision.Queue.IsWaiting, _table.FindRecord, config.NotifiesContent, _clock, e => _logger.NotificationFailed(e)) { Keep = _supervision.Flush };
        _supervision.Queue.Arrived = config.Notifies ? _notifier.Arrived : null;
        var reached = keeper.GetAwaiter().GetResult();
        _keeper = new KeeperLink(paths.KeeperSocket, reached, LivingSessions, ends.Exited, text => _logger.Keeper(text));
        _supervised = new SupervisedPeers(_table, record => AgentOf(record.Provider), _folders, () => _keeper.KeeperProcessId);
        var host = new SessionHost(_table, _registry, _events, paths.Journals, _clock) { Released = _keeper.Release };
        var start = new SessionStart(SettingsOf(config, paths, version) with { AgentOf = AgentOf, Rules = _rules }, host);
        var recovered = new SessionRecovery(_table, start, _registry, _events, paths.Journals, _clock, record => _lineEnds.Open(record.Id, record.Columns, record.Rows))
            .Recover(stored.GetAwaiter().GetResult(), reached.Held);
        var items = new ItemEvents(_events, _clock);
        foreach (var open in _registry.OpenItems)
        {
            items.Know(open.Item);
        }

        _externals = MakeExternals(start, host);
        _lineEnds.Typed = _externals.Typed;
        _supervision.Published = items.Published;
        _supervision.Published += _externals.Changed;
        _supervision.Restore(_registry.OpenItems);
        foreach (var session in recovered)
        {
            host.Recovered(_table.FindRecord(session.Id)!);
            if (!session.HasProgram)
            {
                _externals.Recovered(session);
            }
        }

        host.Observed = _supervision.Observe;
        host.RecordChanged = _supervision.Changed;
        host.Prompted = _supervision.Prompted;
        _keeper.Start();
        var handler = _handler = MakeHandler(start, ends, host, version);
        _webSocketServer = new WebSocketServer(paths, HttpOf(version), handler, _log, _clock);
        _webSocketServer.Start();
        foreach (var session in recovered)
        {
            ends.Settle(session);
            session.Start();
            _supervision.Started(_table.FindRecord(session.Id)!);
        }

        // Their screens were just built again.
        _isEmulatorReady = recovered.Count > 0;

        _logger.Recovered(recovered.Count, _table.Records.Count);
        _localServer = LocalServer.Listen(paths.LocalSocket, handler);
        _localServer.Start();
        _webhooks.Start();
    }

    /// <summary>Serves until it is asked to end. <paramref name="ready"/> is called once clients can connect.</summary>
    /// <returns>False when another daemon serves already.</returns>
    public static bool Run(TetherPaths paths, TetherConfig config, string version, Action ready)
    {
        PrivateDirectory.Ensure(paths.RuntimeDirectory);
        PrivateDirectory.Ensure(paths.DataDirectory);
        PrivateDirectory.Ensure(paths.Journals);
        using var instance = InstanceLock.Take(paths.DaemonLock, () => IsServed(paths), LastDaemonsEnd, TimeProvider.System);
        if (instance is null)
        {
            ready();
            return false;
        }

        using var data = InstanceLock.Take(paths.DataLock, () => false, LastDaemonsEnd, TimeProvider.System, $"another daemon keeps its sessions in {paths.DataDirectory}; it serves {RuntimeNote.Read(paths.RuntimeNote)}");
        RuntimeNote.Write(paths);
        HttpSetup.Check(config, paths, TimeProvider.System);

        // What a start waits for longest begins at once and beside everything else.
        var keeper = Task.Run(() => KeeperLink.Reach(paths.KeeperSocket));
        using var daemon = new DaemonProcess(paths, config, version, keeper);
        ready();
        daemon.Later(AuditDelay, daemon._audit.Open);
        daemon.WaitForEnd();
        return true;
    }

    public void Dispose()
    {
        _handler.End();
        _localServer.Stop();
        _webSocketServer.DisposeAsync().AsTask().Wait(ServerLimit);
        foreach (var session in _table.Live)
        {
            session.Park();
        }

        if (!Task.WaitAll([.. _table.Live.Select(session => session.Over)], ParkLimit))
        {
            _logger.ParkTimedOut();
        }

        _lineEnds.Dispose();
        _stores.Dispose();
        _supervision.Dispose();
        _notifier.Dispose();
        _alertPrograms.Dispose();
        _audit.Dispose();
        _keeper.Close();
        _registry.Dispose();
        _webhooks.Dispose();
        _events.Dispose();
        _logger.Ended();
        _log.Dispose();
    }

    // The emulator is not made ready before somebody needs it, nor while a person waits for a first prompt.
    private void Started(SessionRecord record)
    {
        _supervision.Started(record);
        if (!Interlocked.Exchange(ref _isEmulatorReady, true))
        {
            Later(WarmUpDelay, EmulatorWarmUp.Run);
        }
    }

    // What nobody waits for, once those have been served who do.
    private void Later(TimeSpan delay, Action work) => Task.Delay(delay, _clock).ContinueWith(
        _ =>
        {
            if (!_end.IsSet)
            {
                work();
            }
        },
        TaskScheduler.Default);

    private RequestHandler MakeHandler(SessionStart start, SessionEnds ends, SessionHost host, string version)
    {
        var agents = new AgentLauncher(_folders, _paths.LocalSocket, AgentLauncher.FindTether(AppContext.BaseDirectory), _config, _clock, _log.For<AgentLauncher>());
        var launcher = new SessionLauncher(_providers, _config, _keeper, start, _table, ends, _registry, host, agents, Started);
        var lookups = new SessionLookups(_table);
        var facts = new DaemonFacts
        {
            Version = version,
            StartedAt = _clock.GetUtcNow(),
            Paths = _paths,
            KeeperProcessId = () => _keeper.KeeperProcessId,
            Api = () => _webSocketServer.Address,
            Warnings = () => _config.Warnings.Concat(_providers.Warnings).Concat(_rules.Warnings).Concat(_policy.Rules(_clock.GetUtcNow()).Warnings).Concat(_webSocketServer.Problems),
        };
        var daemon = new DaemonRequests(_table, lookups, facts, _events, _end.Set);
        var retention = new Retention(_table, _config.JournalDays, launcher.Forget, _clock);
        host.Sweep = retention.Sweep;
        host.Published = daemon.Publish;
        host.Published += _cursors.Happened;
        _supervision.Published += daemon.Publish;
        _outlets.Subscriber = daemon.Alert;
        retention.Sweep();
        var outside = new ExternalLookups(_stores, _table, _providers);
        return new RequestHandler(
            new SessionRequests(_table, lookups, launcher, start, new HistoryRequests(), _supervised, _directories, new InputEvents(_events, _clock), _supervision.Seen) { Externals = _externals },
            new AttachRequests(lookups, new EndedSessions(lookups, start), _supervised.MayAnswer, _clock),
            new AgentRequests(lookups, _folders, _paths.Fixtures, _clock),
            daemon,
            new QueueRequests(_supervision.Queue, lookups, _registry, _supervised, _clock),
            _supervision.Hooks,
            new PolicyRequests(_policy, _audit, lookups, _supervised, _supervision.RulesChanged, _clock),
            new ExternalRequests(_stores, outside, new Adoption(outside, launcher, _supervised, _directories, _clock), _log.For<ExternalRequests>()),
            _log.For<RequestHandler>());
    }

    // Before there was an event log the registry kept events.
    private IReadOnlyList<StoredEvent> OldEvents(Task registryLoaded)
    {
        registryLoaded.Wait();
        return RegistryReader.OldEvents(_paths.Registry);
    }

    private ExternalAgents MakeExternals(SessionStart start, SessionHost host)
    {
        var home = Environment.GetEnvironmentVariable("HOME") ?? "/";
        var sessions = new ExternalSessions(_table, start, host, _lineEnds, _config.Columns, _config.Rows, _config.Approval);
        return new ExternalAgents(_table, sessions, _lineEnds, _events, _supervision.Queue, _supervision.Flush, home, _directories.Confine, _clock);
    }

    private HttpSetup HttpOf(string version) => new()
    {
        Binding = HttpBinding.Of(_config),
        Token = _config.HttpToken,
        Rate = _config.HttpRate,
        IsSupervised = IsSupervised,
        Modules = (tokens, tickets) => ApiModules.Of(new ApiParts
        {
            Requests = new ApiRequests(_handler),
            Table = _table,
            Providers = _providers,
            Audit = _audit,
            Config = _config,
            Paths = _paths,
            Directories = _directories,
            Version = version,
            Clock = _clock,
            Log = _log,
            IsSupervised = IsSupervised,
            Events = _events,
            Webhooks = _webhooks,
            Externals = _externals,
            Cursors = _cursors,
            Tokens = tokens,
            Tickets = tickets,
        }),
    };

    private bool IsSupervised(int process)
    {
        try
        {
            return process != 0 && _supervised.Find(process) is not null;
        }
        catch (RequestError)
        {
            // Its session is still being started, or it has left.
            return true;
        }
    }

    private AgentKind? AgentOf(string provider) => _providers.Find(provider) is { } known ? AgentKinds.Of(known) : AgentKinds.Find(provider);

    private void WaitForEnd()
    {
        using var terminate = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            _end.Set();
        });
        using var interrupt = System.Runtime.InteropServices.PosixSignalRegistration.Create(System.Runtime.InteropServices.PosixSignal.SIGINT, context =>
        {
            context.Cancel = true;
            _end.Set();
        });
        _end.Wait();
        _logger.Ending();
    }

    private static bool IsServed(TetherPaths paths)
    {
        using var socket = UnixSocket.Connect(paths.LocalSocket);
        return socket is not null;
    }

    private IEnumerable<(KeeperMessage.Adopt Adopt, int Master)> LivingSessions() => _table.Live.Where(session => session.HasProgram).Select(session =>
        (new KeeperMessage.Adopt(session.Id, session.Pty.Leader.ProcessId, session.Pty.Leader.StartTime), session.Pty.Descriptor));

    private static SessionSettings SettingsOf(TetherConfig config, TetherPaths paths, string version) => new()
    {
        JournalsDirectory = paths.Journals,
        Journal = new JournalLimits(config.ScrollbackRows, config.JournalBytes),
        StopGrace = config.StopGrace,
        Terminal = new TerminalOptions
        {
            ScrollbackRows = config.ScrollbackRows,
            Version = version,
            Foreground = config.Foreground,
            Background = config.Background,
            Cursor = config.Foreground,
        },
    };
}
