namespace Autograd.Tests.Golden;

/// <summary>Operations that are supported and must stay so. Add to it, never remove.</summary>
internal static class SupportedFloor
{
    /// <summary>Operations of the reference data that the library does not have yet. Remove what comes; any other operation without a row is a failure.</summary>
    public static readonly string[] Pending = [];

    public static readonly string[] Names =
    [
        "neg", "exp", "exp2", "expm1", "log", "log2", "log10", "log1p", "sqrt", "rsqrt", "square", "abs", "sign", "sin", "cos", "tan", "asin", "acos",
        "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "sinc", "erf", "erfc", "sigmoid", "reciprocal", "round", "floor", "ceil", "trunc",
        "frac",
        "add", "sub", "mul", "div/no_rounding_mode", "div/floor_rounding", "div/trunc_rounding", "pow/tensor_tensor", "pow/tensor_scalar",
        "pow/scalar_tensor", "atan2", "clamp", "maximum", "minimum", "max/binary", "min/binary", "where", "lerp", "addcmul", "addcdiv",
        "fmod", "remainder", "xlogy", "hypot", "logaddexp", "round/decimals",
        "logsigmoid", "softplus", "softsign", "relu", "leaky_relu", "elu", "selu", "celu", "gelu", "silu", "mish", "hardtanh", "hardsigmoid",
        "hardswish", "prelu", "relu6", "threshold", "softmax", "log_softmax",
        "sum", "mean", "prod", "var", "std", "amax", "amin", "max/dim", "min/dim", "max/all", "min/all", "argmax", "argmin", "logsumexp", "all",
        "any", "norm", "cumsum", "cumprod", "cummax", "logcumsumexp", "median", "sort", "topk", "kthvalue", "linalg.vector_norm",
        "matmul", "mm", "bmm", "mv", "dot", "addmm", "baddbmm", "outer", "linear", "einsum", "kron", "bilinear",
        "reshape", "view", "flatten", "squeeze", "unsqueeze", "transpose", "permute", "expand", "repeat", "tile", "flip", "roll", "cat", "stack",
        "split", "chunk", "unbind", "tril", "triu", "diagonal", "diag", "pad/constant", "pad/reflect", "pad/replicate", "pad/circular", "meshgrid",
        "narrow", "slice", "getitem", "index_select", "gather", "scatter", "scatter_add", "masked_fill", "masked_select", "take_along_dim",
        "trace", "linalg.inv", "linalg.det", "linalg.slogdet", "linalg.solve", "linalg.cholesky", "linalg.qr", "linalg.svdvals", "linalg.eigvalsh",
        "linalg.eigh", "linalg.lstsq", "linalg.matrix_norm",
        "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d",
        "max_pool1d", "max_pool2d", "avg_pool1d", "avg_pool2d", "adaptive_avg_pool2d", "adaptive_max_pool2d",
        "trace", "unfold", "fold", "pixel_shuffle", "interpolate/nearest", "interpolate/nearest-exact", "interpolate/bilinear",
        "mse_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits", "cross_entropy/class_indices", "cross_entropy/probabilities", "nll_loss",
        "batch_norm/train", "batch_norm/eval", "instance_norm", "layer_norm", "group_norm", "rms_norm", "local_response_norm",
        "l1_loss", "smooth_l1_loss", "huber_loss", "kl_div", "hinge_embedding_loss", "margin_ranking_loss", "multi_margin_loss", "cosine_embedding_loss", "triplet_margin_loss",
        "gaussian_nll_loss", "poisson_nll_loss", "cosine_similarity", "pairwise_distance",
        "embedding", "embedding_bag", "scaled_dot_product_attention",
    ];
}
