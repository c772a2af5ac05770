using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <summary>An operation whose every result element depends on the elements at the same place of its inputs. Small results are computed at once,
/// large ones stay pending and are computed tile by tile together with what they depend on.</summary>
internal abstract class Elementwise(DType dtype) : TileOperation(dtype)
{
    /// <inheritdoc/>
    public sealed override Tensor Batch(BatchInputs x)
    {
        var inputs = new Tensor[InputCount];
        for (var i = 0; i < inputs.Length; i++)
        {
            inputs[i] = x.Aligned(i, Shape.Rank);
        }

        return On(inputs, x.Of(Shape)).Apply();
    }

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        if (Shape.ElementCount < Fusion.Threshold && !ReadsValuesOfRows())
        {
            return ComputeAtOnce();
        }

        return Pending.Postpone(this);
    }

    /// <summary>Whether an input is still to be computed from rows: then so is what depends on it, however few rows there are. Anything else is computed now,
    /// before the operation takes memory for its own inputs.</summary>
    private bool ReadsValuesOfRows()
    {
        for (var i = 0; i < InputCount; i++)
        {
            if (Input(i).Value!.Pending is { } pending)
            {
                if (pending.IsPerRow)
                {
                    return true;
                }

                Input(i).Value!.Evaluate();
            }
        }

        return false;
    }

    private Tensor ComputeAtOnce()
    {
        var y = Allocate.Tensor(Shape, DType);
        if (Shape.ElementCount == 0)
        {
            return y;
        }

        Invoke(
            Read(0),
            InputCount > 1 ? Read(1) : default,
            InputCount > 2 ? Read(2) : default,
            new Tile(ref y.ElementAt(0), Shape.ElementCount));
        return y;
    }

    /// <summary>All of an input, broadcast to the result's shape: in place where the elements lie as the result's do, else gathered into scratch memory.</summary>
    private Tile Read(int index)
    {
        var input = ValueOf(index);
        var count = Shape.ElementCount;
        if (input.IsRowMajor && (ReferenceEquals(input.Shape, Shape) || input.ElementCount == count))
        {
            return new Tile(ref input.ElementAt(0), count);
        }

        if (TakesNumbers && input.ElementCount == 1 && count > 1)
        {
            return Tile.OfNumber(ref input.ElementAt(0));
        }

        var leaf = new RegionLeaf(input, Shape);
        ref var register = ref Unsafe.AddByteOffset(ref Scratch.Memory(3 * Fusion.StandardThreshold * sizeof(double)), (nint)index * Fusion.StandardThreshold * sizeof(double));
        leaf.Read(0, count, ref register);
        return new Tile(ref register, count);
    }
}
