using Autograd.Evaluation;
using Autograd.NN;

namespace Autograd.Tests.Autodiff;

/// <summary>Differentiate.Checkpoint: the same values and gradients, from less memory.</summary>
internal sealed class CheckpointTests
{
    private static readonly Tensor X = Tensor.Randn([4, 3], DType.Float64, generator: new Generator(1));

    [Test]
    public void Values_and_gradients_are_the_same_bits()
    {
        Generator.Seed(2);
        var model = new Sequential(new Linear(3, 8), new Tanh(), new Dropout(0.5), new Linear(8, 2)).To(DType.Float64);
        double[][] Run(Func<Tensor, Tensor> function)
        {
            Generator.Seed(7);
            model.ZeroGrad();
            var x = X.AsLeaf();
            var y = function(x);
            y.Square().Sum().Backward();
            return [y.ToArray<double>(), x.Grad!.ToArray<double>(), .. model.Parameters().Select(parameter => parameter.Grad!.ToArray<double>()), [Tensor.Rand([], DType.Float64).Item()]];
        }

        var (plain, segment) = (Run(model.Forward), Run(Differentiate.Checkpoint(model.Forward)));
        for (var i = 0; i < plain.Length; i++)
        {
            Assert.That(segment[i], Is.EqualTo(plain[i]), $"{i}; the last is the next random number.");
        }
    }

    [Test]
    public void Gradients_of_higher_order_and_inside_other_derivatives()
    {
        var w = new Parameter(Tensor.Randn([3, 3], DType.Float64, generator: new Generator(3)));
        Tensor Plain(Tensor x) => (x.MatMul(w).Sin() * x).Sum(1);
        var segment = Differentiate.Checkpoint(Plain);
        GradCheck.Verify(x => segment(x), X, new() { Order = 2 });
        GradCheck.Verify(() => segment(X).Square().Sum(), [new("w", w)], new() { Order = 2 });
        Assert.That(Differentiate.Jacobian(segment)(X).AllClose(Differentiate.Jacobian(Plain)(X), 1e-13, 1e-13));
        Assert.That(Differentiate.Hessian(x => segment(x).Sum())(X).AllClose(Differentiate.Hessian(x => Plain(x).Sum())(X), 1e-12, 1e-12));
        Assert.That(Differentiate.Vmap(row => segment(row.Unsqueeze(0)))(X).AllClose(Plain(X).Unsqueeze(1), 1e-13, 1e-13));
        var nested = Differentiate.Checkpoint(x => Differentiate.Checkpoint(t => t.Sin() * 2)(x).Exp());
        GradCheck.Verify(nested, X, new() { Order = 2 });
        var two = Differentiate.Checkpoint((x, y) => (x * y.Exp()).Sum());
        GradCheck.Verify(inputs => two(inputs[0], inputs[1]), [X, X[0]], new() { Order = 2 });
    }

    [Test]
    public void What_it_reads_besides_gets_its_gradient()
    {
        var a = Tensor.From([2.0], requiresGrad: true);
        var b = a * 3;
        var y = Differentiate.Checkpoint(x => x * b * b)(a);
        y.Backward();
        Assert.That(a.Grad!.Item(), Is.EqualTo(3 * 9 * 4), "y = 9 a³");
        Assert.That(Differentiate.Checkpoint(x => x.Detach() * 2)(a).RequiresGrad, Is.True);
        Assert.That(Differentiate.Checkpoint(x => x * 2)(a.Detach()).RequiresGrad, Is.False);
    }

    [Test]
    public void A_parameter_assigned_in_between_is_an_error()
    {
        var w = new Parameter(Tensor.From([2.0]));
        var y = Differentiate.Checkpoint(x => x * w)(Tensor.From([1.0], requiresGrad: true));
        w.Assign(Tensor.From([5.0]));
        Assert.That(() => y.Backward(), Throws.TypeOf<GradientException>().With.Message.Contains("assigned between"));
    }

    /// <summary>A chain of 16 blocks of 8 sines of a million bytes each: all 128 results are kept, or those of the blocks only.</summary>
    [Test]
    [NonParallelizable]
    public void The_record_is_smaller()
    {
        const int Blocks = 16, Operations = 8, Elements = 1 << 17;
        static Tensor Block(Tensor x)
        {
            for (var i = 0; i < Operations; i++)
            {
                x = x.Sin().Evaluate();
            }

            return x;
        }

        static long Kept(Func<Tensor, Tensor> block)
        {
            var x = Tensor.Full([Elements], 0.5, DType.Float64, requiresGrad: true);
            Loans.Collect();
            var before = Loans.Outstanding;
            var y = x;
            for (var i = 0; i < Blocks; i++)
            {
                y = block(y);
            }

            Loans.Collect();
            var kept = Loans.Outstanding - before;
            y.Sum().Backward();
            Assert.That(x.Grad![0].Item(), Is.GreaterThan(0));
            return kept / (Elements * sizeof(double));
        }

        var (plain, segments) = (Kept(Block), Kept(Differentiate.Checkpoint(Block)));
        TestContext.Out.WriteLine($"tensors of 1 MiB kept: {plain} without, {segments} with checkpoints");
        Assert.That((plain, segments), Is.EqualTo((Blocks * Operations, Blocks)).Within(10));
    }
}
