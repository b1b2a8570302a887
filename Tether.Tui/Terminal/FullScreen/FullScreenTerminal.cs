using Tether.Protocol.Terminal;
using Tether.Protocol.Terminal.Keys;
using Tether.Tui.Native;

namespace Tether.Tui.Terminal.FullScreen;

/// <summary>
/// The outer terminal as one full screen: taken over by <see cref="Enter"/>, given back by <see cref="Leave"/> on every way out that a program can act on,
/// and after the others by the next one that starts here (<see cref="TerminalClaim"/>). Belongs to the loop, which waits for
/// <see cref="WaitDescriptor"/> and <see cref="NextTick"/>; only the emergency exit runs on other threads. Times are milliseconds of the loop's clock.
/// </summary>
internal sealed class FullScreenTerminal : IReplyReader, IDisposable
{
    // A terminal that does not take a few hundred bytes in this time hangs.
    private const int LeaveMilliseconds = 500;

    // Nobody notices this when leaving, and a terminal that answers does so long before.
    private const int FenceMilliseconds = 400;
    private const int MomentMilliseconds = 2000;

    private readonly TerminalDevice _device;
    private readonly string _claims;
    private readonly CapabilityInquiry _inquiry;
    private readonly OuterKeyboard _keyboard = new();
    private TerminalClaim? _claim;
    private int _isEntered;

    /// <param name="device">Disposed with this.</param>
    /// <param name="assumed">What is known before the terminal answers.</param>
    /// <param name="claims">The folder of the claims.</param>
    public FullScreenTerminal(TerminalDevice device, Capabilities assumed, string claims)
    {
        (_device, _claims, _inquiry) = (device, claims, new CapabilityInquiry(assumed));
        Input = new OuterInput(this);
        Output = new OuterOutput(device);
        Size = new ScreenSize(() => device.Size);
        AppDomain.CurrentDomain.UnhandledException += LeaveInEmergency;
        AppDomain.CurrentDomain.ProcessExit += LeaveInEmergency;
    }

    public TerminalDevice Device => _device;

    public OuterInput Input { get; }

    public OuterOutput Output { get; }

    public ScreenSize Size { get; }

    public WindowVisibility Visibility { get; } = new();

    /// <summary>What is known by now; <see cref="InputEvent.Refined"/> tells of changes.</summary>
    public Capabilities Capabilities => _inquiry.Known;

    public bool IsEntered => Volatile.Read(ref _isEntered) != 0;

    public int WaitDescriptor => _device.WaitDescriptor;

    /// <summary>What to poll the descriptor for: input always, output while something is unsent.</summary>
    public short WaitEvents => (short)(LibC.PollIn | (Output.Unsent > 0 ? LibC.PollOut : 0));

    /// <summary>The terminal of this program.</summary>
    /// <exception cref="TetherException">There is none, or it cannot show a full screen.</exception>
    public static FullScreenTerminal Open(Func<string, string?> variable, string claims)
    {
        var capabilities = EnvironmentCapabilities.Read(variable);
        if (capabilities.IsDumb && StandardStreams.IsInputTerminal && StandardStreams.IsOutputTerminal)
        {
            throw new TetherException(ExitCodes.Usage,
                $"this terminal cannot show a full screen (TERM {(variable("TERM") is { Length: > 0 } term ? $"is {term}" : "is not set")}); "
                + "`tether ls` lists the sessions, `tether attach` shows one; export TERM=xterm-256color if this is a terminal emulator after all");
        }

        var device = TerminalDevice.TryOpen() ?? throw new TetherException(ExitCodes.Usage,
            "a full screen needs a terminal on standard input and output; `tether ls` lists the sessions, `tether capture` prints what one shows, `tether attach` shows one in a terminal");
        return new FullScreenTerminal(device, capabilities, claims);
    }

    /// <summary>
    /// Takes the terminal over and asks it what it can do, without waiting for an answer. After a stop by which it was not left it is taken over again. The
    /// screen is blank then and everything has to be drawn.
    /// </summary>
    public void Enter(long now)
    {
        var isOurs = Interlocked.Exchange(ref _isEntered, 1) != 0;
        PutRightAfterKill();
        _device.EnterRawMode();
        Output.Forget();
        if (!isOurs)
        {
            Input.Forget();
            _keyboard.Forget();
        }

        Size.Note();
        Visibility.Forget();
        Output.Send(ScreenModes.Enter(Capabilities, isOurs));
        Output.Send(_keyboard.Adopt(Capabilities, isSettled: false));
        Output.Send(_keyboard.Repeat());
        Output.Send(_inquiry.Ask(now));
        Input.IsPatient = true;
    }

    /// <summary>Gives the terminal back as it was found. Harmless when repeated.</summary>
    public void Leave() => GiveBack(forGood: true);

    /// <summary>The same for a while: another client gets the whole terminal, or this program stops. <see cref="Enter"/> takes it back.</summary>
    public void Suspend() => GiveBack(forGood: false);

    /// <summary>Stops this program as Ctrl-Z stops others, until it is continued; then the terminal has been entered again. For the main thread.</summary>
    public void Stop()
    {
        Suspend();
        _ = LibC.kill(LibC.getpid(), LibC.Stop);
        Enter(Environment.TickCount64);
    }

    /// <summary>
    /// The kitty keyboard flags that the session which gets the keys has asked for: what the terminal tells must be at least as much. Without a session: none.
    /// </summary>
    public void DemandKeys(KittyFlags flags)
    {
        if (IsEntered)
        {
            Output.Send(_keyboard.Demand(flags));
        }
    }

    /// <summary>Reports every move of the mouse, for a session that wants that, or only drags.</summary>
    public void ReportMotion(bool isReported)
    {
        if (IsEntered && !Capabilities.IsLinuxConsole)
        {
            Output.Send(ScreenModes.Motion(isReported));
        }
    }

    /// <summary>After a wait: reads and sends what is possible now. False when the terminal has hung up.</summary>
    /// <param name="returned">What poll said of <see cref="WaitDescriptor"/>.</param>
    public bool Serve(short returned, long now)
    {
        if ((returned & LibC.PollOut) != 0)
        {
            Output.TryFlush();
        }

        if ((returned & ~LibC.PollOut) != 0 && !Input.Read(_device, now))
        {
            Output.HangUp();
        }

        return !Output.IsGone;
    }

    /// <summary>Milliseconds until <see cref="Tick"/> is due; -1 for nothing.</summary>
    public int NextTick(long now) => (Input.NextTick(now), Visibility.NextTick(now)) switch
    {
        (var input, < 0) => input,
        ( < 0, var question) => question,
        var (input, question) => Math.Min(input, question),
    };

    /// <summary>The terminal told that it gained or lost the focus.</summary>
    public void Focus(bool hasFocus, long now) =>
        Visibility.Focus(hasFocus, isAsked: Capabilities is { IsTmux: false, IsScreen: false, IsLinuxConsole: false }, now);

    /// <summary>To be called in each round of the loop, behind <see cref="Serve"/>.</summary>
    public void Tick(long now)
    {
        Input.Tick(now);
        if (IsEntered && Visibility.TakeQuestion(now))
        {
            Output.Send(WindowVisibility.Question);
        }
    }

    public void Dispose()
    {
        Leave();
        AppDomain.CurrentDomain.UnhandledException -= LeaveInEmergency;
        AppDomain.CurrentDomain.ProcessExit -= LeaveInEmergency;
        _device.Dispose();
    }

    InputEvent? IReplyReader.Take(in TerminalReply reply, long now)
    {
        if (reply is { Kind: ReplyKind.Status, IsPrivate: false } && reply.Number(0) == 0)
        {
            Output.Meter.Answer(now);
            return null;
        }

        Visibility.Take(reply);
        var former = Capabilities;
        if (!_inquiry.Take(reply))
        {
            return null;
        }

        if (reply.Kind == ReplyKind.PrimaryAttributes)
        {
            Output.Meter.IsAnswered = true;
            if (!_inquiry.IsOpen)
            {
                // Earlier ones answer earlier questions.
                Output.Meter.NoteLatency(now - _inquiry.AskedAt);
            }
        }

        if (IsEntered)
        {
            Output.Send(_keyboard.Adopt(Capabilities, isSettled: !_inquiry.IsOpen));
            Output.Send(reply.Kind == ReplyKind.ColorScheme ? _inquiry.AskColors(now) : []);
        }

        Input.IsPatient = _inquiry.IsOpen || Capabilities.Kitty;
        return Capabilities == former ? null : new InputEvent.Refined(Capabilities);
    }

    private void PutRightAfterKill()
    {
        if (_claim is not null)
        {
            return;
        }

        _claim = TerminalClaim.TryTake(_claims, _device.Name, out var abandoned);
        if (abandoned is not null)
        {
            _device.Adopt(abandoned);
            _device.Write(TerminalReset.Conservative, LeaveMilliseconds);
        }

        _claim?.Record(_device.SavedSettings);
    }

    private void GiveBack(bool forGood)
    {
        var isPutRight = true;
        if (Interlocked.Exchange(ref _isEntered, 0) != 0)
        {
            Output.Forget();
            isPutRight = Output.IsGone || _device.Write(ScreenModes.Leave(Capabilities, _keyboard.Undo(_inquiry.FormerModifyOtherKeys)), LeaveMilliseconds);
            if (isPutRight && !Output.IsGone)
            {
                AwaitLateBytes();
            }

            _device.LeaveRawMode();
        }

        if (forGood && isPutRight)
        {
            _claim?.Release();
        }

        if (forGood)
        {
            _claim?.Dispose();
            _claim = null;
        }
    }

    // Answers, and what the mouse did before its mode was off, are not for whoever reads this terminal next. What was sent before the last answer was for us.
    private void AwaitLateBytes()
    {
        var now = Environment.TickCount64;
        if (!_inquiry.HasAnswered && (!_inquiry.IsOpen || now - _inquiry.AskedAt > MomentMilliseconds))
        {
            return;
        }

        var until = now + FenceMilliseconds;
        _device.Write(_inquiry.AskFence(now), FenceMilliseconds);
        while (_inquiry.IsOpen && until - Environment.TickCount64 is var left and > 0 && Poller.WaitReadable(_device.WaitDescriptor, (int)left))
        {
            if (!Input.Read(_device, now))
            {
                break;
            }
        }

        _inquiry.GiveUp();
        Input.Forget();
    }

    private void LeaveInEmergency(object? sender, EventArgs e)
    {
        if (Interlocked.Exchange(ref _isEntered, 0) != 0)
        {
            var isPutRight = _device.Write(ScreenModes.Leave(Capabilities, _keyboard.Undo(_inquiry.FormerModifyOtherKeys)), LeaveMilliseconds);
            _device.LeaveRawMode();
            if (isPutRight)
            {
                _claim?.Release();
            }
        }
    }
}
