namespace Tether.Protocol.Terminal.Snapshots;

/// <summary>The forms in which <see cref="ScreenText"/> writes rows.</summary>
public enum TextFormat
{
    /// <summary>UTF-8, a line feed after each row, trailing blanks left out.</summary>
    Plain,

    /// <summary>As plain, with SGR and OSC 8; every row ends in the default style.</summary>
    Ansi,

    /// <summary>An array of rows <c>{"row":n,"wrapped":b,"text":"…"}</c>.</summary>
    Json,

    /// <summary>A page, as <see cref="HtmlWriter"/> writes it; wrapped rows are never joined.</summary>
    Html,

    /// <summary>A picture, as <see cref="SvgWriter"/> writes it; wrapped rows are never joined.</summary>
    Svg,
}
