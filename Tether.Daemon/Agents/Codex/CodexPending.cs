using System.Text.Json;
using System.Text.Json.Nodes;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.Codex;

/// <summary>One open request of a Codex app-server, and the way of its answer. For every thread.</summary>
internal sealed class CodexPending(string thread, string? turn, JsonElement message, Ask ask, CodexConnection connection, CancellationToken over)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource _resolved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isOurs;

    public string Thread { get; } = thread;

    public Ask Ask { get; } = ask;

    /// <summary>The server has an answer. True when one from here was on its way.</summary>
    public bool Resolve()
    {
        _resolved.TrySetResult();
        return Volatile.Read(ref _isOurs) != 0;
    }

    /// <exception cref="DeliveryException">The server did not take it.</exception>
    public async Task<string> Deliver(QueueAnswer answer)
    {
        if (_resolved.Task.IsCompleted)
        {
            return "not delivered: it was settled in the terminal just before";
        }

        var reply = CodexReply.Of(message, answer);
        Volatile.Write(ref _isOurs, 1);
        try
        {
            // Before the no, so that the model has it when it goes on.
            var isTold = await TellReason(answer).ConfigureAwait(false);
            if (reply is not null)
            {
                await connection.Send(new JsonObject { ["id"] = JsonNode.Parse(message.Member("id").GetRawText()), ["result"] = reply }, over).ConfigureAwait(false);
            }
            else
            {
                await connection.Call("turn/interrupt", new JsonObject { ["threadId"] = Thread, ["turnId"] = turn }, over).ConfigureAwait(false);
            }

            await _resolved.Task.WaitAsync(Patience, TimeProvider.System, over).ConfigureAwait(false);
            return isTold ? "delivered" : "delivered, but codex did not take the reason";
        }
        catch (TimeoutException)
        {
            Volatile.Write(ref _isOurs, 0);
            throw new DeliveryException("codex did not confirm the answer", mayComeBack: false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The server asks again whoever connects to it.
            throw new DeliveryException($"codex is not reached: {e.Message}", mayComeBack: true);
        }
    }

    // Codex takes no reason with a no, but words to a turn that runs.
    private async Task<bool> TellReason(QueueAnswer answer)
    {
        if (answer.Decision != QueueDecision.Deny || answer.Reason.Length == 0)
        {
            return true;
        }

        var text = new JsonObject { ["type"] = "text", ["text"] = $"I did not allow `{Ask.Title}`: {answer.Reason}", ["text_elements"] = new JsonArray() };
        try
        {
            var told = await connection.Call("turn/steer", new JsonObject { ["threadId"] = Thread, ["expectedTurnId"] = turn, ["input"] = new JsonArray(text) }, over).ConfigureAwait(false);
            return told.Member("error").ValueKind == JsonValueKind.Undefined;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
