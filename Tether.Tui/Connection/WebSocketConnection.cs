namespace Tether.Tui.Connection;
internal static class WebSocketConnection { public static IConnection? TryOpen(string path, Tether.Protocol.Wire.HelloRequest hello) => throw new NotSupportedException(path + hello); }
