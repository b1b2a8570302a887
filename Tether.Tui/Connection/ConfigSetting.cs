namespace Tether.Tui.Connection;

/// <summary>A value that a key is given, and where: `environment`, or `FILE:LINE`.</summary>
internal readonly record struct ConfigSetting(string Place, string Value);
