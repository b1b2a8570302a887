namespace Tether.Protocol.Wire.Hot;

/// <summary>Reads what clients ask of one of their channels, for <see cref="HotDecoder"/>.</summary>
internal static class ChannelReader
{
    public static DetachRequest Detach(ref JsonCursor json)
    {
        var detach = new DetachRequest();
        while (json.NextMember(out var name))
        {
            detach = Common(detach, name, ref json);
        }

        return detach;
    }

    public static ReleaseControlRequest ReleaseControl(ref JsonCursor json)
    {
        var release = new ReleaseControlRequest();
        while (json.NextMember(out var name))
        {
            release = Common(release, name, ref json);
        }

        return release;
    }

    public static TakeControlRequest TakeControl(ref JsonCursor json)
    {
        var take = new TakeControlRequest();
        while (json.NextMember(out var name))
        {
            take = name == "ifFree" ? take with { IfFree = json.Boolean() } : Common(take, name, ref json);
        }

        return take;
    }

    public static RedrawRequest Redraw(ref JsonCursor json)
    {
        var redraw = new RedrawRequest();
        while (json.NextMember(out var name))
        {
            redraw = name == "scrollback" ? redraw with { Scrollback = json.Number32() } : Common(redraw, name, ref json);
        }

        return redraw;
    }

    public static PaceRequest Pace(ref JsonCursor json)
    {
        var pace = new PaceRequest();
        while (json.NextMember(out var name))
        {
            pace = name == "milliseconds" ? pace with { Milliseconds = json.Number32() } : Common(pace, name, ref json);
        }

        return pace;
    }

    public static ResizeRequest Resize(ref JsonCursor json)
    {
        var resize = new ResizeRequest();
        while (json.NextMember(out var name))
        {
            resize = name switch
            {
                "columns" => resize with { Columns = json.Number32() },
                "rows" => resize with { Rows = json.Number32() },
                _ => Common(resize, name, ref json),
            };
        }

        return resize;
    }

    public static ColorsRequest Colors(ref JsonCursor json)
    {
        var colors = new ColorsRequest();
        while (json.NextMember(out var name))
        {
            colors = name == "colors" ? colors with { Colors = json.TryNull() ? null : json.Numbers() } : Common(colors, name, ref json);
        }

        return colors;
    }

    public static ResumeRequest Resume(ref JsonCursor json)
    {
        var resume = new ResumeRequest();
        while (json.NextMember(out var name))
        {
            resume = name switch
            {
                "input" => resume with { Input = json.TryNull() ? null : json.Bytes() },
                "redraw" => resume with { Redraw = json.Boolean() },
                _ => Common(resume, name, ref json),
            };
        }

        return resume;
    }

    private static T Common<T>(T request, string name, ref JsonCursor json)
        where T : ChannelRequest
    {
        switch (name)
        {
            case "id": return (T)(request with { Id = json.Number32() });
            case "channel": return (T)(request with { Channel = json.Number32() });
            default:
                json.Skip();
                return request;
        }
    }
}
