namespace Autograd.Tests.Golden;

/// <summary>What a row of the table returns: one tensor or several.</summary>
/// <param name="Tensors">The outputs; behind them, the new values of the arguments that PyTorch would have changed in place.</param>
internal readonly record struct Results(Tensor[] Tensors)
{
    public static implicit operator Results(Tensor tensor) => new([tensor]);

    public static implicit operator Results(Tensor[] tensors) => new(tensors);

    public static implicit operator Results((Tensor First, Tensor Second) pair) => new([pair.First, pair.Second]);

    /// <summary>The convention that makes results of a factorization unique; signs count as constants for the gradient.</summary>
    public Results Adjust(string? convention)
    {
        switch (convention)
        {
            case null:
                return this;
            case "first_output":
                return Tensors[0];
            case "abs_second_output":
                return (Tensors[0], Tensors[1].Abs());
            case "qr_sign_fix":
                var diagonal = Tensors[^1].Detach().Diagonal(0, -2, -1);
                var signs = Tensor.Where(diagonal < 0, -1, Tensor.OnesLike(diagonal));
                var upper = Tensors[^1] * signs.Unsqueeze(-1);

                // In the mode "r" there is no Q, and a vector of no elements stands for it.
                return Tensors[0].Rank == 1 ? (Tensors[0], upper) : (Tensors[0] * signs.Unsqueeze(-2), upper);
            default:
                throw new InvalidDataException($"A convention of reference data that is not known: {convention}.");
        }
    }
}
