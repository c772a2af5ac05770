namespace Autograd.Evaluation;

/// <summary>Stacks of matrices: the last two dimensions are a matrix, those in front count matrices.</summary>
internal static class Matrices
{
    /// <summary>The dimensions in front.</summary>
    public static Shape BatchOf(Shape shape) => Shape.Create(shape.AsSpan()[..^2]);

    /// <summary>How many matrices there are.</summary>
    public static int CountOf(Shape shape) => BatchOf(shape).ElementCount;

    /// <summary>Matrix number <paramref name="index"/> of a row-major tensor.</summary>
    public static Span<T> At<T>(Tensor stack, int index)
        where T : unmanaged
    {
        var size = stack.Shape[-2] * stack.Shape[-1];
        return stack.Elements<T>().Slice(index * size, size);
    }

    /// <summary>The matrix that stands at place <paramref name="index"/> of <paramref name="batch"/> once a stack is broadcast to it.</summary>
    public static int Broadcast(Shape own, Shape batch, int index)
    {
        var (result, step) = (0, 1);
        for (var d = 1; d <= batch.Rank; d++)
        {
            (index, var place) = Math.DivRem(index, batch[-d]);
            if (d <= own.Rank)
            {
                result += own[-d] == 1 ? 0 : place * step;
                step *= own[-d];
            }
        }

        return result;
    }

    /// <summary>A matrix by its place in the stack: "the matrix", or "matrix [1, 0]".</summary>
    public static string Describe(Shape shape, int index)
    {
        var batch = BatchOf(shape);
        if (batch.Rank == 0)
        {
            return "the matrix";
        }

        var places = new int[batch.Rank];
        for (var d = places.Length - 1; d >= 0; d--)
        {
            (index, places[d]) = Math.DivRem(index, batch[d]);
        }

        return $"matrix {Shape.Describe(places)}";
    }
}
