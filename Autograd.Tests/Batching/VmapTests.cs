using Autograd.NN;

namespace Autograd.Tests.Batching;

/// <summary>Differentiate.Vmap as a user has it, with what people do wrong.</summary>
internal sealed class VmapTests
{
    private static readonly Tensor X = Tensor.Randn([4, 3], DType.Float64, generator: new Generator(1));
    private static readonly Tensor W = Tensor.Randn([3, 2], DType.Float64, generator: new Generator(2));

    [Test]
    public void A_function_of_a_row_becomes_one_of_all_rows()
    {
        Assert.That(Differentiate.Vmap(row => row.MatMul(W))(X).AllClose(X.MatMul(W), 1e-14, 1e-14));
        Assert.That(Differentiate.Vmap(column => column.Sum(), inDim: 1)(X).AllClose(X.Sum(0), 1e-14, 1e-14));
        Assert.That(Differentiate.Vmap(row => row * 2, outDim: 1)(X).Shape, Is.EqualTo(Shape.Create([3, 4])));
        Assert.That(Differentiate.Vmap(row => row * 2, inDim: -2, outDim: -1)(X).Eq((X * 2).T).All().Item<bool>());
        Assert.That(Differentiate.Vmap(_ => W)(X).Shape, Is.EqualTo(Shape.Create([4, 3, 2])), "The same result for each.");
        Assert.That(Differentiate.Vmap((a, b) => a.MatMul(b))(X, X).AllClose(X.Square().Sum(1), 1e-14, 1e-14));
        Assert.That(Differentiate.Vmap((a, w) => a.MatMul(w), 0, null)(X, W).AllClose(X.MatMul(W), 1e-14, 1e-14));
    }

    [Test]
    public void It_nests()
    {
        // All pairs of rows.
        var pairs = Differentiate.Vmap(a => Differentiate.Vmap(b => (a * b).Sum())(X))(X);
        Assert.That(pairs.AllClose(X.MatMul(X.T), 1e-14, 1e-14));
        var mixed = Differentiate.Vmap(a => Differentiate.Vmap(column => column.Sum() * a.Sum(), inDim: 1)(W))(X);
        Assert.That(mixed.AllClose(X.Sum(1).Outer(W.Sum(0)), 1e-14, 1e-14));
    }

    [Test]
    public void Gradients_of_examples_are_mapped_gradients()
    {
        static Tensor F(Tensor row) => (row.Sin() * row[0]).Sum();
        var together = Differentiate.Vmap(Differentiate.Grad(F))(X);
        for (var i = 0; i < 4; i++)
        {
            Assert.That(together[i].AllClose(Differentiate.Grad(F)(X[i]), 1e-14, 1e-14));
        }

        var hessians = Differentiate.Vmap(Differentiate.Hessian(F))(X);
        Assert.That(hessians[2].AllClose(Differentiate.Hessian(F)(X[2]), 1e-13, 1e-13));
        Assert.That(Differentiate.Vmap(row => Differentiate.Jvp(t => t.Exp(), row, row).Tangent)(X).AllClose(X.Exp() * X, 1e-13, 1e-13));
        Assert.That(Differentiate.Vmap(row => Differentiate.Vmap(b => Differentiate.Grad(t => (t * b).Sin().Sum())(row))(X))(X)[1, 2].AllClose((X[1] * X[2]).Cos() * X[2], 1e-13, 1e-13));
    }

    [Test]
    public void A_mapped_function_is_differentiable()
    {
        GradCheck.Verify(x => Differentiate.Vmap(row => row.Softmax(0).MatMul(W).Tanh())(x), X, new() { Order = 2 });
        GradCheck.Verify(inputs => Differentiate.Vmap((a, w) => a.MatMul(w).Sin(), 0, null)(inputs[0], inputs[1]), [X, W], new() { Order = 2 });
        GradCheck.Verify(x => Differentiate.Vmap(Differentiate.Grad(row => row.Norm().Exp()))(x), X);
    }

    [Test]
    public void An_operation_defined_by_a_user_is_mapped_too()
    {
        var cube = Differentiate.CustomGradient(x => x * x * x, (x, _, grad) => grad * 3 * x * x, "Cube");
        Assert.That(Differentiate.Vmap(row => cube(row).Sum())(X).AllClose(X.Pow(3).Sum(1), 1e-13, 1e-13));
        Assert.That(Differentiate.Vmap(Differentiate.Grad(row => cube(row).Sum()))(X).AllClose(X.Square() * 3, 1e-13, 1e-13));
        var product = Differentiate.CustomGradient(x => x[0] * x[1], (x, _, g) => [g * x[1], g * x[0]], "Product");
        Assert.That(Differentiate.Vmap(row => product([row, W[0, 0]]).Sum())(X).AllClose((X * W[0, 0]).Sum(1), 1e-13, 1e-13));
    }

    [Test]
    public void Values_cannot_be_read_and_the_message_says_what_to_do()
    {
        Func<Tensor, Tensor>[] wrong = [x => x.Sum().Item() > 0 ? x : -x, x => Tensor.From(x.ToArray<double>()), x => x[x > 0], x => x * (x.ToString().Length > 3 ? 1 : 2)];
        foreach (var function in wrong)
        {
            Assert.That(() => Differentiate.Vmap(function)(X), Throws.TypeOf<BatchingException>().With.Message.Contains("example to example").And.Message.Contains("Where"));
        }

        Assert.That(Differentiate.Vmap(x => Tensor.Where(x.Sum() > 0, x, -x))(X).Shape, Is.EqualTo(X.Shape));
    }

    [Test]
    public void An_operation_without_a_rule_says_so()
        => Assert.That(
            () => Differentiate.Vmap(x => new Gradients.WrongForViewsOp(x).Apply())(X),
            Throws.TypeOf<BatchingException>().With.Message.Contains("WrongForViews has no batching rule"));

    [Test]
    public void Misuse_fails_where_it_happens()
    {
        Assert.That(() => Differentiate.Vmap(x => x)(Tensor.From(1.0)), Throws.TypeOf<ShapeException>().With.Message.Contains("single number"));
        Assert.That(() => Differentiate.Vmap((a, b) => a + b)(X, W), Throws.TypeOf<ShapeException>().With.Message.Contains("has 3 examples").And.Message.Contains("4"));
        Assert.That(() => Differentiate.Vmap((a, b) => a + b, null, null)(X, X), Throws.TypeOf<ShapeException>().With.Message.Contains("no input has examples"));
        Assert.That(() => Differentiate.Vmap(x => x.MatMul(X))(X), Throws.TypeOf<ShapeException>(), "The shape that fails is that of an example.");
        var w = new Parameter(W);
        Assert.That(() => Differentiate.Vmap(x => { x.MatMul(w).Sum().Backward(); return x; })(X), Throws.TypeOf<BatchingException>().With.Message.Contains("Differentiate.Grad"));
        Assert.That(() => Differentiate.Vmap(x => Differentiate.Gradients(x.MatMul(w).Sum(), [w])[0])(X), Throws.TypeOf<BatchingException>().With.Message.Contains("same for all"));
        Tensor? kept = null;
        Differentiate.Vmap(x => kept = x * 2)(X);
        Assert.That(() => (kept! + 1).ToArray<double>(), Throws.TypeOf<BatchingException>());
        Assert.That(() => (Tensor.Zeros([1000, 3], DType.Float64) * kept!).Exp().ToArray<double>(), Throws.TypeOf<BatchingException>());
    }

    [Test]
    public void Gradients_of_each_sample_add_up_to_the_gradient()
    {
        Generator.Seed(3);
        var model = new Sequential(new Linear(3, 5), new Tanh(), new Linear(5, 4)).To(DType.Float64);
        var classes = Tensor.From([1L, 0, 3, 2]);
        var gradients = Differentiate.PerSampleGradients((x, y) => Loss.CrossEntropy(model.Forward(x), y), model.Parameters(), X, classes);
        Loss.CrossEntropy(model.Forward(X), classes, Reduction.Sum).Backward();
        foreach (var (gradient, parameter) in gradients.Zip(model.Parameters()))
        {
            Assert.That(gradient.Shape, Is.EqualTo(Shape.Create([4, .. parameter.Shape])));
            Assert.That(gradient.Sum(0).AllClose(parameter.Grad!, 1e-12, 1e-12));
        }

        model.ZeroGrad();
        Loss.CrossEntropy(model.Forward(X[2..3]), classes[2..3]).Backward();
        Assert.That(gradients[0][2].AllClose(model.Parameters()[0].Grad!, 1e-12, 1e-12));
    }

    [Test]
    public void Gradients_of_each_sample_of_a_convolutional_network()
    {
        Generator.Seed(3);
        var model = new Sequential(new Conv2d(1, 3, 3), new Relu(), new Flatten(), new Linear(3 * 4 * 4, 2)).To(DType.Float64);
        var (images, classes) = (Tensor.Randn([5, 1, 6, 6], DType.Float64), Tensor.From([1L, 0, 1, 1, 0]));
        var gradients = Differentiate.PerSampleGradients((x, y) => Loss.CrossEntropy(model.Forward(x.Unsqueeze(0)), y.Unsqueeze(0)), model.Parameters(), images, classes);
        Loss.CrossEntropy(model.Forward(images), classes, Reduction.Sum).Backward();
        foreach (var (gradient, parameter) in gradients.Zip(model.Parameters()))
        {
            Assert.That(gradient.Sum(0).AllClose(parameter.Grad!, 1e-12, 1e-12));
        }
    }

    [Test]
    public void Large_batches_are_fused_and_pooled_like_anything_else()
    {
        var x = Tensor.Randn([256, 64], DType.Float64, generator: new Generator(5));
        var together = Differentiate.Vmap(Differentiate.Grad(row => (row.Sin() * row.Exp() + row.Square()).Sum()))(x);
        Assert.That(together.AllClose((x.Cos() + x.Sin()) * x.Exp() + (x * 2), 1e-12, 1e-12));
    }

    [Test]
    public void Nothing_is_left_behind()
    {
        Assert.That(() => Differentiate.Vmap((Tensor _) => throw new NotSupportedException())(X), Throws.TypeOf<NotSupportedException>());
        Assert.That(Autograd.Batching.BatchLevel.Any, Is.False);
        Assert.That(Differentiate.Vmap(row => row.Sum())(Tensor.Zeros([0, 3])).Shape, Is.EqualTo(Shape.Create([0])));
    }
}
