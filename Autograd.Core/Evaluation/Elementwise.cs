using System.Runtime.CompilerServices;

namespace Autograd.Evaluation;

/// <summary>An operation whose every result element depends on the elements at the same place of its inputs. It is given as a kernel from spans to a span,
/// which knows no shapes: small results are computed at once, large ones stay pending and are computed tile by tile together with what they depend on (<see cref="Region"/>).</summary>
internal abstract class Elementwise(DType dtype) : Operation(dtype)
{
    /// <summary>What an element costs, in units of one addition.</summary>
    public virtual int Cost => 1;

    /// <summary>Whether an operand of one element may come as a number (<see cref="Tile.OfNumber"/>), which saves filling and reading a run of copies.</summary>
    public virtual bool TakesNumbers => false;

    /// <summary>The function as one of vectors, if there is one that yields the kernel's bits: then loops are compiled in which it stands beside others.</summary>
    internal virtual LaneMethod? Lanes => null;

    /// <summary>The element type of the vectors that <see cref="Lanes"/> takes.</summary>
    internal virtual DType LaneType => DType;

    /// <summary>Runs the kernel over one run of elements; <paramref name="b"/> and <paramref name="c"/> are empty for operations of fewer inputs.</summary>
    internal abstract void Invoke(Tile a, Tile b, Tile c, Tile y);

    /// <inheritdoc/>
    protected sealed override Tensor Compute()
    {
        if (Shape.ElementCount < Fusion.Threshold)
        {
            return ComputeAtOnce();
        }

        var y = new Tensor(Pending.Join(this));
        if (!Fusion.IsEnabled)
        {
            y.Evaluate();
        }

        return y;
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
