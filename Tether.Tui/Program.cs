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
    // A trace tells a person nothing but where this was built.
    var cause = e.GetBaseException();
    StandardStreams.Complain($"this should not happen, please report it: {cause.Message.ReplaceLineEndings(" ")} ({cause.GetType().Name} in {cause.TargetSite?.DeclaringType?.Name}.{cause.TargetSite?.Name})");
    return ExitCodes.Failure;
}
