using System.Text.Json.Nodes;
using Autograd.Benchmarks.Comparison.Workloads;

namespace Autograd.Benchmarks.Comparison;

/// <summary>One line of the table: what to compute, as data.</summary>
internal sealed class WorkloadDescription
{
    private const double SingleTolerance = 1e-5;
    private const double DoubleTolerance = 1e-9;

    private static readonly Dictionary<string, Func<WorkloadParameters, Workload>> Kinds = new(StringComparer.Ordinal)
    {
        ["chain"] = parameters => new ChainWorkload(parameters),
        ["function"] = parameters => new FunctionWorkload(parameters),
        ["gelu"] = parameters => new GeluWorkload(parameters),
        ["layerNorm"] = parameters => new LayerNormWorkload(parameters),
        ["softmax"] = parameters => new SoftmaxWorkload(parameters),
        ["logSoftmaxNll"] = parameters => new LogSoftmaxNllWorkload(parameters),
        ["reduction"] = parameters => new ReductionWorkload(parameters),
        ["squaredError"] = parameters => new SquaredErrorWorkload(parameters),
        ["broadcast"] = parameters => new BroadcastWorkload(parameters),
        ["matmul"] = parameters => new MatMulWorkload(parameters),
        ["convolution"] = parameters => new ConvolutionWorkload(parameters),
        ["pooling"] = parameters => new PoolingWorkload(parameters),
        ["attention"] = parameters => new AttentionWorkload(parameters),
        ["embedding"] = parameters => new EmbeddingWorkload(parameters),
        ["optimizer"] = parameters => new OptimizerWorkload(parameters),
        ["perceptron"] = parameters => new PerceptronWorkload(parameters),
        ["network"] = parameters => new NetworkWorkload(parameters),
        ["gradientCheck"] = parameters => new GradientCheckWorkload(parameters),
    };

    private readonly string kind;

    /// <summary>Reads and validates a description.</summary>
    /// <exception cref="WorkloadException">It is incomplete, or says something that its kind does not understand.</exception>
    public WorkloadDescription(JsonObject json)
    {
        Json = json;
        var parameters = new WorkloadParameters(json);
        (Name, Family, kind) = (parameters.Text("name"), parameters.Text("family"), parameters.Text("kind"));
        parameters.Require(Kinds.ContainsKey(kind), $"there is no kind '{kind}'; there are {string.Join(", ", Kinds.Keys)}");
        var workload = Make(parameters);
        parameters.RejectUnknown(kind);
        (Cost, DType) = (workload.Cost, workload.DType);
        CheckedJson = (JsonObject)json.DeepClone();
        if (parameters.Has("checkedAs"))
        {
            CheckedJson["dtype"] = parameters.Text("checkedAs");
        }

        Tolerance = parameters.Number("tolerance", Create(isCheck: true).DType == DType.Float32 ? SingleTolerance : DoubleTolerance);
    }

    /// <summary>The names of all kinds.</summary>
    public static IEnumerable<string> KnownKinds => Kinds.Keys;

    public string Name { get; }

    public string Family { get; }

    /// <summary>The relative difference of results that is put down to rounding.</summary>
    public double Tolerance { get; }

    public Cost Cost { get; }

    /// <summary>The element type that most of the arithmetic is done in.</summary>
    public DType DType { get; }

    /// <summary>The description as the peer gets it.</summary>
    public JsonObject Json { get; }

    /// <summary>The description as the peer gets it for comparing results: of the element type that they are compared in.</summary>
    public JsonObject CheckedJson { get; }

    /// <summary>The workload as it is timed, or with nothing random in it.</summary>
    public Workload Create(bool isCheck) => Make(new WorkloadParameters(Json, isCheck));

    public override string ToString() => $"{Family}: {Name}";

    private Workload Make(WorkloadParameters parameters) => Kinds[kind](parameters);
}
