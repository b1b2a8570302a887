namespace Tether.Daemon.Server.Api;

/// <summary>Somebody who may come in.</summary>
/// <param name="Caller">Who.</param>
/// <param name="Session">The one session that he may know of; null for all.</param>
internal sealed record Admission(ApiCaller Caller, string? Session = null)
{
    public ConnectionRights Rights => new(Caller.Scopes, Session);
}
