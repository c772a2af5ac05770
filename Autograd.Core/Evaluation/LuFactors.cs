namespace Autograd.Evaluation;

/// <summary>The LU factors of each matrix of a stack. They serve systems with A and with Aᵀ, and so the forward and the backward pass.</summary>
internal sealed class LuFactors
{
    private readonly Tensor packed;
    private readonly int[] orders;
    private readonly int[] signs;

    public LuFactors(Tensor a)
    {
        packed = Strided.Copy(a.Captured);
        Batch = Matrices.BatchOf(a.Shape);
        signs = new int[Batch.ElementCount];
        orders = new int[signs.Length * Size];
        if (a.DType == DType.Float32)
        {
            Factor<float>();
        }
        else
        {
            Factor<double>();
        }
    }

    /// <summary>The dimensions in front of the matrices.</summary>
    public Shape Batch { get; }

    /// <summary>L and U of each matrix in one.</summary>
    public Tensor Packed => packed;

    /// <summary>Whether no matrix has a pivot of 0.</summary>
    public bool AreRegular => Array.IndexOf(signs, 0) < 0;

    private int Size => packed.Shape[-1];

    /// <summary>Throws if a matrix is singular.</summary>
    public void RequireRegular(string operation)
    {
        if (Array.IndexOf(signs, 0) is >= 0 and var index)
        {
            throw new LinearAlgebraException($"{operation}: {Matrices.Describe(packed.Shape, index)} is singular: it has no inverse. Linalg.Pinv and Linalg.Lstsq take singular matrices.");
        }
    }

    /// <summary>Replaces the right sides B at place <paramref name="index"/> of a batch that the factors broadcast to by A⁻¹B or A⁻ᵀB.</summary>
    public void Solve<T>(Shape batch, int index, Span<T> b, Span<T> work, bool transposed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var own = Matrices.Broadcast(Batch, batch, index);
        Kernels.Lu.Solve(Matrices.At<T>(packed, own), orders.AsSpan(own * Size, Size), b, work, transposed);
    }

    /// <summary>The determinants.</summary>
    public Tensor Determinant()
    {
        var y = Allocate.Tensor(Batch, packed.DType);
        if (packed.DType == DType.Float32)
        {
            Multiply(y.Elements<float>());
        }
        else
        {
            Multiply(y.Elements<double>());
        }

        return y;
    }

    /// <summary>Signs and logarithms of the magnitudes of the determinants.</summary>
    public (Tensor Sign, Tensor Logarithm) LogDeterminant()
    {
        var (sign, logarithm) = (Allocate.Tensor(Batch, packed.DType), Allocate.Tensor(Batch, packed.DType));
        if (packed.DType == DType.Float32)
        {
            Add(sign.Elements<float>(), logarithm.Elements<float>());
        }
        else
        {
            Add(sign.Elements<double>(), logarithm.Elements<double>());
        }

        return (sign, logarithm);
    }

    private void Factor<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < signs.Length; i++)
        {
            signs[i] = Kernels.Lu.Factor(Matrices.At<T>(packed, i), orders.AsSpan(i * Size, Size));
        }
    }

    private void Multiply<T>(Span<T> y)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < y.Length; i++)
        {
            var lu = Matrices.At<T>(packed, i);
            y[i] = T.CreateChecked(signs[i]);
            for (var k = 0; k < Size && signs[i] != 0; k++)
            {
                y[i] *= lu[(k * Size) + k];
            }
        }
    }

    private void Add<T>(Span<T> sign, Span<T> logarithm)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (var i = 0; i < sign.Length; i++)
        {
            var lu = Matrices.At<T>(packed, i);
            sign[i] = T.CreateChecked(signs[i]);
            logarithm[i] = signs[i] == 0 ? T.NegativeInfinity : T.Zero;
            for (var k = 0; k < Size && signs[i] != 0; k++)
            {
                var pivot = lu[(k * Size) + k];
                sign[i] *= T.IsNaN(pivot) ? pivot : T.CopySign(T.One, pivot);
                logarithm[i] += T.Log(T.Abs(pivot));
            }
        }
    }
}
