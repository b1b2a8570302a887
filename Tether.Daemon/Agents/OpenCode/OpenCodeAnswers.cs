using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Tether.Daemon.Approvals;
using Tether.Protocol.Model;

namespace Tether.Daemon.Agents.OpenCode;

/// <summary>Brings answers to one opencode, and remembers which ones, so that their echo on its bus is not taken for somebody else's answer. For every thread.</summary>
internal sealed class OpenCodeAnswers(OpenCodeApi api, CancellationToken end)
{
    private readonly ConcurrentDictionary<string, string> _given = new();

    /// <summary>True when it was answered from here.</summary>
    public bool IsOurs(string id) => _given.ContainsKey(id);

    /// <summary>Why a permission is over that was not answered from here: whoever rejects one rejects all that the same session of opencode waits for.</summary>
    public string ReasonOf(string session, string? reply) =>
        reply == "reject" && _given.Values.Contains(session) ? "denied along with another request of the same turn" : "answered in the terminal";

    /// <summary>A session asks again: what was denied there before has nothing to do with what comes.</summary>
    public void Asked(string session)
    {
        foreach (var id in _given.Where(given => given.Value == session).Select(given => given.Key))
        {
            _given[id] = "";
        }
    }

    /// <exception cref="DeliveryException">opencode did not take it.</exception>
    public async Task<string> Deliver(string id, string session, QueueAnswer answer)
    {
        var isQuestion = id.StartsWith(OpenCodeRequest.QuestionKey, StringComparison.Ordinal);
        var path = isQuestion
            ? $"/question/{Uri.EscapeDataString(id)}/{(answer.Decision == QueueDecision.Answer ? "reply" : "reject")}"
            : $"/permission/{Uri.EscapeDataString(id)}/reply";
        _given[id] = answer.Decision == QueueDecision.Deny ? session : "";
        try
        {
            switch ((HttpStatusCode)await api.Post(path, isQuestion ? Answers(answer) : Reply(answer), end).ConfigureAwait(false))
            {
                case HttpStatusCode.OK:
                    return "delivered";
                case HttpStatusCode.NotFound:
                    return "not delivered: it was settled in the terminal just before";
                case var status:
                    throw new DeliveryException($"opencode refused the answer with status {(int)status}", mayComeBack: false);
            }
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or OperationCanceledException)
        {
            _given.TryRemove(id, out _);

            // One that could not be reached is asked again for what is open when it can be; one that is slow has the connection still.
            throw new DeliveryException($"opencode is not reached: {e.Message}", mayComeBack: e is not TimeoutException);
        }
    }

    private static byte[] Reply(QueueAnswer answer) => Json(writer =>
    {
        writer.WriteString("reply", answer.Decision != QueueDecision.Allow ? "reject" : answer.Always == OpenCodeRequest.Always ? "always" : "once");
        if (answer.Decision != QueueDecision.Allow && answer.Reason.Length > 0)
        {
            writer.WriteString("message", answer.Reason);
        }
    });

    private static byte[] Answers(QueueAnswer answer) => answer.Decision != QueueDecision.Answer ? "{}"u8.ToArray() : Json(writer =>
    {
        writer.WriteStartArray("answers");
        foreach (var one in answer.Answers)
        {
            writer.WriteStartArray();
            foreach (var text in one)
            {
                writer.WriteStringValue(text);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    });

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
