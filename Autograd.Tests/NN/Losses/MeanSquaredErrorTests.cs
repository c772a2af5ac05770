using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

public class MeanSquaredErrorTests
{
    [Test]
    public void Is_the_mean_of_the_squares([Values] Reduction reduction)
    {
        var (h, y) = (LossCase.Randn(1, 3, 2), LossCase.Randn(2, 3, 2));
        var expected = LossCase.Reduce(LossCase.Map(h, y, (a, b) => (a - b) * (a - b)), reduction, 3);
        Assert.That(Loss.MeanSquaredError(h, y, reduction).ToArray<double>(), Is.EqualTo(expected).Within(1e-12));
        GradCheck.Verify(x => Loss.MeanSquaredError(x[0], x[1], reduction), [h, y], LossCase.SecondOrder);
    }

    [Test]
    public void The_short_form_is_the_mean()
    {
        Func<Tensor, Tensor, Tensor> loss = Loss.MeanSquaredError;
        Assert.That(loss(Tensor.From([1f, 2]), Tensor.From([3f, 5])).Item(), Is.EqualTo(6.5));
    }

    [Test]
    public void Weights_give_the_weighted_mean()
    {
        var (h, y, w) = (LossCase.Randn(1, 3, 2), LossCase.Randn(2, 3, 2), Tensor.From([1.0, 3]));
        var squares = (h - y).Square() * w;
        Assert.That(Loss.MeanSquaredError(h, y, Reduction.Mean, w).Item(), Is.EqualTo(squares.Sum().Item() / 12).Within(1e-12));
        Assert.That(Loss.MeanSquaredError(h, y, Reduction.Sum, w).Item(), Is.EqualTo(squares.Sum().Item()).Within(1e-12));
        GradCheck.Verify(x => Loss.MeanSquaredError(x, y, Reduction.Mean, w), h, LossCase.SecondOrder);
    }

    [Test]
    public void Whole_numbers_are_targets_too()
        => Assert.That(Loss.MeanSquaredError(Tensor.From([0.5f, 2]), Tensor.From([1, 2])).Item(), Is.EqualTo(0.125));

    [TestCase(new[] { 4, 1 }, new[] { 4 }, "target.Reshape(prediction.Shape)")]
    [TestCase(new[] { 4, 2 }, new[] { 2 }, "target.ExpandAs(prediction)")]
    [TestCase(new[] { 2 }, new int[0], "target.ExpandAs(prediction)")]
    public void Nothing_is_broadcast_in_silence(int[] prediction, int[] target, string fix)
    {
        var error = Assert.Throws<ShapeException>(() => Loss.MeanSquaredError(Tensor.Ones(prediction), Tensor.Ones(target)))!;
        Assert.That(error.Message, Does.Contain("Loss.MeanSquaredError").And.Contain($"[{string.Join(", ", prediction)}]").And.Contain(fix));
    }

    [Test]
    public void Exchanged_arguments_are_an_error()
    {
        var error = Assert.Throws<DTypeException>(() => Loss.MeanSquaredError(Tensor.From([1]), Tensor.From([1f])))!;
        Assert.That(error.Message, Does.Contain("exchanged"));
    }

    [Test]
    public void A_weight_must_fit()
    {
        var error = Assert.Throws<ShapeException>(() => Loss.MeanSquaredError(Tensor.Ones([3, 2]), Tensor.Ones([3, 2]), Reduction.Mean, Tensor.Ones([3])))!;
        Assert.That(error.Message, Does.Contain("weight").And.Contain("[3]").And.Contain("[3, 2]"));
    }

    [Test]
    public void There_are_three_reductions()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Loss.MeanSquaredError(Tensor.Ones([1]), Tensor.Ones([1]), (Reduction)7));
}
