using System.CommandLine;
using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

namespace Tether.Tui.Commands.Hook;

/// <summary>
/// `tether hook`: what agents run to tell the daemon something, or to ask. It fails open: whatever goes wrong, it prints nothing and exits with 0, and the
/// agent asks in its own way.
/// </summary>
internal static class HookCommand
{
    public const string Name = "hook";

    public const string Examples = """
        tether hook claude <payload.json            tells the daemon what a hook of claude told (agents run this, people need not)
        tether hook claude --asks <payload.json     waits for the answer to a permission request and prints it
        tether hook codex --verbose <payload.json   says on standard error why nothing came of it
        """;

    // Only for help and completion; HookArguments divides the words.
    public static Command Build() => new(Name, "For agents' hooks: tell this session's daemon what standard input says, print its answer (agents run it, not people)")
    {
        new Argument<string>("agent") { Description = "claude or codex" },
        new Option<bool>("--asks") { Description = "It is a question: wait for the answer as long as it takes" },
        new Option<bool>("--verbose") { Description = "Say on standard error why there is no answer" },
    };

    public static int Run(HookArguments arguments)
    {
        var problem = Attempt(arguments);
        if (problem is not null && arguments.IsVerbose)
        {
            StandardStreams.Complain(problem);
        }

        return ExitCodes.Done;
    }

    // Null when all is well, else what is not.
    private static string? Attempt(HookArguments arguments)
    {
        try
        {
            // First of all: an agent may take it amiss when its words are not read.
            var payload = HookInput.Read();
            if (payload is null)
            {
                return "standard input is longer than 1 MiB, or does not end";
            }

            var secret = Environment.GetEnvironmentVariable("TETHER_HOOK_SECRET");
            if (ClientEnvironment.CurrentSession is not { } session || secret is not { Length: > 0 })
            {
                return "this is no session of Tether: TETHER_SESSION and TETHER_HOOK_SECRET are not both set";
            }

            var request = new HookRequest
            {
                Id = 1,
                Session = session,
                Secret = secret,
                Agent = arguments.Agent,
                Key = Guid.NewGuid().ToString("N"),
                Payload = payload,
            };
            var socket = Environment.GetEnvironmentVariable("TETHER_SOCKET") is { Length: > 0 } given ? given : ClientEnvironment.Paths.LocalSocket;
            var (output, problem) = new HookCall(socket, request, arguments.Asks).Run();
            if (output is not null)
            {
                StandardStreams.Print(output);
            }

            return problem;
        }
        catch (Exception e) when (e is NativeException or TetherException or IOException)
        {
            return e.Message;
        }
    }
}
