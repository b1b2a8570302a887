using Tether.Tui;
using Tether.Tui.Commands;
using Tether.Tui.Native;
using Tether.Tui.Terminal;

try
{
    return CommandLine.Run(args);
}
catch (NativeException e)
{
    StandardStreams.Complain(e.Message);
    return ExitCodes.Failure;
}
catch (TetherException e)
{
    StandardStreams.Complain(e.Message);
    return e.ExitCode;
}
