namespace Autograd;

/// <summary>What a border is made of.</summary>
public enum PaddingMode
{
    /// <summary>Zeros: 0 0 | a b c | 0 0.</summary>
    Constant,

    /// <summary>The tensor mirrored at its outermost elements, which are not repeated: c b | a b c | b a.</summary>
    Reflect,

    /// <summary>The outermost elements: a a | a b c | c c.</summary>
    Replicate,

    /// <summary>The tensor again from its other end: b c | a b c | a b.</summary>
    Circular,
}
