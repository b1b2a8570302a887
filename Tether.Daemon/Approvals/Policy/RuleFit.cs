using Tether.Daemon.Approvals.Facts;
using Tether.Daemon.Approvals.Shell;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>
/// Holds rules against readings. A rule that allows must surely cover every part, with all that the part sets, redirects and names; one that asks
/// or denies fits when any part may be meant.
/// </summary>
internal sealed class RuleFit(PathResolver paths)
{
    private static readonly string[] SystemFolders = ["/bin/", "/usr/bin/"];

    /// <summary>True when the rule allows all of it.</summary>
    public bool Covers(CompiledRule rule, AskReading reading, PolicySubject subject)
    {
        if (reading.Facts.Unreadable is not null || reading.Parts.Count == 0)
        {
            return false;
        }

        var hasCommands = rule.Commands.Count > 0;
        var isRestricted = hasCommands || rule.Rule.Paths.Length > 0 || rule.Rule.Hosts.Length > 0;
        if ((isRestricted && reading.Doubts.Count > 0) || (rule.Rule.Paths.Length > 0 && reading.MakesLinks) || (hasCommands && reading.Ask.Command is null))
        {
            return false;
        }

        var patterns = rule.Rule.Paths.Select(glob => AllowPattern(glob, reading, subject)).ToArray();
        var hosts = false;
        foreach (var part in reading.Parts)
        {
            if (!CoversPlace(rule, part) || !CoversCommand(rule, reading, part) || !CoversPaths(rule, patterns, part, reading) || !CoversHosts(rule, part))
            {
                return false;
            }

            hosts |= part.Hosts.Count > 0;
        }

        return rule.Rule.Hosts.Length == 0 || hosts;
    }

    /// <summary>Whether any of it may be what the rule means.</summary>
    public Fit MayFit(CompiledRule rule, AskReading reading, PolicySubject subject)
    {
        var names = rule.Commands.Count + rule.Rule.Paths.Length + rule.Rule.Hosts.Length > 0;
        var patterns = rule.Rule.Paths.SelectMany(glob => DenyPatterns(glob, reading, subject)).ToArray();
        var best = reading.Parts.Count == 0 && rule.Rule.Directories.Length == 0 && !names ? Fit.Yes : Fit.No;
        foreach (var part in reading.Parts)
        {
            var fit = Least(MayBePlace(rule, part), MayBeCommand(rule, part), MayBePaths(patterns, part, reading), MayBeHosts(rule, part));
            best = fit > best ? fit : best;
        }

        return best == Fit.No && (reading.Facts.Unreadable is not null || (names && reading.Doubts.Count > 0)) && MayBeAsked(rule, reading) ? Fit.Maybe : best;
    }

    // What could not be read may be anything, but a command only where there is one.
    private static bool MayBeAsked(CompiledRule rule, AskReading reading) => rule.Commands.Count == 0 || reading.Ask.Command is not null;

    private bool CoversPlace(CompiledRule rule, AskPart part) => rule.Rule.Directories.Length == 0
        || (part.Directories is { Count: > 0 } places && places.All(place => rule.Rule.Directories.Any(folder => RealFolder(folder) is { } real && PathResolver.IsWithin(place, real))));

    private Fit MayBePlace(CompiledRule rule, AskPart part)
    {
        if (rule.Rule.Directories.Length == 0)
        {
            return Fit.Yes;
        }

        if (part.Directories is not { } places)
        {
            return Fit.Maybe;
        }

        return places.Any(place => rule.Rule.Directories.Any(folder => PathResolver.IsWithin(place, LexicalFolder(folder)) || (RealFolder(folder) is { } real && PathResolver.IsWithin(place, real))))
            ? Fit.Yes : Fit.No;
    }

    private static bool CoversCommand(CompiledRule rule, AskReading reading, AskPart part)
    {
        if (part.Command is not { } command)
        {
            // What a tool that runs a command touches beside it is not named by the command's beginning.
            return rule.Commands.Count == 0 || (reading.Ask.Edits.Length == 0 && part.Paths.All(path => IsInside(path, reading)));
        }

        if (rule.Commands.Count == 0)
        {
            return !Guards.NeedsItsName(command);
        }

        var pattern = rule.Commands.FirstOrDefault(pattern => pattern.Covers(command));
        var isCovered = command.IsTest || command.IsTransparent || Guards.DoesNothing(command) || pattern is not null || IsCoveredByWrapper(rule, command);
        return isCovered
            && (command.Program is not { } program || !reading.Functions.Contains(program))
            && command.Assignments.All(assignment => HarmlessVariables.Contains(assignment, command) || rule.Commands.Any(own => (pattern is null || own == pattern) && own.CoversAssignment(assignment)));
    }

    private static bool IsCoveredByWrapper(CompiledRule rule, PlacedCommand command) =>
        command.Wrapper is { } wrapper && rule.Commands.Any(pattern => pattern.Length > command.WrapperOffset && pattern.Covers(wrapper));

    private bool CoversPaths(CompiledRule rule, PathPattern[] patterns, AskPart part, AskReading reading)
    {
        var named = part.Paths.Where(path => !PathFinder.IsNothing(path.Lexical) || path.Real is null || !PathFinder.IsNothing(path.Real)).ToArray();
        if (patterns.Length == 0)
        {
            return !named.Any(Guards.IsSecret) && (rule.Commands.Count == 0 || part.Command is null || RedirectsNowhere(part.Command, reading));
        }

        if (part.HasUnknownPaths || part.Directories is null)
        {
            return false;
        }

        var prefix = part.Command is { } command ? rule.Commands.Where(pattern => pattern.Covers(command)).Select(pattern => pattern.Length).DefaultIfEmpty(0).Max() : 0;
        var counted = named.Where(path => !(path.Word >= 0 && path.Word < prefix) && !IsSystemProgram(path, part)).ToArray();
        return counted.Length > 0
            ? counted.All(path => path.Real is { } real && path.Entry is { } entry && patterns.Any(pattern => pattern.Fits(real)) && patterns.Any(pattern => pattern.Fits(entry)))
            : part.Directories.All(folder => patterns.Any(pattern => pattern.Fits(folder)));
    }

    // A beginning of words says nothing of files that the shell writes, or of hosts that it opens.
    private static bool RedirectsNowhere(PlacedCommand command, AskReading reading) => command.Redirections.All(redirection => redirection.Kind switch
    {
        RedirectionKind.Text or RedirectionKind.Duplicate => true,
        RedirectionKind.Read => redirection.Target.Literal is { } source && !source.StartsWith("/dev/tcp/", StringComparison.Ordinal) && !source.StartsWith("/dev/udp/", StringComparison.Ordinal),
        _ => redirection.Target.Literal is { } target && !redirection.Target.IsTilde && PathFinder.IsNothing(target),
    });

    private static bool CoversHosts(CompiledRule rule, AskPart part)
    {
        if (rule.Rule.Hosts.Length == 0)
        {
            return true;
        }

        return !part.HasUnknownHosts && part.Hosts.All(host => rule.Rule.Hosts.Any(pattern => HostPattern.Fits(pattern, host)))
            && (part.Hosts.Count > 0 || rule.Commands.Count > 0 || part.Command is null || part.Command.IsTest || part.Command.IsTransparent || Guards.DoesNothing(part.Command));
    }

    private static Fit MayBeCommand(CompiledRule rule, AskPart part)
    {
        if (rule.Commands.Count == 0)
        {
            return Fit.Yes;
        }

        return part.Command is { } command ? rule.Commands.Select(pattern => pattern.MayBe(command)).Max() : Fit.No;
    }

    private static Fit MayBePaths(PathPattern[] patterns, AskPart part, AskReading reading)
    {
        if (patterns.Length == 0)
        {
            return Fit.Yes;
        }

        var best = part.HasUnknownPaths || part.Paths.Any(path => path.Real is null) ? Fit.Maybe : Fit.No;
        foreach (var path in part.Paths)
        {
            if (patterns.Any(pattern => pattern.Fits(path.Lexical) || (path.Real is { } real && pattern.Fits(real)) || (path.Entry is { } entry && pattern.Fits(entry))))
            {
                best = path.IsNamed || best == Fit.Yes ? Fit.Yes : Fit.Maybe;
            }
            else if (path.IsNamed && best == Fit.No && patterns.Any(pattern => pattern.MayBeBelow(path.Real ?? path.Lexical)) && !File.Exists(path.Real))
            {
                best = Fit.Maybe;
            }
        }

        return best == Fit.No && reading.MakesLinks ? Fit.Maybe : best;
    }

    private static Fit MayBeHosts(CompiledRule rule, AskPart part) => rule.Rule.Hosts.Length == 0 ? Fit.Yes
        : part.Hosts.Any(host => rule.Rule.Hosts.Any(pattern => HostPattern.Fits(pattern, host))) ? Fit.Yes
        : part.HasUnknownHosts ? Fit.Maybe
        : Fit.No;

    // What lies in the session's directory is named from there: a link inside it leads nowhere else.
    private PathPattern AllowPattern(string glob, AskReading reading, PolicySubject subject)
    {
        var pattern = PathPattern.Of(glob, subject.Directory, paths.Home);
        if (PathResolver.IsWithin(pattern.Root, subject.Directory))
        {
            return pattern.Rebased(subject.Directory, reading.SessionDirectory ?? subject.Directory);
        }

        return paths.Real("/", pattern.Root) is { } real && real != pattern.Root ? pattern.Rebased(pattern.Root, real) : pattern;
    }

    private IEnumerable<PathPattern> DenyPatterns(string glob, AskReading reading, PolicySubject subject)
    {
        var pattern = PathPattern.Of(glob, subject.Directory, paths.Home);
        yield return pattern;
        if (paths.Real("/", pattern.Root) is { } real && real != pattern.Root)
        {
            yield return pattern.Rebased(pattern.Root, real);
        }
    }

    private string LexicalFolder(string folder) => paths.Lexical("/", folder, folder.StartsWith('~'));

    private string? RealFolder(string folder) => paths.Real("/", folder, folder.StartsWith('~'));

    private static bool IsInside(PartPath path, AskReading reading) =>
        reading.SessionDirectory is { } session && path.Real is { } real && PathResolver.IsWithin(real, session);

    private static bool IsSystemProgram(PartPath path, AskPart part) =>
        path.Word == 0 && part.Command?.Call is { } call && SystemFolders.Any(folder => call.StartsWith(folder, StringComparison.Ordinal));

    private static Fit Least(params ReadOnlySpan<Fit> fits)
    {
        var least = Fit.Yes;
        foreach (var fit in fits)
        {
            least = fit < least ? fit : least;
        }

        return least;
    }
}
