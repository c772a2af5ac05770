using Autograd.NN;
using Autograd.Optim;

namespace Autograd.Benchmarks.FirstCall;

/// <summary>Calls whose first time is of interest. Each entry makes its inputs and returns what is timed.</summary>
internal static class Calls
{
    public static readonly IReadOnlyDictionary<string, Func<Action>> All = new Dictionary<string, Func<Action>>(StringComparer.Ordinal)
    {
        ["add"] = () => Of(x => x + x),
        ["exp"] = () => Of(x => x.Exp()),
        ["log"] = () => Of(x => x.Log()),
        ["sin"] = () => Of(x => x.Sin()),
        ["tanh"] = () => Of(x => x.Tanh()),
        ["erf"] = () => Of(x => x.Erf()),
        ["pow"] = () => Of(x => x.Pow(x)),
        ["sum"] = () => Of(x => x.Sum()),
        ["sum-of-rows"] = () => Of(x => x.Sum(1)),
        ["softmax"] = () => Of(x => x.Softmax(1)),
        ["layer-norm"] = () => Of(x => x.LayerNorm([64])),
        ["product"] = () => Of(x => x.MatMul(x)),
        ["product-transposed"] = () => Of(x => x.MatMul(x.T)),
        ["matrix-vector"] = () => OfTwo([64, 64], [64], (a, b) => a.MatMul(b)),
        ["vector-matrix"] = () => OfTwo([64], [64, 64], (a, b) => a.MatMul(b)),
        ["inner-product"] = () => OfTwo([4096], [4096], (a, b) => a.MatMul(b)),
        ["product-float64"] = () => Of(x => x.MatMul(x), DType.Float64),
        ["convolution"] = () => OfTwo([1, 8, 16, 16], [8, 8, 3, 3], (x, w) => x.Conv2d(w, padding: 1)),
        ["convolution-backward"] = () => Backward([1, 8, 16, 16], [8, 8, 3, 3], (x, w) => x.Conv2d(w, padding: 1)),
        ["depthwise"] = () => OfTwo([1, 8, 16, 16], [8, 1, 3, 3], (x, w) => x.Conv2d(w, padding: 1, groups: 8)),
        ["max-pool"] = () => OfTwo([1, 8, 16, 16], [1], (x, _) => x.MaxPool2d(2)),
        ["average-pool"] = () => OfTwo([1, 8, 16, 16], [1], (x, _) => x.AvgPool2d(2)),
        ["embedding"] = () => OfTwo([100, 64], [1], (x, _) => Tensor.Embedding(Tensor.Arange(10), x)),
        ["attention"] = () => OfTwo([2, 64, 16], [1], (x, _) => Tensor.ScaledDotProductAttention(x, x, x)),
        ["attention-backward"] = () => Backward([2, 64, 16], [1], (x, w) => Tensor.ScaledDotProductAttention(x, x, x * w)),
        ["sort"] = () => Of(x => x.Sort(1).Values),
        ["training-step"] = TrainingStep,
    };

    private static Action Of(Func<Tensor, Tensor> function, DType dtype = DType.Float32)
    {
        var x = Tensor.Ones([64, 64], dtype);
        return () => function(x).Evaluate();
    }

    private static Action OfTwo(int[] first, int[] second, Func<Tensor, Tensor, Tensor> function)
    {
        var (a, b) = (Tensor.Ones(first), Tensor.Ones(second));
        return () => function(a, b).Evaluate();
    }

    private static Action Backward(int[] first, int[] second, Func<Tensor, Tensor, Tensor> function)
    {
        var (a, b) = (Tensor.Ones(first).AsLeaf(), Tensor.Ones(second).AsLeaf());
        return () =>
        {
            a.ZeroGrad();
            b.ZeroGrad();
            function(a, b).Sum().Backward();
            a.Grad!.Evaluate();
            b.Grad?.Evaluate();
        };
    }

    private static Action TrainingStep()
    {
        var model = new Sequential(new Linear(64, 64), new Tanh(), new Linear(64, 10));
        var optimizer = new Adam(model.Parameters());
        var (x, classes) = (Tensor.Ones([32, 64]), Tensor.Zeros([32], DType.Int64));
        return () =>
        {
            optimizer.ZeroGrad();
            Loss.CrossEntropy(model.Forward(x), classes).Backward();
            optimizer.Step();
        };
    }
}
