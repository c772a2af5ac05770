namespace Autograd;

/// <summary>y = the tensors one after the other along one dimension. Each one's gradient is its part of the result's.</summary>
[GradientTest("2x3, 1x3, 0x3", Arguments = [0])]
[GradientTest("2x1x2, 2x3x2", Arguments = [1])]
internal sealed class ConcatenateOp : Operation
{
    private readonly int dim;
    private readonly int[] sizes;
    private Operand[] tensors;

    public ConcatenateOp(Tensor[] tensors, int dim)
        : base(tensors[0].DType)
    {
        this.dim = dim;
        this.tensors = Array.ConvertAll(tensors, tensor => new Operand(tensor));
        sizes = Array.ConvertAll(tensors, tensor => tensor.Shape[dim]);
        var all = tensors[0].Shape.ToArray();
        var length = sizes.Sum(size => (long)size);
        all[dim] = length <= int.MaxValue
            ? (int)length
            : throw new ShapeException($"{Name}: dimension {dim} would have {length} elements, more than 2^31 - 1, the most that one tensor can hold.");
        Shape = Shape.Create(all);
    }

    public override int InputCount => tensors.Length;

    public override ref Operand Input(int index) => ref tensors[index];

    public override void Vjp(Tensor grad, Span<Tensor?> gradients)
    {
        var start = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            gradients[i] = Needs(i) ? grad.Narrow(dim, start, sizes[i]) : null;
            start += sizes[i];
        }
    }

    public override Tensor Batch(BatchInputs x)
    {
        var all = new Tensor[InputCount];
        for (var i = 0; i < all.Length; i++)
        {
            all[i] = x.Full(i);
        }

        return new ConcatenateOp(all, dim + 1).Apply();
    }

    protected override void Unshare() => tensors = new Operand[tensors.Length];

    protected override Tensor Compute()
    {
        var y = Allocate.Tensor(Shape, DType);
        var part = SliceSelection.All(Shape);
        for (var i = 0; i < tensors.Length; i++)
        {
            part.Counts[dim] = sizes[i];
            Strided.Write(ValueOf(i), y, part.Of(y.Layout));
            part.Starts[dim] += sizes[i];
        }

        return y;
    }
}

public partial class Tensor
{
    /// <summary>The tensors one after the other along an existing dimension.</summary>
    /// <param name="tensors">At least one; equal sizes except along <paramref name="dim"/>. Their types are promoted to the widest.</param>
    /// <param name="dim">The dimension; negative numbers count from the last.</param>
    /// <exception cref="ShapeException">There are none, one has rank 0, or other sizes differ.</exception>
    public static Tensor Concatenate(ReadOnlySpan<Tensor> tensors, int dim = 0)
    {
        if (tensors.IsEmpty)
        {
            throw new ShapeException("Concatenate: there is no tensor; give at least one.");
        }

        var (first, dtype) = (tensors[0], tensors[0].DType);
        if (first.Rank == 0)
        {
            throw new ShapeException("Concatenate: a tensor of rank 0 has no dimension to join along. Use Stack to make a vector of numbers.");
        }

        var d = Dims.Normalize(dim, first.Rank, nameof(Concatenate));
        foreach (var tensor in tensors)
        {
            dtype = DTypes.Promote(dtype, tensor.DType);
            var fits = tensor.Rank == first.Rank;
            for (var i = 0; fits && i < first.Rank; i++)
            {
                fits = i == d || tensor.Shape[i] == first.Shape[i];
            }

            if (!fits)
            {
                throw new ShapeException($"Concatenate: shapes {first.Shape} and {tensor.Shape} differ elsewhere than along dimension {dim}. Use Stack for a new dimension, or Reshape one of them.");
            }
        }

        var converted = new Tensor[tensors.Length];
        for (var i = 0; i < converted.Length; i++)
        {
            converted[i] = tensors[i].To(dtype);
        }

        return new ConcatenateOp(converted, d).Apply();
    }

    /// <summary>The tensors side by side along a new dimension.</summary>
    /// <param name="tensors">At least one, all of one shape.</param>
    /// <param name="dim">The place of the new dimension in the result.</param>
    /// <exception cref="ShapeException">There are none, or their shapes differ.</exception>
    public static Tensor Stack(ReadOnlySpan<Tensor> tensors, int dim = 0)
    {
        if (tensors.IsEmpty)
        {
            throw new ShapeException("Stack: there is no tensor; give at least one.");
        }

        var d = Dims.Normalize(dim, tensors[0].Rank + 1, nameof(Stack));
        var layers = new Tensor[tensors.Length];
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i] = tensors[i].Shape == tensors[0].Shape
                ? tensors[i].Unsqueeze(d)
                : throw new ShapeException($"Stack: shapes {tensors[0].Shape} and {tensors[i].Shape} differ; all must be equal. Use Concatenate along an existing dimension.");
        }

        return Concatenate(layers, d);
    }
}
