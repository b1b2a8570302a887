using Tether.Protocol.Model;

namespace Tether.Protocol.Wire;

/// <summary>
/// Has the JSON of what nearly every client begins with ready before the first one comes: what the serializer needs for members that are enumerations or may be missing
/// cannot be compiled ahead of time.
/// </summary>
public static class WireWarmUp
{
    /// <summary>Reads such requests and writes their replies. Takes a tenth of a second or more, once in a process.</summary>
    public static void Run()
    {
        WireJson.Decode("""{"type":"hello","versions":[1],"client":""}"""u8);
        WireJson.Decode("""{"type":"create","provider":"","arguments":[],"environment":[],"fileLimit":1,"umask":1,"columns":1,"rows":1,"approval":"ask","colors":[0]}"""u8);
        WireJson.Decode("""{"type":"attach","session":"","mode":"control","columns":1,"rows":1,"colors":[0],"lend":true,"chord":1,"termios":"AA=="}"""u8);
        WireJson.Encode(new WelcomeReply { Version = 1, Daemon = "", ProcessId = 0, Host = "" });
        WireJson.Encode(new AttachedReply
        {
            Channel = 1,
            Mode = AttachMode.Control,
            Session = new SessionRecord
            {
                Id = "",
                Title = "",
                Provider = "",
                Directory = "",
                OutputRow = 0,
                Status = new AgentStatus { State = AgentState.Working, Since = default, Source = SignalSource.Screen, Rule = "" },
            },
        });
    }
}
