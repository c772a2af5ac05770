using System.Text;

namespace Autograd.Tests.Core;

/// <summary>The tables of docs/dtypes.md, written by asking the library: an operation's row holds the element types of its results.</summary>
internal static class DTypeTables
{
    private static readonly DType[] Types = Enum.GetValues<DType>();

    private static readonly (string Name, Scalar Value)[] Numbers = [("true", true), ("2", 2), ("2.5", 2.5)];

    private static readonly Dictionary<string, string> Symbols = new(StringComparer.Ordinal)
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_BitwiseAnd"] = "&",
        ["op_BitwiseOr"] = "|",
        ["op_ExclusiveOr"] = "^",
        ["op_LessThan"] = "<",
        ["op_GreaterThan"] = ">",
        ["op_LessThanOrEqual"] = "<=",
        ["op_GreaterThanOrEqual"] = ">=",
    };

    /// <summary>Results of two tensors; the order of the operands never matters.</summary>
    public static string OfTwoTensors()
    {
        (DType A, DType B)[] pairs = [.. Types.SelectMany(b => Types.Where(a => a <= b).Select(a => (a, b)))];
        var operations = ElementwiseMethods.Binary.Select(method => (NameOf(method.Name), (Func<Tensor, Tensor, Tensor>)((a, b) => method.Of(a, b))))
            .Append(("Where", (a, b) => Tensor.Where(Tensor.Ones([2, 2], DType.Bool), a, b)))
            .Append(("Concatenate", (a, b) => Tensor.Concatenate([a, b])))
            .Append(("Stack", (a, b) => Tensor.Stack([a, b])))
            .Append(("MatMul", (a, b) => a.MatMul(b)));
        return Table(
            [.. pairs.Select(pair => $"{Short(pair.A)}, {Short(pair.B)}")],
            operations.Select(operation => (operation.Item1, pairs.Select(pair => Symmetric(operation.Item2, Ones(pair.A), Ones(pair.B))).ToArray())));
    }

    /// <summary>Results of a tensor and a C# number.</summary>
    public static string OfTensorAndNumber()
    {
        (DType Type, string Name, Scalar Value)[] pairs = [.. Types.SelectMany(type => Numbers.Select(number => (type, number.Name, number.Value)))];
        var operations = ElementwiseMethods.WithNumber.Select(method => (NameOf(method.Name), (Func<Tensor, Scalar, Tensor>)((a, b) => method.Of(a, b))))
            .Append(("Where", (a, b) => Tensor.Where(Tensor.Ones([2, 2], DType.Bool), a, b)))
            .Append(("Clamp", (a, b) => a.Clamp(b, b)))
            .Append(("MaskedFill", (a, b) => a.MaskedFill(Tensor.Ones([2, 2], DType.Bool), b)))
            .Append(("Pad", (a, b) => a.Pad([1, 1], b)))
            .Append(("With", (a, b) => a.With([0], b)));
        return Table(
            [.. pairs.Select(pair => $"{Short(pair.Type)}, {pair.Name}")],
            operations.Select(operation => (operation.Item1, pairs.Select(pair => Result(() => operation.Item2(Ones(pair.Type), pair.Value))).ToArray())));
    }

    /// <summary>Results of one tensor.</summary>
    public static string OfOneTensor()
    {
        (string, Func<Tensor, Tensor>)[] reductions =
        [
            ("Sum", x => x.Sum()), ("Prod", x => x.Prod()), ("Mean", x => x.Mean()), ("Var", x => x.Var()), ("Std", x => x.Std()), ("Amax", x => x.Amax()), ("Amin", x => x.Amin()),
            ("ArgMax", x => x.ArgMax()), ("ArgMin", x => x.ArgMin()), ("All", x => x.All()), ("Any", x => x.Any()), ("LogSumExp", x => x.LogSumExp(0)), ("Softmax", x => x.Softmax(0)),
            ("Norm", x => x.Norm()), ("Max", x => x.Max(0).Values), ("Median", x => x.Median()), ("Sort", x => x.Sort().Values), ("ArgSort", x => x.ArgSort()), ("TopK", x => x.TopK(1).Values),
            ("CumSum", x => x.CumSum(0)), ("CumProd", x => x.CumProd(0)), ("CumMax", x => x.CumMax(0).Values), ("LogCumSumExp", x => x.LogCumSumExp(0)), ("Round(n)", x => x.Round(1)),
        ];
        var operations = ElementwiseMethods.Unary.Select(method => (NameOf(method.Name), (Func<Tensor, Tensor>)(x => method.Of(x)))).Concat(reductions);
        return Table([.. Types.Select(Short)], operations.Select(operation => (operation.Item1, Types.Select(type => Result(() => operation.Item2(Ones(type)))).ToArray())));
    }

    private static Tensor Ones(DType type) => Tensor.Ones([2, 2], type);

    private static string Symmetric(Func<Tensor, Tensor, Tensor> operation, Tensor a, Tensor b)
    {
        var (forth, back) = (Result(() => operation(a, b)), Result(() => operation(b, a)));
        return forth == back ? forth : $"{forth} or {back}";
    }

    // A type that follows the default is called so.
    public static string Result(Func<Tensor> operation)
    {
        try
        {
            var usual = operation().DType;
            using var scope = DType.UseDefault(DType.Float64);
            return operation().DType == usual ? Short(usual) : "default";
        }
        catch (DTypeException)
        {
            return "error";
        }
    }

    private static string Table(string[] columns, IEnumerable<(string Operation, string[] Results)> rows)
    {
        var text = new StringBuilder($"| operation | {string.Join(" | ", columns)} |\n|---|{string.Concat(columns.Select(_ => "---|"))}\n");
        foreach (var group in rows.GroupBy(row => string.Join(" | ", row.Results), StringComparer.Ordinal))
        {
            var names = group.Select(row => row.Operation).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
            text.Append("| ").AppendJoin(", ", names).Append(" | ").Append(group.Key).Append(" |\n");
        }

        return text.ToString();
    }

    private static string NameOf(string method) => Symbols.TryGetValue(method, out var symbol) ? $"`{symbol.Replace("|", "\\|", StringComparison.Ordinal)}`" : method;

    private static string Short(DType type) => type switch
    {
        DType.Bool => "bool",
        DType.Int64 => "int",
        DType.Float32 => "float32",
        _ => "float64",
    };
}
