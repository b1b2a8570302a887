namespace Tether.Tui.Dashboard.Settings;

/// <summary>The sections of the help, in their order.</summary>
internal enum CommandTopic
{
    Attention,
    Sessions,
    Moving,
    History,
    Layout,
    Dashboard,
}
