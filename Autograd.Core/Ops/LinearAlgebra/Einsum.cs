namespace Autograd;

public partial class Tensor
{
    /// <summary>The Einstein sum: products of the operands' elements, summed over every label that the result does not have. "ij,jk->ik" is the matrix product, "ii" the trace, "bij->bji" a transposition, "i,j" the outer product.</summary>
    /// <param name="equation">A term of letters for each operand, one letter a dimension, separated by commas; then, after "->", the letters of the result. Equal letters run together; one that is repeated within a term
    /// takes the diagonal. "..." stands for any further dimensions, which broadcast. Without "->" the result has the letters that occur once, in alphabetical order.</param>
    /// <param name="operands">At least one; of one element type. A size of 1 broadcasts.</param>
    /// <exception cref="ArgumentException">The equation is not of this form.</exception>
    /// <exception cref="ShapeException">The shapes do not fit it.</exception>
    /// <exception cref="DTypeException">The element types differ, or are Bool.</exception>
    /// <remarks>Operands are multiplied pair by pair as matrices, each time the pair that costs the fewest multiplications.</remarks>
    /// <example><code>var products = Tensor.Einsum("ij,kj->ik", x, x);</code></example>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
    {
        ArgumentNullException.ThrowIfNull(equation);
        foreach (var operand in operands)
        {
            ArgumentNullException.ThrowIfNull(operand, nameof(operands));
            if (operand.DType != operands[0].DType || operand.DType == DType.Bool)
            {
                throw new DTypeException($"Einsum: operands are {operands[0].DType} and {operand.DType}; they must have one type with arithmetic. Convert with To.");
            }
        }

        var terms = EinsumEquation.Parse(equation, operands);
        var factors = new List<LabelledTensor>();
        for (var i = 0; i < operands.Length; i++)
        {
            factors.Add(new LabelledTensor(operands[i], terms.Inputs[i]).Diagonals().WithoutBroadcast(terms));
        }

        while (factors.Count > 1)
        {
            var (a, b) = CheapestPair(factors, terms);
            var (left, right) = (factors[a], factors[b]);
            factors.RemoveAt(b);
            factors.RemoveAt(a);
            HashSet<int> kept = [.. terms.Output, .. factors.SelectMany(factor => factor.Labels)];
            factors.Add(left.Times(right, kept));
        }

        return factors[0].SumBut(terms.Output).Arrange(terms.Output);
    }

    private static (int A, int B) CheapestPair(List<LabelledTensor> factors, EinsumEquation terms)
    {
        var (best, least) = ((0, 1), double.PositiveInfinity);
        for (var a = 0; a < factors.Count && factors.Count > 2; a++)
        {
            for (var b = a + 1; b < factors.Count; b++)
            {
                var cost = terms.Count(factors[a].Labels.Union(factors[b].Labels));
                (best, least) = cost < least ? ((a, b), cost) : (best, least);
            }
        }

        return best;
    }
}
