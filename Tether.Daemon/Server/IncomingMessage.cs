using System.Text.Json;
using Tether.Protocol.Wire;
using Tether.Protocol.Wire.Hot;

namespace Tether.Daemon.Server;

/// <summary>Reads what clients send, for every transport alike.</summary>
internal static class IncomingMessage
{
    // The serialiser's messages name classes; without this they read like the protocol's own names.
    private const string OurNames = "Tether.Protocol.Wire.";

    /// <summary>The message that a JSON text holds, or why it holds none.</summary>
    public static Message? Decode(ReadOnlySpan<byte> json, out string problem)
    {
        problem = "";
        try
        {
            return HotDecoder.Decode(json);
        }
        catch (JsonException e)
        {
            problem = $"This is no message: {e.Message.Replace(OurNames, "", StringComparison.Ordinal)}";
        }
        catch (NotSupportedException)
        {
            // What the serialiser says names our classes, not the mistake.
            problem = "This is no message: it has no `type`.";
        }

        return null;
    }

    /// <summary>True for a frame that a client may send.</summary>
    public static bool TryReadFrame(ReadOnlySpan<byte> frame, out FrameHeader header, out string problem)
    {
        if (!FrameHeader.TryRead(frame, out header))
        {
            problem = $"This is no frame: {frame.Length} bytes, where a head of {FrameHeader.Size} bytes with a known kind was expected.";
            return false;
        }

        problem = header.Kind == FrameKind.Input ? "" : $"A client sends frames of kind {(int)FrameKind.Input} only, and this is kind {(int)header.Kind}.";
        return problem.Length == 0;
    }
}
