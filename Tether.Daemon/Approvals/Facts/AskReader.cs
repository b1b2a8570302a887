using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Facts;

/// <summary>
/// Takes asks apart. Reads links and what exists from the disk and nothing else; may be called from any thread.
/// </summary>
internal sealed class AskReader(string home)
{
    // What is more than this is no command of a person's or an agent's.
    private const int MostPaths = 512;

    private const int LongestCommand = 1000;

    private readonly PathResolver _paths = new(home);

    /// <param name="ask">What is asked.</param>
    /// <param name="sessionDirectory">The session's own directory, absolute.</param>
    /// <param name="endpoint">Where the session's agent serves its protocol; null when it serves none.</param>
    public AskReading Read(Ask ask, string sessionDirectory, string? endpoint = null)
    {
        var directory = string.IsNullOrEmpty(ask.Directory) ? sessionDirectory : Path.Combine(sessionDirectory, ask.Directory);
        var script = ask.Command is { } command ? ScriptWalk.Read(command, directory, _paths) : null;
        var unreadable = script?.Unreadable ?? (ask.Command is null && ask.ToolClass == ToolClass.Command ? "the command is not told" : null);
        var parts = new List<AskPart>();
        var pathCount = 0;
        var finder = new PathFinder(_paths);
        var marks = new Marks(_paths.Real(sessionDirectory, ".") ?? sessionDirectory);
        foreach (var placed in script?.Commands ?? [])
        {
            var part = Part(placed, finder, marks);
            parts.Add(part);
            pathCount += part.Paths.Count;
            if (pathCount > MostPaths)
            {
                unreadable ??= $"it names more than {MostPaths} paths";
                break;
            }
        }

        if (OwnPart(ask, directory, finder, marks) is { } own)
        {
            parts.Add(own);
        }

        var text = ask.Command ?? (ask.ToolClass is ToolClass.Network or ToolClass.Other ? $"{ask.Title}\n{ask.Input}" : "");
        var controls = ControlWays.Find(text, script?.Commands ?? [], endpoint);
        foreach (var control in controls)
        {
            marks.Add(MarkKind.Secret, control.What);
        }

        if (unreadable is not null)
        {
            marks.Add(MarkKind.Unreadable, unreadable);
        }

        return new AskReading
        {
            Ask = ask,
            Parts = parts,
            SessionDirectory = _paths.Real(sessionDirectory, "."),
            Controls = controls,
            Doubts = script?.Doubts ?? [],
            Functions = script?.Functions ?? new HashSet<string>(),
            MakesLinks = script?.Commands.Any(placed => placed.Program is "ln" or "mount" or "link" or "symlink") == true,
            Facts = Facts(parts, marks, unreadable),
        };
    }

    private static CommandFacts Facts(List<AskPart> parts, Marks marks, string? unreadable)
    {
        var commands = parts.Where(part => part.Command is not null).Select(part => part.Command!).ToArray();
        return new CommandFacts
        {
            Commands = [.. commands.Where(command => command.Source.Length > 0).Select(command => CleanText.Line(command.Source, LongestCommand))],
            Programs = [.. commands.Where(command => !command.IsTest).Select(command => command.Program).OfType<string>().Distinct().Select(program => CleanText.Line(program))],
            Paths = [.. parts.SelectMany(part => part.Paths).Where(path => path.IsNamed && !PathFinder.IsNothing(path.Lexical)).Select(path => path.Lexical).Distinct().Select(path => CleanText.Line(path))],
            Hosts = [.. parts.SelectMany(part => part.Hosts).Distinct().Select(host => CleanText.Line(host))],
            Marks = marks.ToArray(),
            Risk = marks.Risk,
            Unreadable = unreadable,
        };
    }

    private AskPart Part(PlacedCommand command, PathFinder finder, Marks marks)
    {
        var (paths, hasUnknown) = finder.Find(command);
        var (hosts, isNetwork, hasUnknownHosts) = HostFinder.Find(command);
        marks.AddPaths(paths);
        foreach (var mark in RiskMarks.Of(command))
        {
            marks.Add(mark.Kind, mark.Text);
        }

        if (isNetwork)
        {
            marks.Add(MarkKind.Network, hosts.Count > 0 ? string.Join(", ", hosts) : command.Program ?? "");
        }

        foreach (var path in paths.Where(path => path.IsWritten && File.Exists(path.Real) && !PathFinder.IsNothing(path.Lexical)))
        {
            if (command.Redirections.Any(redirection => redirection.Kind == Shell.RedirectionKind.Write))
            {
                marks.Add(MarkKind.Deletion, path.Lexical);
            }
        }

        return new AskPart
        {
            Command = command,
            Directories = command.Directories is null || command.Directories.Any(folder => _paths.Real(folder, ".") is null) ? null : [.. command.Directories.Select(folder => _paths.Real(folder, ".")!)],
            Paths = paths,
            HasUnknownPaths = hasUnknown,
            Hosts = hosts,
            HasUnknownHosts = hasUnknownHosts,
        };
    }

    // What an editing, reading or fetching tool names itself.
    private AskPart? OwnPart(Ask ask, string directory, PathFinder finder, Marks marks)
    {
        if (ask.Command is not null && ask.Edits.Length + ask.Paths.Length + ask.Hosts.Length == 0)
        {
            return null;
        }

        PartPath[] paths =
        [
            .. ask.Edits.Select(edit => finder.Make(directory, edit.Path, IsHome(edit.Path)) with { IsWritten = true, IsNamed = true }),
            .. ask.Paths.Select(path => finder.Make(directory, path, IsHome(path)) with { IsWritten = ask.ToolClass is not ToolClass.Read, IsNamed = true }),
        ];
        marks.AddPaths(paths);
        foreach (var edit in ask.Edits.Where(edit => edit.IsDeletion))
        {
            marks.Add(MarkKind.Deletion, edit.Path);
        }

        if (ask.Hosts.Length > 0 || ask.ToolClass == ToolClass.Network)
        {
            marks.Add(MarkKind.Network, string.Join(", ", ask.Hosts));
        }

        return new AskPart
        {
            Directories = _paths.Real(directory, ".") is { } real ? [real] : null,
            Paths = paths,
            HasUnknownPaths = paths.Length == 0,
            Hosts = [.. ask.Hosts.Select(host => host.ToLowerInvariant().TrimEnd('.'))],
            HasUnknownHosts = ask.Hosts.Length == 0 && ask.ToolClass == ToolClass.Network,
        };
    }

    private static bool IsHome(string path) => path is "~" or ['~', '/', ..];
}
