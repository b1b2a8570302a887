using Tether.Protocol.Wire;

namespace Tether.Tui.Connection;

/// <summary>Answers to several open requests, in whatever order they come.</summary>
internal sealed class AnswerCollector(DaemonClient daemon)
{
    private readonly Dictionary<int, Reply> _early = [];

    /// <summary>The answer to one request, an error included.</summary>
    /// <exception cref="DaemonException">The daemon is gone.</exception>
    public Reply Await(int id)
    {
        Reply? reply;
        while (!_early.Remove(id, out reply))
        {
            while (daemon.Connection.TryRead(out var incoming))
            {
                if (incoming.Message is Reply answer)
                {
                    _early[answer.Re] = answer;
                }
            }

            if (!_early.ContainsKey(id) && !daemon.Connection.Fill())
            {
                throw DaemonException.Gone();
            }
        }

        return reply;
    }
}
