using System.Diagnostics;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Native;

namespace Tether.Tui.Commands.Hook;

/// <summary>
/// One question or report to the daemon and the wait for its reply. Never starts a daemon. When a question's connection breaks it comes again with the same
/// key, because a daemon that is replaced takes its open questions along.
/// </summary>
internal sealed class HookCall(string socket, HookRequest request, bool asks)
{
    // A daemon that is there answers a greeting, and a report, at once.
    private const int GreetingMilliseconds = 2000;
    private const int ReportMilliseconds = 3000;

    // How long a daemon may take to be replaced, and how often to look.
    private const int ReturnMilliseconds = 20_000;
    private const int LookMilliseconds = 100;

    // How often to look whether the agent still lives, beside its end of standard output.
    private const int ParentMilliseconds = 2000;

    private readonly int _parent = LibC.getppid();

    private enum Ending
    {
        Answered,
        ConnectionLost,
        NoReply,
        AgentGone,
    }

    /// <summary>What to print, and what was wrong; both may be null.</summary>
    public (string? Output, string? Problem) Run()
    {
        if (TryOpen() is not { } connection)
        {
            return (null, $"no daemon listens at {socket}");
        }

        while (true)
        {
            var (ending, reply) = Converse(connection);
            connection.Dispose();
            switch (ending)
            {
                case Ending.Answered when reply is HookReply answer:
                    return (answer.Output, null);
                case Ending.Answered:
                    return (null, reply is ErrorReply error ? $"the daemon refused: {error.Message}" : "the daemon answered something else");
                case Ending.NoReply:
                    return (null, "the daemon does not answer");
                case Ending.AgentGone:
                    return (null, "the agent is gone");
                case Ending.ConnectionLost when !asks:
                    return (null, "the daemon closed the connection");
            }

            if (Reopen() is not { } again)
            {
                return (null, "the daemon did not come back");
            }

            connection = again;
        }
    }

    private LocalConnection? TryOpen() =>
        LocalConnection.TryOpen(socket, new HelloRequest { Id = 0, Versions = Connector.Versions, Client = $"{request.Agent}'s hook" });

    private LocalConnection? Reopen()
    {
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started).TotalMilliseconds < ReturnMilliseconds;)
        {
            if (IsAgentGone(LookMilliseconds))
            {
                return null;
            }

            if (TryOpen() is { } connection)
            {
                return connection;
            }
        }

        return null;
    }

    private (Ending Ending, Message? Reply) Converse(LocalConnection connection)
    {
        if (!connection.Send(request))
        {
            return (Ending.ConnectionLost, null);
        }

        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            while (connection.TryRead(out var incoming))
            {
                if (incoming.Message is Reply { Re: var re } reply && (re == request.Id || reply is ErrorReply))
                {
                    return (Ending.Answered, reply);
                }
            }

            var limit = connection.Welcome is null ? GreetingMilliseconds : asks ? int.MaxValue : ReportMilliseconds;
            var left = limit - Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            if (left <= 0)
            {
                return (Ending.NoReply, null);
            }

            switch (Wait(connection.WaitDescriptor, (int)Math.Min(left + 1, ParentMilliseconds)))
            {
                case Woken.AgentGone:
                    return (Ending.AgentGone, null);
                case Woken.Readable when !connection.Fill():
                    return (Ending.ConnectionLost, null);
            }
        }
    }

    private enum Woken
    {
        Nothing,
        Readable,
        AgentGone,
    }

    // An entry without events still tells that the other end is closed: of standard output, that nobody wants the answer.
    private Woken Wait(int descriptor, int milliseconds)
    {
        Span<PollEntry> entries = stackalloc PollEntry[2];
        entries[0] = new PollEntry { Descriptor = 1 };
        entries[1] = new PollEntry { Descriptor = descriptor, Events = LibC.PollIn };
        var isWoken = Poller.Wait(descriptor < 0 ? entries[..1] : entries, milliseconds);
        return entries[0].Returned != 0 || LibC.getppid() != _parent ? Woken.AgentGone
            : isWoken ? Woken.Readable
            : Woken.Nothing;
    }

    private bool IsAgentGone(int milliseconds) => Wait(-1, milliseconds) == Woken.AgentGone;
}
