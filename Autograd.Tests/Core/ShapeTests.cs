namespace Autograd.Tests.Core;

public class ShapeTests
{
    [TestCase(new int[0], 1)]
    [TestCase(new[] { 0 }, 0)]
    [TestCase(new[] { 2, 3, 4 }, 24)]
    [TestCase(new[] { int.MaxValue }, int.MaxValue)]
    [TestCase(new[] { int.MaxValue, 1, 1 }, int.MaxValue)]
    [TestCase(new[] { int.MaxValue, int.MaxValue, int.MaxValue, 0 }, 0)]
    [TestCase(new[] { 0, int.MaxValue, int.MaxValue, int.MaxValue }, 0)]
    [TestCase(new[] { 65536, 65536, 0, 65536, 65536 }, 0)]
    public void Element_count_is_the_product(int[] sizes, int count)
        => Assert.That(Shape.Create(sizes).ElementCount, Is.EqualTo(count));

    [TestCase(new[] { 65536, 32768 })]
    [TestCase(new[] { 65536, 65536 }, Description = "wraps to 0 in 32 bits")]
    [TestCase(new[] { 65536, 65537 }, Description = "wraps to 65536 in 32 bits")]
    [TestCase(new[] { 65536, 65536, 65536, 65536 }, Description = "wraps to 0 in 64 bits")]
    [TestCase(new[] { int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue, 2 })]
    [TestCase(new[] { 1, int.MaxValue, 2, 1 })]
    public void Too_many_elements_are_an_error_that_names_the_shape(int[] sizes)
        => Assert.That(() => Shape.Create(sizes), Throws.TypeOf<ShapeException>().With.Message.Contains($"[{string.Join(", ", sizes)}]").And.Message.Contains("2^31"));

    [TestCase(new[] { -1 })]
    [TestCase(new[] { 0, -1 })]
    [TestCase(new[] { 3, int.MinValue, 0 })]
    public void Negative_sizes_are_an_error_that_names_the_shape(int[] sizes)
        => Assert.That(() => Shape.Create(sizes), Throws.TypeOf<ShapeException>().With.Message.Contains($"[{string.Join(", ", sizes)}]").And.Message.Contains("negative"));

    [Test]
    public void More_dimensions_than_a_stack_can_hold_are_an_error_and_not_a_crash()
    {
        var most = Tensor.From([1f, 2]).Reshape([2, .. Enumerable.Repeat(1, Shape.MaxRank - 1)]);
        Assert.That((most.Flip() + most.Flip().Exp()).Rank, Is.EqualTo(Shape.MaxRank));
        Assert.That(() => Tensor.Ones(Enumerable.Repeat(1, 1_000_000).ToArray()), Throws.TypeOf<ShapeException>().With.Message.Contains($"{Shape.MaxRank}").And.Message.Length.LessThan(500));
    }

    [Test]
    public void Equality_is_by_sizes()
    {
        Shape a = [2, 3], same = [2, 3], other = [3, 2], longer = [2, 3, 1];
        Assert.That(a == same && a.Equals((object)same) && !(a != same));
        Assert.That(a.GetHashCode(), Is.EqualTo(same.GetHashCode()));
        Assert.That(other.GetHashCode(), Is.Not.EqualTo(a.GetHashCode()));
        Assert.That(a == other || a == longer || a.Equals((Shape?)null) || default(Shape) == a || a.Equals("[2, 3]"), Is.False);
        Assert.That(default(Shape) == null);
    }

    [Test]
    public void A_shape_is_a_list_of_sizes()
    {
        Shape shape = [2, 3, 4];
        Assert.That((shape.Rank, shape[0], shape[-1], shape[-3]), Is.EqualTo((3, 2, 4, 2)));
        Assert.That(shape.ToString(), Is.EqualTo("[2, 3, 4]"));
        Assert.That(Shape.Scalar.ToString(), Is.EqualTo("[]"));
        Assert.That(shape, Is.EqualTo(new[] { 2, 3, 4 }).AsCollection);
        Assert.That(((IReadOnlyList<int>)shape).Count, Is.EqualTo(3));
    }

    [TestCase(3)]
    [TestCase(-4)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    public void A_dimension_that_is_not_there_is_an_error_that_names_the_range(int dim)
    {
        Shape shape = [2, 3, 4];
        Assert.That(() => shape[dim], Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("-3 to 2").And.Message.Contains($"{dim}"));
        Assert.That(() => Shape.Scalar[0], Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("rank 0"));
    }

    [Test]
    public void A_shape_copies_the_sizes_it_is_given_and_gives_copies()
    {
        int[] sizes = [2, 3];
        var shape = Shape.Create(sizes);
        sizes[0] = 7;
        shape.ToArray()[1] = 7;
        Assert.That(shape.ToString(), Is.EqualTo("[2, 3]"));
    }

    [TestCase("", "", "")]
    [TestCase("", "2,3", "2,3")]
    [TestCase("3", "2,3", "2,3")]
    [TestCase("2,1", "3", "2,3")]
    [TestCase("2,1,4", "3,1", "2,3,4")]
    [TestCase("1", "0", "0")]
    [TestCase("0,1", "1,3", "0,3")]
    [TestCase("1,1,1", "", "1,1,1")]
    [TestCase("5,0", "1", "5,0")]
    [TestCase("0", "2", null)]
    [TestCase("2,3", "2", null)]
    [TestCase("2,3", "3,2", null)]
    [TestCase("4,2,3", "2,2,3", null)]
    public void Broadcasting_is_numpys(string first, string second, string? result)
    {
        var (a, b) = (Parse(first), Parse(second));
        foreach (var (left, right) in new[] { (a, b), (b, a) })
        {
            if (result is null)
            {
                Assert.That(() => Tensor.Ones(left) + Tensor.Ones(right), Throws.TypeOf<ShapeException>().With.Message.Contains($"{left}").And.Message.Contains($"{right}").And.Message.StartsWith("Add"));
            }
            else
            {
                Assert.That((Tensor.Ones(left) + Tensor.Ones(right)).Shape, Is.EqualTo(Parse(result)));
            }
        }
    }

    [Test]
    public void Broadcasting_to_too_many_elements_is_an_error()
        => Assert.That(() => Tensor.Ones([65536, 1]) + Tensor.Ones([65536]), Throws.TypeOf<ShapeException>().With.Message.Contains("[65536, 65536]"));

    private static Shape Parse(string sizes) => Shape.Create(sizes.Length == 0 ? [] : Array.ConvertAll(sizes.Split(','), int.Parse));
}
