using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Tests.Optim;

/// <summary>Groups, exemption from decay, clipping, accumulation, averages.</summary>
internal sealed class GradientTreatmentTests
{
    private static Parameter With(double[] gradient, params int[] shape)
    {
        var parameter = new Parameter(Tensor.Ones(shape.Length == 0 ? [gradient.Length] : shape, DType.Float64));
        parameter.Backward(Tensor.From(gradient, shape.Length == 0 ? [gradient.Length] : shape));
        return parameter;
    }

    [Test]
    public void GroupsHaveTheirOwnOptionsAndAreSetTogether()
    {
        var (a, b) = (With([1.0]), With([1.0]));
        var groups = new OptimizerGroups(new Sgd([a], 0.1), new Sgd([b], 0.01, weightDecay: 1));
        groups.Step();
        Assert.That((a.Item(), b.Item()), Is.EqualTo((0.9, 0.98)));
        groups.LearningRate = 0.5;
        Assert.That(groups.Groups.Select(group => group.LearningRate), Is.EqualTo(new[] { 0.5, 0.5 }));
        Assert.That(() => new OptimizerGroups(new Sgd([a]), new Adam([a])), Throws.ArgumentException.With.Message.Contains("twice"));
        Assert.That(() => new OptimizerGroups(), Throws.ArgumentException);
    }

    [Test]
    public void OneCallExemptsBiasesAndNormsFromDecay()
    {
        var model = new Linear(2, 2).To(DType.Float64);
        var (weight, bias) = (model.Parameters()[0].ToArray<double>(), model.Parameters()[1].ToArray<double>());
        var optimizer = new AdamW(model.Parameters(), 0.1, weightDecay: 0.5).ExemptFromDecay();
        optimizer.Step(() => (model.Parameters()[0] * 0).Sum() + (model.Parameters()[1] * 0).Sum());
        Assert.That(model.Parameters()[0].Flatten().ToArray<double>(), Is.EqualTo(weight.Select(w => w * 0.95)).Within(1e-15));
        Assert.That(model.Parameters()[1].ToArray<double>(), Is.EqualTo(bias));
    }

    [Test]
    public void ClippingByNormShortensAllByOneFactor()
    {
        Parameter[] parameters = [With([3.0]), With([4.0, 0]), new(Tensor.Ones([1]))];
        Assert.That(Clip.Norm(parameters, 10).Item(), Is.EqualTo(5));
        Assert.That(parameters[0].Grad!.Item(), Is.EqualTo(3));
        Clip.Norm(parameters, 1);
        Assert.That(parameters[0].Grad!.Item(), Is.EqualTo(0.6).Within(1e-6));
        Assert.That(Clip.GradientNorm(parameters).Item(), Is.EqualTo(1).Within(1e-6));
        Assert.That(parameters[2].Grad, Is.Null);
        Assert.That(Clip.Norm([With([3.0, -7])], 3.5, double.PositiveInfinity).Item(), Is.EqualTo(7));
        Assert.That(() => Clip.Norm(parameters, double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(double.IsNaN(Clip.Norm([With([double.NaN])], 1).Item()));
    }

    [Test]
    public void ClippingByValueLimitsEachElement()
    {
        var parameter = With([3.0, -2, 0.5]);
        Clip.Value([parameter], 1);
        Assert.That(parameter.Grad!.ToArray<double>(), Is.EqualTo(new[] { 1, -1, 0.5 }));
    }

    [Test]
    public void AdaptiveClippingIsByTheUnitsOwnNorm()
    {
        // Rows of norm √2; the first gradient is short enough.
        var parameter = With([0.001, 0, 3, 4], 2, 2);
        Clip.Adaptive([parameter], 0.01);
        var allowed = 0.01 * Math.Sqrt(2) / 5;
        Assert.That(parameter.Grad!.Flatten().ToArray<double>(), Is.EqualTo(new[] { 0.001, 0, 3 * allowed, 4 * allowed }).Within(1e-15));
    }

    [Test]
    public void AccumulatedGradientsAreThoseOfTheWholeBatch()
    {
        var model = new Linear(3, 1).To(DType.Float64);
        var x = Tensor.Randn([6, 3], DType.Float64, generator: new(1));
        Loss.MeanSquaredError(model.Forward(x), Tensor.Ones([6, 1], DType.Float64)).Backward();
        var whole = model.Parameters()[0].Grad!.Flatten().ToArray<double>();
        model.ZeroGrad();
        foreach (var part in x.Split(2))
        {
            (Loss.MeanSquaredError(model.Forward(part), Tensor.Ones([2, 1], DType.Float64)) / 3).Backward();
        }

        Assert.That(model.Parameters()[0].Grad!.Flatten().ToArray<double>(), Is.EqualTo(whole).Within(1e-14));
    }

    [Test]
    public void AveragesStandInAndGiveBack()
    {
        var w = new Parameter(Tensor.From([1.0]));
        var (equal, exponential) = (WeightAverage.Equal([w]), WeightAverage.Exponential([w], 0.75));
        foreach (var value in new[] { 2.0, 4, 9 })
        {
            w.Assign(Tensor.From([value]));
            equal.Update();
            exponential.Update();
        }

        Assert.That((equal.Values[0].Item(), equal.Count), Is.EqualTo((5.0, 3)));
        Assert.That(exponential.Values[0].Item(), Is.EqualTo((0.75 * ((0.75 * 2) + (0.25 * 4))) + (0.25 * 9)));
        using (equal.InPlace())
        {
            Assert.That(w.Item(), Is.EqualTo(5));
        }

        Assert.That(w.Item(), Is.EqualTo(9));
        exponential.Apply();
        Assert.That(w.Item(), Is.EqualTo(exponential.Values[0].Item()));
        Assert.That(() => WeightAverage.Exponential([w], 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }
}
