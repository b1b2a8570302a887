using Tether.Daemon.Agents.Screens;

namespace Tether.Daemon.Agents.Pi;

internal static class PiPrompt
{
    public static ScreenPrompt? Read(ScreenText screen) => null;
}
