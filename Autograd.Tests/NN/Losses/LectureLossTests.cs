using Autograd.NN;

namespace Autograd.Tests.NN.Losses;

/// <summary>The losses and penalties of the lectures: their formulas.</summary>
internal sealed class LectureLossTests
{
    private static readonly Tensor Scores = (Tensor.Arange(6).To(DType.Float64) * 1.7).Sin().Reshape(3, 2);
    private static readonly Tensor Signs = Tensor.From([1.0, -1, -1, 1, 1, 1], [3, 2]);

    [Test]
    public void Each_scaling_of_the_squared_error()
    {
        var (h, y) = (LossCase.Randn(1, 4, 3), LossCase.Randn(2, 4, 3));
        var sum = LossCase.Map(h, y, (a, b) => (a - b) * (a - b)).Sum();
        Assert.That(Loss.MeanSquaredError(h, y, Reduction.Sum).Item(), Is.EqualTo(sum).Within(1e-12));
        Assert.That(Loss.MeanSquaredError(h, y).Item(), Is.EqualTo(sum / 12).Within(1e-12));
        Assert.That(Loss.HalfSquaredError(h, y, Reduction.Sum).Item(), Is.EqualTo(sum / 2).Within(1e-12));
        Assert.That(Loss.HalfSquaredError(h, y).Item(), Is.EqualTo(sum / 8).Within(1e-12));
    }

    [Test]
    public void The_perceptrons_objective_counts_the_wrong_side_only()
    {
        var scores = Tensor.From([0.5, -2, 3, 0], requiresGrad: true);
        var loss = Loss.Perceptron(scores, Tensor.From([1.0, 1, -1, 1]), Reduction.Sum);
        Assert.That(loss.Item(), Is.EqualTo(5));
        Assert.That(Differentiate.Gradients(loss, [scores])[0].ToArray<double>(), Is.EqualTo([0.0, -1, 1, 0]));
    }

    [Test]
    public void Margins_of_softmax_outputs()
    {
        // Outputs 0.7, 0.2, 0.1: margins of 0.5 for class 0, −0.5 for class 1.
        var z = Tensor.From([0.7, 0.2, 0.1]).Log();
        Assert.That(Loss.SoftmaxMargin(z, Tensor.From(0), rho: 0.5).Item(), Is.Zero.Within(1e-12));
        Assert.That(Loss.SoftmaxMargin(z, Tensor.From(0), rho: 0.8).Item(), Is.EqualTo(1 - (0.5 / 0.8)).Within(1e-12));
        Assert.That(Loss.SoftmaxMargin(z, Tensor.From(1), rho: 0.5).Item(), Is.EqualTo(1));
        Assert.That(Loss.SoftmaxMargin(Tensor.Stack([z, z]), Tensor.From([0L, 1]), Reduction.None, 0.8).ToArray<double>(), Is.EqualTo([1 - (0.5 / 0.8), 1]).Within(1e-12));
        Assert.That(() => Loss.SoftmaxMargin(z, Tensor.From(0), rho: 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => Loss.SoftmaxMargin(z[..1], Tensor.From(0)), Throws.TypeOf<ShapeException>().With.Message.Contains("one class"));
    }

    [Test]
    public void Soft_margins_are_PyTorchs()
    {
        Assert.That(Loss.SoftMargin(Scores, Signs).Item(), Is.EqualTo(0.7802146421420226).Within(1e-14));
        Assert.That(Loss.MultiLabelSoftMargin(Scores, (Signs + 1) / 2).Item(), Is.EqualTo(0.7802146421420226).Within(1e-14));
        Assert.That(Loss.MultiLabelSoftMargin(Scores, (Signs + 1) / 2, weight: Tensor.From([1.0, 3])).Item(), Is.EqualTo(1.7596546395112915).Within(1e-14));
        Assert.That(Loss.Hinge(Scores, Signs, Reduction.Sum).Item(), Is.EqualTo(LossCase.Map(Scores, Signs, (s, t) => Math.Max(0, 1 - (s * t))).Sum()).Within(1e-12));
    }

    [Test]
    public void Penalties_are_their_formulas()
    {
        var layer = new Linear(3, 2, dtype: DType.Float64);
        var w = layer.Weight.ToArray<double>();
        Assert.That(Loss.L1Penalty(layer.Parameters(), 0.3).Item(), Is.EqualTo(0.3 * w.Sum(Math.Abs)).Within(1e-12));
        Assert.That(Loss.ElasticNetPenalty(layer.Parameters(), 0.3, 0.4).Item(), Is.EqualTo((0.3 * w.Sum(Math.Abs)) + (0.2 * w.Sum(x => x * x))).Within(1e-12));
        Assert.That(Loss.L1Penalty([], 1).Item(), Is.Zero);
        Assert.That(Loss.ActivityPenalty(Scores, 0.3, 0.4).Item(), Is.EqualTo(Scores.ToArray<double>().Sum(a => (0.3 * Math.Abs(a)) + (0.2 * a * a)) / 3).Within(1e-12));
        Assert.That(Loss.Entropy(Tensor.Zeros([2, 4], DType.Float64)).Item(), Is.EqualTo(Math.Log(4)).Within(1e-14));
        Assert.That(() => Loss.L1Penalty([], -1), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Max_norm_brings_long_weights_back()
    {
        var layer = new Linear(3, 2, dtype: DType.Float64);
        layer.Weight.Assign(Tensor.From([3.0, 0, 4, 0.3, 0, 0.4], [2, 3]));
        layer.Bias!.Assign(Tensor.From([100.0, 100]));
        MaxNorm.Project(layer.Parameters(), 2);
        Assert.That(layer.Weight.ToArray<double>(), Is.EqualTo([1.2, 0, 1.6, 0.3, 0, 0.4]).Within(1e-14));
        Assert.That(layer.Bias.ToArray<double>(), Is.All.EqualTo(100));
        Assert.That(layer.Weight.RequiresGrad);
        Assert.That(() => MaxNorm.Project([], 0), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
