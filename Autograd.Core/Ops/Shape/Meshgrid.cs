namespace Autograd;

/// <summary>Which dimension of a grid the first vector runs along.</summary>
public enum GridIndexing
{
    /// <summary>The first vector runs along the first dimension, as the rows of a matrix do.</summary>
    IJ,

    /// <summary>The first vector runs along the second dimension and the second along the first, as x and y of a picture do.</summary>
    XY,
}

public partial class Tensor
{
    /// <summary>The coordinates of all points of a grid: for each vector a tensor of the grid's shape in which it runs along its own dimension and is repeated along the others. Views.</summary>
    /// <param name="vectors">At least one; a number counts as a vector of one.</param>
    /// <param name="indexing">Which dimension the first vector runs along.</param>
    /// <exception cref="ShapeException">There are none, or one has more than one dimension.</exception>
    /// <example><code>var grid = Tensor.Meshgrid([Tensor.Linspace(-1, 1, 5), Tensor.Linspace(0, 1, 3)]);   // two of shape [5, 3]</code></example>
    public static Tensor[] Meshgrid(ReadOnlySpan<Tensor> vectors, GridIndexing indexing = GridIndexing.IJ)
    {
        if (vectors.IsEmpty)
        {
            throw new ShapeException("Meshgrid: there is no vector; give at least one.");
        }

        var sizes = new int[vectors.Length];
        for (var i = 0; i < sizes.Length; i++)
        {
            sizes[i] = vectors[i].Rank <= 1 ? vectors[i].ElementCount
                : throw new ShapeException($"Meshgrid: shape {vectors[i].Shape} is neither a vector nor a number. Flatten it first.");
        }

        var grids = new Tensor[sizes.Length];
        for (var i = 0; i < grids.Length; i++)
        {
            var alone = new int[sizes.Length];
            Array.Fill(alone, 1);
            alone[i] = sizes[i];
            var grid = vectors[i].Reshape(alone).Expand(sizes);
            grids[i] = indexing == GridIndexing.XY && sizes.Length > 1 ? grid.Transpose(0, 1) : grid;
        }

        return grids;
    }
}
