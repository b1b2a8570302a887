namespace Tether.Daemon.Server.Api;

/// <summary>Somebody who may come in.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Session">The one session that he may know of; null for all.</param>
/// <param name="Until">When what he showed expires; null for never.</param>
internal sealed record Admission(ApiCaller Caller, string? Session = null, DateTimeOffset? Until = null)
{
    public ConnectionRights Rights => new(Caller.Scopes, Session);
}
