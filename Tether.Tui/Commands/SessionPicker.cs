using Spectre.Console;
using Tether.Protocol.Model;
using Tether.Tui.Connection;
using Tether.Tui.Output;

namespace Tether.Tui.Commands;

/// <summary>Which session, when none was named: the only one; else the person picks among those of this directory, or of all.</summary>
internal static class SessionPicker
{
    private const int VisibleRows = 15;

    public static string Pick(SessionRecord[] running)
    {
        var own = ClientEnvironment.CurrentSession;
        var candidates = Candidates([.. running.Where(session => session.Id != own)], Environment.CurrentDirectory);
        return candidates.Length switch
        {
            0 => throw new TetherException(ExitCodes.NoSession, "no session runs; `tether run codex` starts one, `tether ls --all` lists ended ones"),
            1 => candidates[0].Id,
            _ => Ask(candidates),
        };
    }

    /// <summary>Those started in the directory if there are any, else all.</summary>
    public static SessionRecord[] Candidates(SessionRecord[] running, string directory)
    {
        var here = running.Where(session => session.Directory == directory).ToArray();
        return here.Length > 0 && running.Length > 1 ? here : running;
    }

    private static string Ask(SessionRecord[] sessions)
    {
        var prompt = new SelectionPrompt<SessionRecord>()
            .Title("Which session?")
            .PageSize(VisibleRows)
            .UseConverter(session => Markup.Escape($"{session.Id}  {session.Title}  {SessionText.ShortDirectory(session.Directory)}  {session.LastLine}"))
            .AddChoices(sessions);
        return AnsiConsole.Prompt(prompt).Id;
    }
}
