using System.CommandLine;
using Tether.Protocol.Model;
using Tether.Protocol.Wire;
using Tether.Tui.Attach;
using Tether.Tui.Commands.Outside;
using Tether.Tui.Connection;

namespace Tether.Tui.Commands;

/// <summary>`tether attach`: one session on the whole terminal.</summary>
internal static class AttachCommand
{
    public const string Name = "attach";

    public const string Examples = """
        tether attach                 the only session, or a list to pick from
        tether attach 7fk2            a unique beginning of the id is enough; so is the title
        tether attach api --observe   see, but never type
        tether attach 6f03819a        an agent's own session that Tether does not know: adopts it (`tether adopt`)
        tether attach api --take      take control from whoever has it
        TETHER_ESCAPE=ctrl-b tether attach     another key than Ctrl-] opens the menu (d detaches)
        """;

    public static Command Build()
    {
        var session = CommandParts.OptionalSession();
        var observe = new Option<bool>("--observe") { Description = "See, but never type or resize" };
        var control = new Option<bool>("--control") { Description = "Fail when somebody else is in control, instead of observing until it is free" };
        var take = new Option<bool>("--take") { Description = "Take control from whoever has it" };
        var noReconnect = new Option<bool>("--no-reconnect") { Description = "End when the daemon goes, instead of coming back by itself" };
        var command = new Command(Name, "Attach this terminal to a session (Ctrl-] d detaches)") { session, control, observe, take, noReconnect };
        command.Validators.Add(result =>
        {
            if (result.GetValue(observe) && (result.GetValue(control) || result.GetValue(take)))
            {
                result.AddError("--observe excludes --control and --take");
            }
        });
        command.SetAction(result => Run(new AttachArguments
        {
            Session = result.GetValue(session),
            Observes = result.GetValue(observe),
            InsistsOnControl = result.GetValue(control),
            Takes = result.GetValue(take),
            Reconnects = !result.GetValue(noReconnect),
        }));
        return command;
    }

    public static int Run(AttachArguments arguments)
    {
        using var terminal = AttachClient.OpenTerminal(before: () => RequireSession(arguments.Session));
        var settings = AttachSettings.Read() with { Reconnects = arguments.Reconnects };
        var daemon = Connector.OpenClient();
        var running = daemon.Ask<SessionsReply>(new ListRequest()).Sessions;
        var name = arguments.Session ?? SessionPicker.Pick(running);
        var session = SessionLookup.Find(running, name);
        if (session is null && !arguments.Observes && Adopting.LooksLikeAgents(name) && Adopting.IsOutside(daemon, name))
        {
            return Adopting.Attach(daemon, terminal, settings, new AdoptRequest { AgentSession = name });
        }

        Refuse(session, insistsOnControl: arguments.InsistsOnControl && !arguments.Takes);
        return AttachClient.Run(daemon, new AttachPlan(session?.Id ?? name)
        {
            Mode = arguments.Observes ? AttachMode.Observe : AttachMode.Control,
            Take = arguments.Takes,
            IsKnown = session is not null,
            Scrollback = AttachSettings.ScrollbackRows,
        }, settings, terminal);
    }

    private static void RequireSession(string? name)
    {
        if (name is not null && !Adopting.LooksLikeAgents(name))
        {
            using var daemon = Connector.OpenClient();
            SessionLookup.Require(daemon, name);
        }
    }

    private static void Refuse(SessionRecord? session, bool insistsOnControl)
    {
        // A session shown inside itself would feed its own output to itself for ever.
        if (session is not null && session.Id == ClientEnvironment.CurrentSession)
        {
            throw new TetherException(ExitCodes.WrongState,
                $"this terminal is already inside session {session.Id}; attach to it from another one, or to another session from here");
        }

        if (insistsOnControl && session?.Controller is { } controller)
        {
            throw new TetherException(ExitCodes.WrongState,
                $"{controller} is in control of {session.Id}; --take takes it, --observe only looks");
        }
    }
}
