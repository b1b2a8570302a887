namespace Tether.Protocol.Wire.Hot;

/// <summary>
/// The messages between the start of `run`, `attach` or the dashboard and the first screen, those of a hook, and what is told most often, written by hand: what the serialiser
/// needs for their members cannot be compiled ahead of time, and takes 50 ms of a client's start and 200 of the daemon's. A test holds these to <see cref="WireJson"/>,
/// which writes everything else.
/// </summary>
public static class HotEncoder
{
    public static byte[] Encode(Message message) => (RequestWriter.Write(message) ?? ReplyWriter.Write(message))?.Finish() ?? WireJson.Encode(message);
}
