using System.Text;
using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Daemon.External;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.Tests.Server.Api.Events;

/// <summary>Agents that only log what they push; what they ask is decided by the test.</summary>
internal sealed class FakeExternalAgents(IEventLog log) : IExternalAgents
{
    private readonly TaskCompletionSource<JsonElement> _decision = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Decide(string json) => _decision.SetResult(JsonElement.Parse(json));

    public SessionRecord Create(ExternalAgent agent, string? title, string? directory, ApprovalMode? approval, ApiCaller by) => throw new NotSupportedException();

    public SessionRecord Record(string session) => throw new NotSupportedException();

    public bool IsRunning(string session) => true;

    public Task<LoggedEvent> InterruptAsync(string session, string by, string surface) => log.AppendAsync(session, ExternalAgents.Interrupt, EventJson.Text(""));

    public Task<LoggedEvent> PushAsync(string session, string type, JsonElement data, ApiCaller by) => log.AppendAsync(session, type, Encoding.UTF8.GetBytes(data.GetRawText()));

    public Task<string> AskAsync(string session, JsonElement data, ApiCaller by) => Task.FromResult("ask1");

    public async Task<JsonElement?> DecisionAsync(string session, string request, TimeSpan wait, CancellationToken stop)
    {
        try
        {
            return await _decision.Task.WaitAsync(wait, stop);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    public void Withdraw(string session, string request, string reason) => throw new NotSupportedException();

    public Task<LoggedEvent> SayAsync(string session, string text, string by, string surface) => log.AppendAsync(session, EventTypes.UserInput, EventJson.Text(text));
}
