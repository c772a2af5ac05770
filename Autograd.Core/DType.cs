namespace Autograd;

/// <summary>The type of a tensor's elements. The order is the order of promotion: bool &lt; int &lt; float, the wider wins.</summary>
public enum DType : byte
{
    /// <summary>True or false; one byte an element.</summary>
    Bool,

    /// <summary>64-bit signed integer (<see cref="long"/>).</summary>
    Int64,

    /// <summary>32-bit IEEE 754 floating point (<see cref="float"/>).</summary>
    Float32,

    /// <summary>64-bit IEEE 754 floating point (<see cref="double"/>).</summary>
    Float64,
}

/// <summary>Facts and defaults that belong to <see cref="DType"/>.</summary>
public static class DTypes
{
    private static readonly AsyncLocal<DType?> ScopedDefault = new();

    extension(DType)
    {
        /// <summary>The element type of factories that are given no typed data: <see cref="DType.Float32"/> unless a scope sets another.</summary>
        public static DType Default => ScopedDefault.Value ?? DType.Float32;

        /// <summary>Sets <see cref="get_Default"/> for the current flow of control until the returned scope is disposed.</summary>
        /// <param name="dtype">A floating-point element type.</param>
        /// <returns>A scope; disposing it restores the previous default.</returns>
        /// <exception cref="DTypeException"><paramref name="dtype"/> is not a floating-point type.</exception>
        /// <example><code>using (DType.UseDefault(DType.Float64)) { var x = Tensor.Randn([3]); }</code></example>
        public static IDisposable UseDefault(DType dtype)
        {
            if (!dtype.IsFloatingPoint)
            {
                throw new DTypeException($"DType.UseDefault: the default must be Float32 or Float64, not {dtype}.");
            }

            var scope = new DefaultScope(ScopedDefault.Value);
            ScopedDefault.Value = dtype;
            return scope;
        }

        /// <summary>The element type that holds values of the .NET type <typeparamref name="T"/>.</summary>
        /// <typeparam name="T"><see cref="bool"/>, <see cref="long"/>, <see cref="float"/> or <see cref="double"/>.</typeparam>
        /// <exception cref="DTypeException"><typeparamref name="T"/> is none of these.</exception>
        public static DType Of<T>()
            where T : unmanaged
            => typeof(T) == typeof(float) ? DType.Float32
                : typeof(T) == typeof(double) ? DType.Float64
                : typeof(T) == typeof(long) ? DType.Int64
                : typeof(T) == typeof(bool) ? DType.Bool
                : throw new DTypeException($"A tensor has no elements of type {typeof(T).Name}; use float, double, long or bool.");

        /// <summary>The type that an elementwise operation on both computes in: the wider of the two (bool &lt; int &lt; float).</summary>
        internal static DType Promote(DType a, DType b) => a > b ? a : b;
    }

    extension(DType dtype)
    {
        /// <summary>Whether the type is <see cref="DType.Float32"/> or <see cref="DType.Float64"/>; only such tensors have gradients.</summary>
        public bool IsFloatingPoint => dtype >= DType.Float32;

        /// <summary>Bytes of one element: 1, 8, 4, 8 for Bool, Int64, Float32, Float64.</summary>
        public int ByteSize => dtype switch
        {
            DType.Bool => sizeof(bool),
            DType.Float32 => sizeof(float),
            _ => sizeof(long),
        };

        /// <summary>The type itself if it is a floating-point type, else the default one.</summary>
        internal DType ToFloatingPoint() => dtype.IsFloatingPoint ? dtype : DType.Default;
    }

    private sealed class DefaultScope(DType? previous) : IDisposable
    {
        public void Dispose() => ScopedDefault.Value = previous;
    }
}
