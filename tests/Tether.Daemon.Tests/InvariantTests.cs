using System.Reflection;
using Tether.Daemon.Sessions;
using Tether.Protocol.Terminal;
using Xunit;

namespace Tether.Daemon.Tests;

/// <summary>What may know what: the arrows between projects and folders.</summary>
public sealed class InvariantTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void The_daemon_knows_the_protocol_and_not_the_client()
    {
        var references = typeof(Session).Assembly.GetReferencedAssemblies().Select(name => name.Name).ToArray();
        Assert.Contains("Tether.Protocol", references);
        Assert.DoesNotContain("tether", references);
    }

    [Fact]
    public void The_protocol_needs_no_file_no_socket_no_process_and_no_log()
    {
        var references = typeof(TerminalEmulator).Assembly.GetReferencedAssemblies().Select(name => name.Name!);
        Assert.DoesNotContain(references, name => name.StartsWith("System.Net", StringComparison.Ordinal) || name.Contains("Logging", StringComparison.Ordinal)
            || name is "System.Diagnostics.Process" or "System.IO.Pipes" or "System.Console" or "System.Threading.Channels" or "Tether.Daemon");
    }

    [Fact]
    public void The_terminal_awaits_nothing_and_starts_no_thread()
    {
        var used = typeof(TerminalEmulator).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith("Tether.Protocol.Terminal", StringComparison.Ordinal) == true)
            .SelectMany(Mentioned)
            .Distinct();
        Assert.DoesNotContain(used, type => type.Namespace is "System.Threading.Tasks" or "System.IO" or "System.Threading"
            || type == typeof(TimeProvider) || type == typeof(DateTimeOffset) || type == typeof(DateTime));
    }

    [Fact]
    public void Only_sessions_touch_what_belongs_to_a_session()
    {
        var strangers = typeof(Session).Assembly.GetTypes()
            .Where(type => type.Namespace is "Tether.Daemon.Storage" or "Tether.Daemon.Agents" or "Tether.Daemon.Configuration" or "Tether.Daemon.Logging")
            .Where(type => Mentioned(type).Any(used => used.Namespace is "Tether.Daemon.Journal" or "Tether.Daemon.Keeper" or "Tether.Protocol.Terminal"))
            .Select(type => type.FullName);
        Assert.Empty(strangers);
    }

    [Fact]
    public void Nothing_in_a_session_locks()
    {
        var locks = typeof(Session).Assembly.GetTypes()
            .Where(type => type.Namespace is "Tether.Daemon.Sessions" or "Tether.Daemon.Journal")
            .Where(type => Mentioned(type).Any(used => used == typeof(Lock) || used == typeof(SemaphoreSlim) || used == typeof(ReaderWriterLockSlim)))
            .Select(type => type.FullName);
        Assert.Empty(locks);
    }

    // Types of members, parameters and locals; generated records' own aside.
    private static IEnumerable<Type> Mentioned(Type type)
    {
        foreach (var field in type.GetFields(Everything))
        {
            yield return field.FieldType;
        }

        foreach (var method in type.GetMethods(Everything).Cast<MethodBase>().Concat(type.GetConstructors(Everything)))
        {
            foreach (var parameter in method.GetParameters())
            {
                yield return parameter.ParameterType;
            }

            if (method is MethodInfo { ReturnType: var returned })
            {
                yield return returned;
            }

            foreach (var local in method.GetMethodBody()?.LocalVariables ?? [])
            {
                yield return local.LocalType;
            }
        }
    }
}
