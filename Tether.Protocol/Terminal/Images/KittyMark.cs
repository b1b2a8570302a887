namespace Tether.Protocol.Terminal.Images;

/// <summary>
/// An image of kitty's and its placement in 24 bits: 1 "known by number (I), not by id (i)", 17 of the id, 6 of the placement's id. Programs count their
/// images from 1 or choose at random, so that two are hardly ever taken for one.
/// </summary>
internal readonly record struct KittyMark(int Bits)
{
    private const int NumberBit = 1 << 23;
    private const int PlacementBits = 6;
    private const int PlacementMask = (1 << PlacementBits) - 1;
    private const int IdMask = (1 << 17) - 1;

    public bool IsNumber => (Bits & NumberBit) != 0;

    public int Id => (Bits >> PlacementBits) & IdMask;

    public static KittyMark Of(in KittyCommand command)
    {
        // No placement id is 0, and no other is.
        int placement = command.Placement == 0 ? 0 : (int)(1 + ((command.Placement - 1) % PlacementMask));
        bool isNumber = command.Id == 0 && command.Number != 0;
        uint id = isNumber ? command.Number : command.Id;
        return new KittyMark((isNumber ? NumberBit : 0) | ((int)(id & IdMask) << PlacementBits) | placement);
    }

    public bool IsSameImage(KittyMark other) => (Bits | PlacementMask) == (other.Bits | PlacementMask);
}
