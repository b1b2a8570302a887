using System.Text.Json;
using Tether.Daemon.Events;
using Tether.Daemon.Server.Api;
using Tether.Protocol.Model;

namespace Tether.Daemon.External;

/// <summary>
/// Sessions without a program. What their agents push is logged, then rendered by the session's emulator as any output is; what people type into them, or send to
/// them, is logged as `user_input` for the agent to fetch; what they ask stands in the queue. Any thread may call.
/// </summary>
internal interface IExternalAgents
{
    /// <param name="agent">Who registers.</param>
    /// <param name="title">Null for the agent's name.</param>
    /// <param name="directory">Null for the user's home; only shown, and what rules match.</param>
    /// <param name="approval">Null for the configured one.</param>
    /// <param name="by">Who calls.</param>
    SessionRecord Create(ExternalAgent agent, string? title, string? directory, ApprovalMode? approval, ApiCaller by);

    /// <summary>The session of an agent without a program.</summary>
    /// <exception cref="ApiError">There is none of that id (404), or it has a program (409).</exception>
    SessionRecord Record(string session);

    /// <summary>False when it is over, or deleted.</summary>
    bool IsRunning(string session);

    /// <summary>Takes one event of the agent's: `output {text, kind?, is_final?, metadata?}`, `status {status}` (thinking, executing, running, awaiting_input, done, error) or `error {code?, message}`.</summary>
    /// <returns>Once it is durable.</returns>
    /// <exception cref="ApiError">The session has a program (409), is over (409) or unknown (404), or the data is of another shape (422).</exception>
    Task<LoggedEvent> PushAsync(string session, string type, JsonElement data, ApiCaller by);

    /// <summary>
    /// Asks for a human: `{request_id?, tool_name?, tool_input?, title?, description?, options?: (string | {label, description?})[], multiple?, free_text?, questions?, timeout_s?}`.
    /// With options or questions it is a question, else an approval that policy judges by tool and input. After its timeout it is denied as `timeout`, never allowed.
    /// </summary>
    /// <returns>The request's id, once it stands in the queue and the log.</returns>
    Task<string> AskAsync(string session, JsonElement data, ApiCaller by);

    /// <summary>Waits for what came of a request; null when the wait is over first.</summary>
    /// <returns>The data of its `permission_resolved` event.</returns>
    Task<JsonElement?> DecisionAsync(string session, string request, TimeSpan wait, CancellationToken stop);

    /// <summary>The agent takes a request of its own back.</summary>
    void Withdraw(string session, string request, string reason);

    /// <summary>Tells the agent to stop what it does, as Control-C in its terminal does; logged as `interrupt`.</summary>
    Task<LoggedEvent> InterruptAsync(string session, string by, string surface);

    /// <summary>Somebody says something to the agent; logged as `user_input` and shown on the session's screen.</summary>
    Task<LoggedEvent> SayAsync(string session, string text, string by, string surface);
}
