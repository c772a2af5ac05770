using Autograd.Autodiff;
using Autograd.Tests.Generators;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Gradients;

/// <summary>Laws that the gradients of any programs obey, whatever their values.</summary>
internal sealed class LinearityTests
{
    private static readonly Gen<(TestProgram Program, double Alpha, double Beta, ulong Seed)> Samples =
        from program in Programs.Arbitrary(steps: 6).Generator
        from alpha in Gen.Choose(-20, 20)
        from beta in Gen.Choose(-20, 20)
        from seed in Gen.Choose(0, 1_000_000)
        select (program, alpha / 8.0, beta / 8.0, (ulong)seed);

    /// <summary>J(x)ᵀ(αu + βv) = α J(x)ᵀu + β J(x)ᵀv.</summary>
    [Test]
    public void The_backward_pass_is_linear_in_the_gradient_it_starts_from()
        => Law.Holds(Samples, sample =>
        {
            var (program, alpha, beta, seed) = sample;
            var leaves = Leaves(program.Inputs);
            var y = program.Run(leaves);
            var generator = new Generator(seed);
            var (u, v) = (TensorSpec.Draw([.. y.Shape], generator, Domain.Any), TensorSpec.Draw([.. y.Shape], generator, Domain.Any));
            var both = Gradients(y, leaves, (u * alpha) + (v * beta));
            var (first, second) = (Gradients(y, leaves, u), Gradients(y, leaves, v));
            for (var i = 0; i < leaves.Length; i++)
            {
                EqualTerms(both[i], first[i] * alpha, second[i] * beta);
            }
        });

    /// <summary>∇(αf + βg) = α∇f + β∇g.</summary>
    [Test]
    public void The_gradient_of_a_sum_is_the_sum_of_the_gradients()
        => Law.Holds(Samples, sample =>
        {
            var (program, alpha, beta, _) = sample;
            var leaves = Leaves(program.Inputs);
            Tensor F(Tensor[] x) => program.Run(x).Sum();
            Tensor G(Tensor[] x) => x.Aggregate(Tensor.Zeros([], DType.Float64), (sum, input) => sum + (input.Sin() * input).Sum());
            var both = Gradients((F(leaves) * alpha) + (G(leaves) * beta), leaves);
            var (first, second) = (Gradients(F(leaves), leaves), Gradients(G(leaves), leaves));
            for (var i = 0; i < leaves.Length; i++)
            {
                EqualTerms(both[i], first[i] * alpha, second[i] * beta);
            }
        });

    /// <summary>∇(fg) = g∇f + f∇g.</summary>
    [Test]
    public void The_product_rule()
        => Law.Holds(Samples, sample =>
        {
            var leaves = Leaves(sample.Program.Inputs);
            Tensor F(Tensor[] x) => sample.Program.Run(x).Sum();
            Tensor G(Tensor[] x) => x.Aggregate(Tensor.Ones([], DType.Float64), (sum, input) => sum + input.Cos().Sum());
            var (f, g) = (F(leaves), G(leaves));
            var product = Gradients(f * g, leaves);
            var (first, second) = (Gradients(f, leaves), Gradients(g, leaves));
            for (var i = 0; i < leaves.Length; i++)
            {
                EqualTerms(product[i], first[i] * g.Detach(), second[i] * f.Detach());
            }
        });

    /// <summary>∇(h∘f) = f′ᵀ ∇h at f: the pass through both equals the pass through one started from the gradient of the other.</summary>
    [Test]
    public void The_chain_rule()
        => Law.Holds(Samples, sample =>
        {
            var leaves = Leaves(sample.Program.Inputs);
            var y = sample.Program.Run(leaves);
            var cut = y.AsLeaf();
            static Tensor H(Tensor t) => (t.Sin() * t).Sum();
            var whole = Gradients(H(y), leaves);
            var inner = Gradients(y, leaves, Gradients(H(cut), [cut])[0]);
            for (var i = 0; i < leaves.Length; i++)
            {
                Law.Equal(whole[i], inner[i], $"Gradient {i}");
            }
        });

    /// <summary>The gradient of an input that is used twice is the sum of the gradients of two inputs.</summary>
    [Test]
    public void Uses_add_up()
        => Law.Holds(Samples, sample =>
        {
            var (once, again) = (Leaves(sample.Program.Inputs), Leaves(sample.Program.Inputs));
            Tensor F(Tensor[] x, Tensor[] other) => (sample.Program.Run(x).Sin() * sample.Program.Run(other)).Sum();
            var shared = Gradients(F(once, once), once);
            var apart = F(once, again);
            var (first, second) = (Gradients(apart, once), Gradients(apart, again));
            for (var i = 0; i < once.Length; i++)
            {
                EqualTerms(shared[i], first[i], second[i]);
            }
        });

    private static Tensor[] Leaves(Tensor[] inputs) => Array.ConvertAll(inputs, input => input.AsLeaf());

    private static Tensor[] Gradients(Tensor y, Tensor[] x, Tensor? gradient = null)
        => Differentiate.Gradients(y, x, gradient ?? Tensor.Ones(y.Shape, DType.Float64), retainGraph: true, allowUnused: true);

    // Rounding is in proportion to the terms, which may cancel.
    private static void EqualTerms(Tensor actual, Tensor first, Tensor second)
    {
        var allowed = ((first.Abs() + second.Abs()) * 1e-11) + 1e-10;
        if (actual.Shape != first.Shape || !((actual - (first + second)).Abs() <= allowed).All().Item<bool>())
        {
            throw new LawBrokenException($"expected {first + second}\nactual   {actual}");
        }
    }
}
