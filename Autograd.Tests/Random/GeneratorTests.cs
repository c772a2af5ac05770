using FsCheck;

namespace Autograd.Tests.RandomNumbers;

public class GeneratorTests
{
    [Test]
    public void Same_seed_gives_the_same_numbers_and_another_seed_others()
    {
        var once = Uniforms(new Generator(7), 100);
        Assert.That(Uniforms(new Generator(7), 100), Is.EqualTo(once));
        Assert.That(once.Intersect(Uniforms(new Generator(8), 100)), Is.Empty);
    }

    [Test]
    public void A_generator_moves_on()
    {
        var generator = new Generator(7);
        Assert.That(Uniforms(generator, 100).Intersect(Uniforms(generator, 100)), Is.Empty);
    }

    [TestCase(0, 0UL)]
    [TestCase(1, 1UL)]
    [TestCase(2, 1UL)]
    [TestCase(1001, 501UL)]
    public void A_fill_takes_half_as_many_blocks_as_elements(int length, ulong blocks)
    {
        var generator = new Generator(0);
        generator.FillUniform(new float[length].AsSpan());
        generator.FillNormal(new double[length].AsSpan());
        generator.FillIntegers(new long[length], 0, 10);
        generator.FillPermutation(new long[length]);
        Assert.That(generator.State, Is.EqualTo(new GeneratorState(0, 4 * blocks)));
    }

    [Property]
    public bool State_replays_the_same_numbers(ulong seed, PositiveInt before, PositiveInt after)
    {
        var generator = new Generator(seed);
        Uniforms(generator, before.Get);
        var state = generator.State;
        var drawn = Uniforms(generator, after.Get);
        return drawn.SequenceEqual(Uniforms(Generator.FromState(state), after.Get))
            && drawn.SequenceEqual(Uniforms(Generator.FromState(new GeneratorState(state.Key, state.Counter)), after.Get));
    }

    [Test]
    public void Replaying_does_not_disturb_the_original()
    {
        var generator = new Generator(1);
        var state = generator.State;
        Uniforms(Generator.FromState(state), 10);
        Assert.That(generator.State, Is.EqualTo(state));
    }

    [TestCase(3, 3)]
    [TestCase(4, -4)]
    [TestCase(long.MaxValue, long.MinValue)]
    public void Integers_of_an_empty_range_are_an_error_that_names_the_values(long low, long high)
    {
        var generator = new Generator(0);
        Assert.That(
            () => generator.FillIntegers(new long[1], low, high),
            Throws.TypeOf<ArgumentOutOfRangeException>()
                .With.Message.Contains($"low is {low} and high is {high}")
                .And.Property(nameof(ArgumentException.ParamName)).EqualTo("high"));
        Assert.That(generator.State.Counter, Is.Zero, "a refused request takes nothing");
    }

    private static double[] Uniforms(Generator generator, int count)
    {
        var values = new double[count];
        generator.FillUniform(values.AsSpan());
        return values;
    }
}
