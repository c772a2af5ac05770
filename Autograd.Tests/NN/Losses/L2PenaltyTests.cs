using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

public class L2PenaltyTests
{
    [Test]
    public void Is_half_the_sum_of_the_squared_weights_without_biases()
    {
        var model = new Sequential(new Linear(2, 3), new Prelu(), new Linear(3, 1)).To(DType.Float64);
        var squares = model.Parameters().Where(parameter => parameter.Rank == 2).Sum(parameter => parameter.Square().Sum().Item());
        Assert.That(Loss.L2Penalty(model.Parameters(), 0.2).Item(), Is.EqualTo(0.1 * squares).Within(1e-12));
        GradCheck.Verify(() => Loss.L2Penalty(model.Parameters(), 0.2), model.NamedParameters(), LossCase.SecondOrder);
    }

    [Test]
    public void Its_gradient_is_lambda_times_the_weight()
    {
        var layer = new Linear(2, 3, dtype: DType.Float64);
        Loss.L2Penalty(layer.Parameters(), 0.2).Backward();
        Assert.That(layer.Weight.Grad!.AllClose(layer.Weight * 0.2, 1e-14));
        Assert.That(layer.Bias!.Grad, Is.Null);
    }

    [Test]
    public void Of_no_weights_is_zero() => Assert.That(Loss.L2Penalty([], 1).Item(), Is.Zero);

    [Test]
    public void Lambda_is_not_negative() => Assert.Throws<ArgumentOutOfRangeException>(() => Loss.L2Penalty([], -1));
}
