using Tether.Daemon.Approvals.Facts;
using Tether.Protocol.Model;

namespace Tether.Daemon.Approvals.Policy;

/// <summary>The mode that accepts edits: of files inside the session's directory that hold no secrets and cannot run something later.</summary>
internal static class EditMode
{
    /// <summary>Null when it allows the ask; else why not.</summary>
    public static string? Objection(AskReading reading)
    {
        if (reading.Ask.ToolClass != ToolClass.Edit || reading.Ask.Command is not null)
        {
            return "only edits are accepted unasked";
        }

        var paths = reading.Parts.SelectMany(part => part.Paths).ToArray();
        if (paths.Length == 0 || reading.SessionDirectory is not { } session)
        {
            return "it is not told which files it edits";
        }

        return paths.FirstOrDefault(path => !IsInside(path, session)) is { } outside ? $"{outside.Lexical} is outside the session's directory"
            : paths.FirstOrDefault(Guards.IsSecret) is { } secret ? $"{secret.Lexical} usually holds secrets"
            : paths.FirstOrDefault(path => IsGuarded(path, session)) is { } guarded ? $"{guarded.Lexical} can run something later"
            : null;
    }

    private static bool IsInside(PartPath path, string session) => path.Real is { } real && path.Entry is { } entry
        && real != session && PathResolver.IsWithin(real, session) && PathResolver.IsWithin(entry, session);

    // By what lies below the session's directory: one inside ~/.codex/work is no agent's settings.
    private static bool IsGuarded(PartPath path, string session) =>
        SecretFiles.IsGuarded(path.Real![session.TrimEnd('/').Length..]) || SecretFiles.IsGuarded(path.Entry![session.TrimEnd('/').Length..]);
}
