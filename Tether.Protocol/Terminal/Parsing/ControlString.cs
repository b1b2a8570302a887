namespace Tether.Protocol.Terminal.Parsing;

/// <summary>The strings of ECMA-48 that end with ST.</summary>
internal enum ControlString : byte
{
    Osc,
    Dcs,
    Apc,
    Pm,
    Sos,
}
