using System.Text;
using System.Text.RegularExpressions;
using Autograd.Tests.Core;

namespace Autograd.Tests.Operations;

/// <summary>The page docs/operations.md, written from the source, the samples and the library itself.</summary>
internal static partial class OperationPage
{
    private const string Introduction = """
        # Operations

        Every operation of `Tensor` and `Linalg` and every loss, in alphabetical order. A test writes this table from the docstrings and from what the library does, and fails where it is not current
        (`AUTOGRAD_RENEW=1 dotnet test --filter The_page_of_operations_is_current` renews it).

        - **Gradient**: of a primitive, its rule; of a composite, that of the formula, to any order, unless something is said.
        - **Shapes**: *any* keeps the shape; *broadcast* is NumPy's rule.
        - **Elements** (bool, int, float32, float64 in): *kept*; *number*: bool becomes int; *float*: bool and int become the default type; *only float*: bool and int are an error that names the conversion; *only numbers*: bool is one. [Element types](dtypes.md) has the rules for two operands.
        - **Kind**: a *primitive* is an entry of the tape with a gradient rule of its own, or moves elements; a *composite* is a formula of other operations.
        - Operators: `+ - * / %` are Add, Sub, Mul, Div, Remainder; `< <= > >=` are Lt, Le, Gt, Ge; `& | ^ !` are LogicalAnd, LogicalOr, LogicalXor, LogicalNot.

        | Operation | What it computes | Gradient | Shapes | Elements | PyTorch | Kind | File |
        |---|---|---|---|---|---|---|---|
        """;

    private static readonly string[] Functional =
    [
        "Celu", "Elu", "Gelu", "Glu", "LeakyRelu", "Mish", "Prelu", "Relu6", "Selu", "Silu", "Softplus", "Softsign", "Unfold", "Fold", "Interpolate", "PixelShuffle", "PixelUnshuffle", "Embedding", "EmbeddingBag",
        "BatchNorm", "GroupNorm", "InstanceNorm", "LayerNorm", "LocalResponseNorm", "RmsNorm", "ScaledDotProductAttention", "Bilinear", "CosineSimilarity", "PairwiseDistance", "Pad", "Hardtanh", "Hardshrink", "Softshrink", "Tanhshrink", "Threshold", "Softmin",
    ];

    private static readonly string[] OfTensor = ["Expand", "ExpandAs", "MaskedFill", "Repeat", "To", "Unflatten"];

    private static readonly Dictionary<string, string> OwnNames = new(StringComparer.Ordinal)
    {
        ["AddCDiv"] = "torch.addcdiv",
        ["AddCMul"] = "torch.addcmul",
        ["Concatenate"] = "torch.cat",
        ["GeluTanh"] = "F.gelu(approximate='tanh')",
        ["HardSigmoid"] = "F.hardsigmoid",
        ["HardSwish"] = "F.hardswish",
        ["IsInfinity"] = "torch.isinf",
        ["IsNaN"] = "torch.isnan",
        ["IsFinite"] = "torch.isfinite",
        ["KthValue"] = "torch.kthvalue",
        ["Linear"] = "F.linear",
        ["LogAddExp"] = "torch.logaddexp",
        ["LogCumSumExp"] = "torch.logcumsumexp",
        ["LogSigmoid"] = "F.logsigmoid",
        ["LogSumExp"] = "torch.logsumexp",
        ["MatMul"] = "torch.matmul",
        ["MoveDim"] = "torch.movedim",
        ["Norm"] = "torch.linalg.vector_norm",
        ["Step"] = "(x > 0)",
        ["SumTo"] = "Tensor.sum_to_size",
        ["TensorDot"] = "torch.tensordot",
        ["TopK"] = "torch.topk",
        ["With"] = "x[…] = y",
        ["Linalg.LogDet"] = "torch.logdet",
        ["Linalg.SlogDet"] = "torch.linalg.slogdet",
        ["Loss.BinaryCrossEntropyWithLogits"] = "F.binary_cross_entropy_with_logits",
        ["Loss.BinaryCrossEntropy"] = "F.binary_cross_entropy",
        ["Loss.CrossEntropy"] = "F.cross_entropy",
        ["Loss.GaussianNegativeLogLikelihood"] = "F.gaussian_nll_loss",
        ["Loss.KullbackLeiblerDivergence"] = "F.kl_div",
        ["Loss.L2Penalty"] = "weight_decay",
        ["Loss.MeanAbsoluteError"] = "F.l1_loss",
        ["Loss.MeanSquaredError"] = "F.mse_loss",
        ["Loss.MultiLabelMargin"] = "F.multilabel_margin_loss",
        ["Loss.NegativeLogLikelihood"] = "F.nll_loss",
        ["Loss.PoissonNegativeLogLikelihood"] = "F.poisson_nll_loss",
        ["Loss.SmoothL1"] = "F.smooth_l1_loss",
    };

    /// <summary>The whole page.</summary>
    public static string Write()
    {
        var source = new OperationSource();
        var page = new StringBuilder(Introduction).Append('\n');
        foreach (var sample in OperationSamples.All.OrderBy(sample => sample.Name, StringComparer.Ordinal))
        {
            var (file, summary) = source.Method(sample.Name);
            var primitive = source.Primitive(sample.Name);
            var elements = Elements(sample);
            string[] cells =
            [
                $"`{sample.Name}`", Sentences(primitive ?? summary)[0], Gradient(primitive, summary, elements), sample.Shapes, elements, $"`{PyTorch(sample.Name)}`",
                primitive is null ? "composite" : "primitive", $"[{Path.GetFileName(file)}](../{file})",
            ];
            page.Append("| ").AppendJoin(" | ", cells.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
        }

        return page.ToString();
    }

    private static string Gradient(string? primitive, string summary, string elements)
    {
        string[] rest = primitive is null ? [.. Sentences(summary).Skip(1).Where(sentence => OfGradient().IsMatch(sentence))] : Sentences(primitive)[1..];
        return elements is "bool" or "int" ? "none" : rest.Length > 0 ? string.Join(". ", rest) : primitive is null ? "of the formula" : "none";
    }

    private static string PyTorch(string name)
    {
        if (OwnNames.TryGetValue(name, out var own))
        {
            return own;
        }

        if (name.StartsWith("Loss.", StringComparison.Ordinal))
        {
            return $"F.{SnakeCase(name[5..])}_loss";
        }

        if (name.StartsWith("Linalg.", StringComparison.Ordinal))
        {
            return $"torch.linalg.{SnakeCase(name[7..])}";
        }

        var joined = name.StartsWith("Cum", StringComparison.Ordinal) || name.StartsWith("Arg", StringComparison.Ordinal) ? name.ToLowerInvariant() : SnakeCase(name);
        return (Functional.Contains(name) ? "F." : OfTensor.Contains(name) ? "Tensor." : "torch.") + joined;
    }

    private static string SnakeCase(string name) => Boundary().Replace(name, "_$0").ToLowerInvariant();

    // The types of the results for bool, int, float32 and float64 in one word.
    private static string Elements(OperationSample sample)
    {
        var results = string.Join(' ', Enum.GetValues<DType>().Select(type => DTypeTables.Result(() => sample.Call(Tensor.Ones(sample.Shape, type)))));
        return results switch
        {
            "bool int float32 float64" => "kept",
            "int int float32 float64" => "number",
            "default default float32 float64" => "float",
            "error error float32 float64" => "only float",
            "error int float32 float64" => "only numbers",
            "bool bool bool bool" => "bool",
            "int int int int" => "int",
            "error default float32 float64" => "float, no bool",
            "float64 float64 float64 float64" => "as asked",
            _ => results,
        };
    }

    private static string[] Sentences(string text) => [.. SentenceEnd().Split(text).Select(sentence => sentence.TrimEnd('.', ' '))];

    [GeneratedRegex(@"(?<=\.\)?)(?<!\b[A-Z]\.)\s+(?=[A-ZΣ−([d0-9""])")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"[Gg]radient|[Dd]erivative|\bdy/d")]
    private static partial Regex OfGradient();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]")]
    private static partial Regex Boundary();
}
