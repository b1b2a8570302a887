using Tether.Daemon.Agents.Screens;
using Tether.Protocol.Model;

namespace Tether.Daemon.Sessions;

/// <summary>What a session needs of the daemon around it. Called on the session's thread; must not wait for anything.</summary>
internal interface ISessionHost
{
    TimeProvider Clock { get; }

    /// <summary>What is remembered of the session has changed: registry and lists follow.</summary>
    void Changed(SessionRecord record);

    /// <summary>Something happened that subscribers and the event log want to know; kinds as in <see cref="Protocol.Wire.SessionEventNotice"/>.</summary>
    void Happened(string session, string kind, string text);

    /// <summary>
    /// A prompt stands on the screen and its agent waits, and neither a hook nor a protocol has asked the same. Told again only when it is another prompt,
    /// after <see cref="PromptGone"/>.
    /// </summary>
    void PromptSeen(string session, ScreenPrompt prompt);

    /// <summary>The prompt that was seen is gone, or a hook or a protocol asks it now.</summary>
    void PromptGone(string session, ScreenPrompt prompt);

    /// <summary>The session's thread is done: the record is its last.</summary>
    void Ended(SessionRecord record);
}
