using Autograd.NN;

namespace Autograd.Tests.NN.Data;

internal sealed class AugmentTests
{
    private static readonly Tensor Images = (Tensor.Arange(4 * 12, DType.Float32) + 1).Reshape(4, 1, 3, 4);

    [Test]
    public void FlipsMirrorSomeExamples()
    {
        Assert.That(Augment.HorizontalFlip(Images, 1).AllClose(Images.Flip(3)));
        Assert.That(Augment.VerticalFlip(Images, 1).AllClose(Images.Flip(2)));
        Assert.That(Augment.HorizontalFlip(Images, 0).AllClose(Images));
        var some = Augment.HorizontalFlip(Tensor.Arange(200, DType.Float32).Reshape(100, 1, 1, 2), 0.3, new(4));
        Assert.That((some[.., 0, 0, 0] > some[.., 0, 0, 1]).To(DType.Float32).Mean().Item(), Is.EqualTo(0.3).Within(0.12));
    }

    [Test]
    public void ShiftsMoveByWholePixels()
    {
        var shifted = Augment.Shift(Images, 1, new(1));
        for (var i = 0; i < 4; i++)
        {
            var candidates = from dy in new[] { -1, 0, 1 } from dx in new[] { -1, 0, 1 } select Moved(Images[i, 0], dy, dx);
            Assert.That(candidates.Count(candidate => candidate.AllClose(shifted[i, 0])), Is.EqualTo(1), $"{shifted[i, 0]}");
        }
    }

    [Test]
    public void CropsArePiecesOfThePaddedImage()
    {
        var pieces = Augment.Crop(Images, 2, 3, padding: 1, generator: new(1));
        Assert.That(pieces.Shape.ToArray(), Is.EqualTo(new[] { 4, 1, 2, 3 }));
        for (var i = 0; i < 4; i++)
        {
            var candidates = from top in Enumerable.Range(-1, 4) from left in Enumerable.Range(-1, 4) select Moved(Images[i, 0], top, left)[..2, ..3];
            Assert.That(candidates.Any(candidate => candidate.AllClose(pieces[i, 0])), $"{pieces[i, 0]}");
        }

        Assert.That(() => Augment.Crop(Images, 5, 1), Throws.InstanceOf<ShapeException>().With.Message.Contains("5×1"));
    }

    [Test]
    public void RotationByAFullTurnIsNoneAndByAQuarterIsExact()
    {
        var square = (Tensor.Arange(9, DType.Float64) + 1).Reshape(1, 1, 3, 3);
        Assert.That(Augment.Rotate(square, 0).AllClose(square));
        var quarter = Augment.Warp(square, (y, x) => (x, 2 - y));
        Assert.That(quarter.Flatten().ToArray<double>(), Is.EqualTo(new double[] { 3, 6, 9, 2, 5, 8, 1, 4, 7 }));
        var turned = Augment.Rotate(square, 20, new(1));
        Assert.That(turned[0, 0, 1, 1].Item(), Is.EqualTo(5).Within(1e-12), "The middle stays.");
        Assert.That(turned.AllClose(square), Is.False);
    }

    [Test]
    public void CutOutsAreSquaresOfZeros()
    {
        var cut = Augment.CutOut(Tensor.Ones([50, 2, 6, 6]), 3, new(1));
        var zeros = cut.Eq(0).Sum([1, 2, 3]).ToArray<long>();
        Assert.That(zeros, Is.All.InRange(2 * 2 * 2, 2 * 9));
        Assert.That(zeros, Has.Some.EqualTo(18));
    }

    [Test]
    public void MixUpMixesInputsAndTargetsAlike()
    {
        var y = Tensor.Eye(4);
        var (x, mixed) = Augment.MixUp(y * 10, y, 0.4, new(2));
        Assert.That((mixed * 10).AllClose(x));
        Assert.That(mixed.Sum(1).AllClose(Tensor.Ones([4])));
        Assert.That(mixed.AllClose(y), Is.False);
        Assert.That(() => Augment.MixUp(y, Tensor.Arange(4)), Throws.InstanceOf<DTypeException>());
        Assert.That(() => Augment.Shift(y, 1), Throws.InstanceOf<ShapeException>().With.Message.Contains("Unsqueeze"));
    }

    [Test]
    public void StandardizationIsOfTrainingDataAndSavedWithTheModel()
    {
        var train = Tensor.From([1.0, 10, 3, 10], [2, 2]);
        var model = new Sequential(Standardization.Fit(train));
        Assert.That(model.Forward(train).Flatten().ToArray<double>(), Is.EqualTo(new double[] { -1, 0, 1, 0 }));
        var loaded = new Sequential(new Standardization(2).To(DType.Float64));
        loaded.LoadState(model.StateDictionary());
        Assert.That(loaded.Forward(Tensor.From([5.0, 12])).ToArray<double>(), Is.EqualTo(new double[] { 3, 2 }));
        Assert.That(() => Standardization.Fit(Tensor.Zeros([0, 2])), Throws.InstanceOf<ShapeException>());
    }

    [Test]
    public void SyntheticSetsHaveTheirShapes()
    {
        foreach (var (data, classes) in new[] { (Synthetic.Moons(101), 2), (Synthetic.Circles(101), 2), (Synthetic.Spirals(101, 3), 3), (Synthetic.Blobs(101, 4), 4) })
        {
            Assert.That((data.Count, data.X.Shape.ToArray(), data.Y.DType), Is.EqualTo((101, new[] { 101, 2 }, DType.Int64)));
            Assert.That(data.Y.ToArray<long>().Distinct().Count(), Is.EqualTo(classes));
        }

        var inner = Synthetic.Circles(100, noise: 0, generator: new(1));
        Assert.That((inner.X.Norm(2, 1) - Tensor.Where(inner.Y.Eq(0), Tensor.Ones([100]), 0.5)).Abs().Amax().Item(), Is.LessThan(1e-6));
        Assert.That(Synthetic.Xor().Y.Flatten().ToArray<float>(), Is.EqualTo(new[] { 0f, 1, 1, 0 }));
        var sine = Synthetic.Sine(50, noise: 0);
        Assert.That(sine.Y.AllClose(sine.X.Sin()));
    }

    private static Tensor Moved(Tensor image, int dy, int dx)
    {
        var padded = image.Pad([4, 4, 4, 4]);
        return padded[(4 + dy)..(4 + dy + image.Shape[0]), (4 + dx)..(4 + dx + image.Shape[1])];
    }
}
