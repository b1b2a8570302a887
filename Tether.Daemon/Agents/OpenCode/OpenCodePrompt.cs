using Tether.Daemon.Agents.Screens;

namespace Tether.Daemon.Agents.OpenCode;

internal static class OpenCodePrompt
{
    public static ScreenPrompt? Read(ScreenText screen) => null;
}
