
namespace Autograd.Tests.RandomNumbers;

public class PhiloxTests
{
    // The vectors that Salmon et al. publish with Random123 for philox4x32, 10 rounds.
    [TestCase(0UL, 0UL, 0UL, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [TestCase(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [TestCase(0x85a308d3_243f6a88UL, 0x03707344_13198a2eUL, 0x299f31d0_a4093822UL, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Block_gives_the_published_words(ulong counterLow, ulong counterHigh, ulong key, uint x0, uint x1, uint x2, uint x3)
        => Assert.That(Philox.Block(counterLow, counterHigh, key), Is.EqualTo((x0, x1, x2, x3)));

    [Test]
    public void Draws_join_the_words_low_half_first()
        => Assert.That(Philox.Draws(0, 0, 0), Is.EqualTo((0xe169c58d_6627e8d5UL, 0x9b00dbd8_bc57ac4cUL)));

    [TestCase(0UL, 0UL, 0UL)]
    [TestCase(0xFFFF_FFFAUL, 7UL, 0x0123_4567_89AB_CDEFUL, Description = "carry from word 0 into word 1")]
    [TestCase(ulong.MaxValue - 5, ulong.MaxValue, ulong.MaxValue, Description = "wrap of the low half, no carry into the high half")]
    [TestCase(0x85a308d3_243f6a88UL, 0x03707344_13198a2eUL, 0x299f31d0_a4093822UL)]
    public void Fill_writes_the_blocks_of_consecutive_counters(ulong counterLow, ulong counterHigh, ulong key)
    {
        for (var length = 0; length <= 41; length++)
        {
            var guarded = new ulong[length + 1];
            Philox.Fill(guarded.AsSpan(0, length), counterLow, counterHigh, key);
            Assert.That(guarded[..length], Is.EqualTo(OneByOne(length, counterLow, counterHigh, key)), $"length {length}");
            Assert.That(guarded[length], Is.Zero, $"written past length {length}");
        }
    }

    private static ulong[] OneByOne(int length, ulong counterLow, ulong counterHigh, ulong key)
    {
        var draws = new ulong[length];
        for (var i = 0; i < length; i++)
        {
            var (first, second) = Philox.Draws(unchecked(counterLow + (ulong)(i / 2)), counterHigh, key);
            draws[i] = i % 2 == 0 ? first : second;
        }
        return draws;
    }
}
