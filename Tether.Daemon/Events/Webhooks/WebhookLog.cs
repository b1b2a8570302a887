using Microsoft.Extensions.Logging;

namespace Tether.Daemon.Events.Webhooks;

internal static partial class WebhookLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Event {Event} could not be delivered to webhook {Hook}, try {Attempt}: {Reason}.")]
    private static partial void Failed(ILogger logger, string hook, long @event, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Hook} takes nothing: event {Event} is a dead letter after {Attempt} tries: {Reason}.")]
    private static partial void GivenUp(ILogger logger, string hook, long @event, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhook {Hook} cannot go on now: {Reason}.")]
    public static partial void WebhookStuck(this ILogger logger, string hook, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhooks cannot be read, and nobody is told anything: {Reason}.")]
    public static partial void WebhooksNotRead(this ILogger logger, string reason);

    public static void WebhookFailed(this ILogger logger, string hook, long @event, int attempt, string reason)
    {
        if (attempt == WebhookDelivery.MostAttempts)
        {
            GivenUp(logger, hook, @event, attempt, reason);
        }
        else
        {
            Failed(logger, hook, @event, attempt, reason);
        }
    }
}
