using Tether.Tui;
using Tether.Tui.Commands;
using Tether.Tui.Terminal;

try
{
    return CommandLine.Run(args);
}
catch (TetherException e)
{
    StandardStreams.Complain(e.Message);
    return e.ExitCode;
}
