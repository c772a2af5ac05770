
namespace Autograd.Tests.RandomNumbers;

public class GeneratorSplitTests
{
    private const int Count = 20_000;

    [Test]
    public void Children_are_reproducible_and_all_different()
    {
        var keys = new Generator(5).Split(1000).Select(child => child.State).ToArray();
        Assert.That(keys, Is.EqualTo(new Generator(5).Split(1000).Select(child => child.State)));
        Assert.That(keys.Append(new GeneratorState(5, 0)), Is.Unique);
    }

    [Test]
    public void Splitting_at_once_gives_the_children_of_splitting_one_by_one()
    {
        var (atOnce, oneByOne) = (new Generator(5), new Generator(5));
        Assert.That(atOnce.Split(3).Select(child => child.State), Is.EqualTo(new[] { oneByOne.Split().State, oneByOne.Split().State, oneByOne.Split().State }));
        Assert.That(atOnce.State, Is.EqualTo(oneByOne.State));
    }

    [Test]
    public void The_parent_moves_on_and_a_child_does_not_depend_on_what_others_draw()
    {
        var (first, second) = (new Generator(5), new Generator(5));
        var child = first.Split();
        Uniforms(first);
        Assert.That(first.State.Counter, Is.GreaterThan(1));
        Assert.That(Uniforms(child), Is.EqualTo(Uniforms(second.Split())));
    }

    [Test]
    public void Families_share_no_block_and_are_uncorrelated()
    {
        var parent = new Generator(5);
        var children = parent.Split(3);
        var family = children.Append(children[0].Split()).Append(parent).Append(new Generator(6)).Select(Uniforms).ToArray();

        Assert.That(family.SelectMany(values => values), Is.Unique, "53-bit draws of different blocks");
        for (var i = 0; i < family.Length; i++)
            for (var j = 0; j < i; j++)
                Assert.That(Math.Abs(Correlation(family[i], family[j])), Is.LessThan(4 / Math.Sqrt(Count)), $"{i} and {j}");
    }

    [Test]
    public void A_child_key_is_not_made_of_the_numbers_that_the_parent_draws()
    {
        var draws = new ulong[100];
        new Generator(5).Reserve(100).Fill(draws);
        Assert.That(new Generator(5).Split(50).Select(child => child.State.Key).Intersect(draws), Is.Empty);
    }

    [Test]
    public void A_negative_number_of_children_is_an_error()
        => Assert.That(() => new Generator(0).Split(-1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("-1"));

    [Test]
    public void No_children_are_allowed() => Assert.That(new Generator(0).Split(0), Is.Empty);

    private static double[] Uniforms(Generator generator)
    {
        var values = new double[Count];
        generator.FillUniform(values.AsSpan());
        return values;
    }

    // For uniforms, whose variance is 1/12.
    private static double Correlation(double[] x, double[] y) => 12 * x.Zip(y, (a, b) => (a - 0.5) * (b - 0.5)).Average();
}
