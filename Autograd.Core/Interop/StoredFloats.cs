namespace Autograd;

/// <summary>How <see cref="Safetensors"/> writes floating-point numbers.</summary>
public enum StoredFloats
{
    /// <summary>As they are: nothing is lost.</summary>
    AsTheyAre,

    /// <summary>F16, half precision (IEEE 754 binary16): 11 bits of precision, up to 65504; larger numbers become infinite.</summary>
    Half,

    /// <summary>BF16: the upper half of a Float32: 8 bits of precision, up to 3.4e38.</summary>
    BFloat16,
}
