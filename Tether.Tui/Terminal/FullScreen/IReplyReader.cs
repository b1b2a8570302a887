using Tether.Protocol.Terminal.Keys;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>Takes what a terminal answers.</summary>
internal interface IReplyReader
{
    /// <summary>What others have to hear of it; null for nothing.</summary>
    InputEvent? Take(in TerminalReply reply, long now);
}
