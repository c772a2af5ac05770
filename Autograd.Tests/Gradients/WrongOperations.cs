using System.Numerics.Tensors;
using Autograd.Autodiff;
using Autograd.Evaluation;
using Autograd.Kernels;

namespace Autograd.Tests.Gradients;

// Operations with a mistake each, declared as the library's own are: what a check of the library's operations must reject.

/// <summary>Minus sign forgotten: d cos x/dx = −sin x.</summary>
[GradientTest("3x2", "()")]
internal sealed class WrongSignOp(Tensor x) : UnaryElementwise(x)
{
    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Cos(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * X.Sin();
}

/// <summary>Factor forgotten: d√x/dx = 1/(2√x).</summary>
[GradientTest("3x2", "()", Domain = Domain.Positive)]
internal sealed class WrongFactorOp(Tensor x) : UnaryElementwise(x)
{
    public override Reads Reads => Reads.Output;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sqrt(x, y);

    protected override Tensor Vjp(Tensor grad) => grad / Y;
}

/// <summary>Term forgotten: d(x sin x)/dx = sin x + x cos x.</summary>
[GradientTest("3x2", "()")]
internal sealed class MissingTermOp(Tensor x) : UnaryElementwise(x)
{
    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.Sin(x, y);
        TensorPrimitives.Multiply(x, y, y);
    }

    protected override Tensor Vjp(Tensor grad) => grad * (X * X.Cos());
}

/// <summary>Operands exchanged: dab/da = b, dab/db = a.</summary>
[GradientTest("3x2, 3x2", "3x2, 2")]
internal sealed class ExchangedOperandsOp(Tensor a, Tensor b) : BinaryElementwise(a, b)
{
    public override Reads Reads => Reads.First | Reads.Second;

    protected override void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Multiply(a, b, y);

    protected override Tensor VjpA(Tensor grad) => grad * A;

    protected override Tensor VjpB(Tensor grad) => grad * B;
}

/// <summary>Gradient of one input forgotten: d(a − b)/db = −1.</summary>
[GradientTest("3x2, 3x2")]
internal sealed class MissingInputOp(Tensor a, Tensor b) : BinaryElementwise(a, b)
{
    protected override void Kernel<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) => TensorPrimitives.Subtract(a, b, y);

    protected override Tensor VjpA(Tensor grad) => grad;

    protected override Tensor VjpB(Tensor grad) => Tensor.ZerosLike(grad);
}

/// <summary>Right to first order; the rule reads a value off the tape, so that its own derivative is 0 instead of eˣ.</summary>
[GradientTest("3x2", "()")]
internal sealed class WrongSecondOrderOp(Tensor x) : UnaryElementwise(x)
{
    public override Reads Reads => Reads.Output;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Exp(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * Y.Detach();
}

/// <summary>The rule reads its input, which the operation does not declare.</summary>
[GradientTest("3x2")]
internal sealed class UndeclaredReadOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Sin(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * X.Cos();
}

/// <summary>The rule reads its result, which the operation does not declare.</summary>
[GradientTest("3x2")]
internal sealed class UndeclaredOutputOp(Tensor x) : UnaryElementwise(x)
{
    public override Reads Reads => Reads.First;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Exp(x, y);

    protected override Tensor Vjp(Tensor grad) => grad * Y;
}

/// <summary>A view whose gradient is not permuted back; the shape betrays nothing, since the matrix is square.</summary>
[GradientTest("3x3")]
internal sealed class WrongTransposeOp : View
{
    public WrongTransposeOp(Tensor x)
        : base(x)
        => Shape = Layout.RowMajor(x.Shape).Permute([1, 0]).Shape;

    protected override Layout Arrange(Layout input) => input.Permute([1, 0]);

    protected override Tensor Vjp(Tensor grad) => grad;
}

/// <summary>A sum whose gradient is divided as a mean's is.</summary>
[GradientTest("3x2", Arguments = [new[] { 0 }, false])]
internal sealed class WrongReductionOp(Tensor x, int[] dims, bool keepDim) : Reduction<Sum>(x, Promotion.Number(x), dims, keepDim)
{
    protected override Tensor Vjp(Tensor grad) => KeepDims(grad).Expand(From) / (double)From[0];
}

/// <summary>The right gradient in the wrong shape: transposed.</summary>
[GradientTest("3x2")]
internal sealed class WrongShapeOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Negate(x, y);

    protected override Tensor Vjp(Tensor grad) => -grad.T;
}

/// <summary>A result that depends on how the input lies in memory.</summary>
[GradientTest("3x2")]
internal sealed class WrongForViewsOp : Operation
{
    private Operand x;

    public WrongForViewsOp(Tensor x)
        : base(x.DType)
    {
        this.x = new Operand(x);
        Shape = x.Shape;
    }

    public override int InputCount => 1;

    public override ref Operand Input(int index) => ref x;

    public override void Vjp(Tensor grad, Span<Tensor?> gradients) => gradients[0] = grad;

    protected override Tensor Compute() => new(ValueOf(0), Layout.RowMajor(ValueOf(0).Shape));
}

/// <summary>An operation that declares no gradient test.</summary>
internal sealed class UndeclaredOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Negate(x, y);

    protected override Tensor Vjp(Tensor grad) => -grad;
}

/// <summary>An operation whose declaration lists no case.</summary>
[GradientTest]
internal sealed class EmptyDeclarationOp(Tensor x) : UnaryElementwise(x)
{
    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y) => TensorPrimitives.Negate(x, y);

    protected override Tensor Vjp(Tensor grad) => -grad;
}

/// <summary>A right one: the checks do not reject whatever comes from here.</summary>
[GradientTest("3x2", "()", "0x3")]
internal sealed class RightOp(Tensor x) : UnaryElementwise(x)
{
    public override Reads Reads => Reads.First | Reads.Output;

    protected override void Kernel<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        TensorPrimitives.Exp(x, y);
        TensorPrimitives.Multiply(x, y, y);
    }

    protected override Tensor Vjp(Tensor grad) => grad * (Y + X.Exp());
}
