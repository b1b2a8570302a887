using Tether.Protocol.Wire;
using Tether.Tui.Connection;
using Xunit;

namespace Tether.Tui.Tests.Connection;

public sealed class FrameReaderTests
{
    [Fact]
    public void Messages_and_frames_are_the_same_in_every_split()
    {
        byte[] stream = [.. Framed(WireJson.Encode(new OkReply { Re = 1 }), LocalFrame.Json), .. Framed(Binary(300), LocalFrame.Binary), .. Framed(WireJson.Encode(new OkReply { Re = 2 }), LocalFrame.Json)];
        for (var split = 0; split <= stream.Length; split++)
        {
            var reader = new FrameReader();
            var seen = new List<string>();
            foreach (var part in (byte[][])[stream[..split], stream[split..]])
            {
                part.CopyTo(reader.Space());
                reader.Filled(part.Length);
                while (reader.TryRead(out var incoming))
                {
                    seen.Add(incoming.Message is Reply reply ? $"ok {reply.Re}" : $"frame {incoming.Header.Channel} {incoming.Payload.Length}");
                }
            }

            Assert.Equal(["ok 1", "frame 9 300", "ok 2"], seen);
        }
    }

    [Fact]
    public void A_frame_larger_than_the_buffer_makes_it_grow()
    {
        var stream = Framed(Binary(900_000), LocalFrame.Binary);
        var reader = new FrameReader();
        for (var done = 0; done < stream.Length;)
        {
            Assert.False(reader.TryRead(out _));
            var space = reader.Space();
            var count = Math.Min(space.Length, stream.Length - done);
            stream.AsSpan(done, count).CopyTo(space);
            reader.Filled(count);
            done += count;
        }

        Assert.True(reader.TryRead(out var incoming));
        Assert.Equal(900_000, incoming.Payload.Length);
    }

    [Fact]
    public void Nonsense_is_told_and_not_waited_for()
    {
        var reader = new FrameReader();
        "HTTP/1.1 400"u8.CopyTo(reader.Space());
        reader.Filled(12);
        Assert.Throws<TetherException>(() => reader.TryRead(out _));
    }

    private static byte[] Binary(int length)
    {
        var frame = new byte[FrameHeader.Size + length];
        new FrameHeader(FrameKind.Output, 9, 0, length).Write(frame);
        return frame;
    }

    private static byte[] Framed(byte[] body, byte kind)
    {
        var bytes = new byte[LocalFrame.HeadSize + body.Length];
        LocalFrame.WriteHead(bytes, body.Length, kind);
        body.CopyTo(bytes, LocalFrame.HeadSize);
        return bytes;
    }
}
