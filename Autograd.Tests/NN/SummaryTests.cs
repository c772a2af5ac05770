using Autograd.NN;

namespace Autograd.Tests.NN;

/// <summary>Summaries: shapes, parameters, multiplications, memory.</summary>
internal sealed class SummaryTests
{
    [Test]
    public void A_convolutional_network()
    {
        var model = new Sequential(new Conv2d(1, 8, 3), new BatchNorm2d(8), new Relu(), new MaxPool2d(2), new Flatten(), new Linear(8 * 13 * 13, 10), new Dropout(0.9));
        var summary = model.Summary([2, 1, 28, 28]);
        Assert.That(summary.Rows.Select(row => row.Type), Is.EqualTo((string[])["Sequential", "Conv2d", "BatchNorm2d", "Relu", "MaxPool2d", "Flatten", "Linear", "Dropout"]));
        Assert.That(summary.Rows[1].Output!.ToArray(), Is.EqualTo([2, 8, 26, 26]));
        Assert.That(summary.Parameters, Is.EqualTo(model.ParameterCount));
        Assert.That(summary.Rows[1].MultiplyAdds, Is.EqualTo(2L * 8 * 26 * 26 * 9));
        Assert.That(summary.MultiplyAdds, Is.EqualTo((2L * 8 * 26 * 26 * 9) + (2L * 8 * 13 * 13 * 10)));
        Assert.That(summary.ParameterBytes, Is.EqualTo(4 * model.ParameterCount));
        Assert.That(summary.OutputBytes, Is.EqualTo(4L * ((3 * 2 * 8 * 26 * 26) + (2 * 2 * 8 * 13 * 13) + (2 * 2 * 10))));
        Assert.That(summary.ToString(), Does.Contain("5: Linear").And.Contain("[2, 10]").And.Contain("13,530").And.Contain("Memory: parameters"));
        Assert.That(model.Modules().All(module => module.IsTraining), "modes are restored");
        Assert.That(model.Buffers()[2].Item<long>(), Is.Zero, "statistics stay as they are");
    }

    [Test]
    public void What_is_shared_counts_once_and_what_is_not_called_says_so()
    {
        var linear = new Linear(3, 3);
        var model = new Sequential(linear, linear);
        var summary = model.Summary([1, 3]);
        Assert.That(summary.Parameters, Is.EqualTo(12));
        Assert.That(summary.MultiplyAdds, Is.EqualTo(18), "both calls count");
        Assert.That(new Idle().Summary([1, 3]).ToString(), Does.Contain("not called"));
    }

    [Test]
    public void Sequences_and_attention()
    {
        var lstm = new Lstm(3, 4);
        Assert.That(lstm.Summary(() => lstm.Forward(Tensor.Zeros([5, 2, 3]))).MultiplyAdds, Is.EqualTo(5L * 2 * 16 * (3 + 4)));
        var layer = new TransformerEncoderLayer(8, 2, 16, batchFirst: true);
        var tokens = 3L * 6;
        Assert.That(layer.Summary([3, 6, 8]).MultiplyAdds, Is.EqualTo((tokens * 8 * 8 * 4) + (tokens * 8 * 16 * 2) + (2 * tokens * 6 * 8)));
        Assert.That(layer.Summary([3, 6, 8]).Parameters, Is.EqualTo(layer.ParameterCount));
    }

    private sealed class Idle : Layer
    {
        public Linear Unused { get; } = new(3, 3);

        protected override Tensor Compute(Tensor x) => x;
    }
}
