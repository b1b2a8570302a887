using Tether.Daemon.Agents.Shell;
using Tether.Protocol.Wire;

namespace Tether.Daemon.Agents;

/// <summary>
/// What to execute for a session. <see cref="Arguments"/> is the whole argv, its first item included, which is what a login shell looks at.
/// </summary>
internal sealed record LaunchPlan(string Program, string[] Arguments, string[] Environment, string Directory)
{
    /// <summary>Works a request out; exactly one of the two is given.</summary>
    /// <param name="provider">From <see cref="ProviderList"/>.</param>
    /// <param name="arguments">The caller's, already within their limits.</param>
    /// <param name="directory">Absolute.</param>
    /// <param name="environment">From <see cref="SessionEnvironment.Build(string[], string)"/>.</param>
    public static (LaunchPlan? Plan, ErrorReply? Error) For(Provider provider, string[] arguments, string directory, string[] environment)
    {
        if (arguments.Length > 0 && !provider.MayHaveArguments)
        {
            return Failed(ErrorCode.NoArguments, $"{provider.Name} takes no arguments, and was given {arguments.Length}.");
        }

        if (!Path.IsPathRooted(directory) || !System.IO.Directory.Exists(directory))
        {
            return Failed(ErrorCode.BadDirectory, $"{directory} is no directory; give an absolute path to one that exists.");
        }

        directory = Path.TrimEndingDirectorySeparator(directory);
        if (!ProgramFinder.MayEnter(directory))
        {
            return Failed(ErrorCode.BadDirectory, $"{directory} may not be entered.");
        }

        if (provider.IsLoginShell)
        {
            var shell = LoginShell.Find(SessionEnvironment.Get(environment, "SHELL"));
            return (new LaunchPlan(shell, [LoginShell.ArgumentZero(shell)], environment, directory), null);
        }

        var search = ProgramFinder.Find(provider.Program, SessionEnvironment.Get(environment, "PATH"), directory);
        return search.Program is { } program
            ? (new LaunchPlan(program, [provider.Program, .. provider.FixedArguments, .. arguments], environment, directory), null)
            : Failed(ErrorCode.NotInstalled, NotFound(provider, search));
    }

    private static string NotFound(Provider provider, ProgramSearch search)
    {
        var where = search.Searched.Count == 0 ? "PATH is empty" : $"not in {string.Join(", ", search.Searched)}";
        var advice = provider.Install is { } install ? $" Install it with `{install}`." : "";
        return $"{provider.Program} was not found: {where}.{advice}";
    }

    private static (LaunchPlan?, ErrorReply?) Failed(string code, string message) => (null, new ErrorReply { Code = code, Message = message });
}
