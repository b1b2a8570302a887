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
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    StandardStreams.Complain(e.Message);
    return ExitCodes.Failure;
}
catch (Exception e)
{
    // The rest of a trace tells a person nothing but where this was built.
    var cause = e.GetBaseException();
    var place = cause.StackTrace?.Split('\n')[0].Split(" in ")[0].Trim() ?? "";
    StandardStreams.Complain($"this should not happen, please report it: {cause.Message.ReplaceLineEndings(" ")} ({cause.GetType().Name} {place})");
    return ExitCodes.Failure;
}
