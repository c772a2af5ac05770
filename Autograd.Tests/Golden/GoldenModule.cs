using System.Text.Json;
using Autograd.NN;

namespace Autograd.Tests.Golden;

/// <summary>A module of the reference data, written with the library.</summary>
/// <param name="Module">The module.</param>
/// <param name="Forward">Outputs from inputs, in the data's order; the case has further arguments in <c>kwargs</c>.</param>
internal sealed record GoldenModule(Module Module, Func<Tensor[], JsonElement, Tensor[]> Forward)
{
    public static GoldenModule Create(string name, JsonElement config)
    {
        int Int(string key, int otherwise = 0) => config.TryGetProperty(key, out var value) ? value.GetInt32() : otherwise;
        bool Flag(string key, bool otherwise = false) => config.TryGetProperty(key, out var value) ? value.GetBoolean() : otherwise;
        double Number(string key, double otherwise) => config.TryGetProperty(key, out var value) ? value.GetDouble() : otherwise;
        string Text(string key, string otherwise) => config.TryGetProperty(key, out var value) ? value.GetString()! : otherwise;
        switch (name)
        {
            case "RNN":
                var rnn = new Rnn(
                    Int("input_size"), Int("hidden_size"), Int("num_layers", 1), Text("nonlinearity", "tanh") == "relu" ? Nonlinearity.Relu : Nonlinearity.Tanh,
                    Flag("bias", true), Flag("batch_first"), 0, Flag("bidirectional"));
                return new(rnn, (x, _) => Both(rnn.Forward(x[0], x.Length > 1 ? x[1] : null)));
            case "GRU":
                var gru = new Gru(Int("input_size"), Int("hidden_size"), Int("num_layers", 1), Flag("bias", true), Flag("batch_first"), 0, Flag("bidirectional"));
                return new(gru, (x, _) => Both(gru.Forward(x[0], x.Length > 1 ? x[1] : null)));
            case "LSTM":
                var lstm = new Lstm(Int("input_size"), Int("hidden_size"), Int("num_layers", 1), Flag("bias", true), Flag("batch_first"), 0, Flag("bidirectional"), Int("proj_size"));
                return new(lstm, (x, _) => lstm.Forward(x[0], x.Length > 1 ? (x[1], x[2]) : null) is var (y, state) ? [y, state.Hidden, state.Cell] : []);
            case "MultiheadAttention":
                var attention = new MultiheadAttention(
                    Int("embed_dim"), Int("num_heads"), 0, Flag("bias", true), Flag("add_bias_kv"), Flag("add_zero_attn"), config.TryGetProperty("kdim", out var k) ? k.GetInt32() : null, config.TryGetProperty("vdim", out var v) ? v.GetInt32() : null,
                    Flag("batch_first"));
                return new(attention, (x, golden) => Attend(attention, x, golden.GetProperty("kwargs")));
            case "TransformerEncoderLayer":
                var layer = new TransformerEncoderLayer(
                    Int("d_model"), Int("nhead"), Int("dim_feedforward", 2048), Number("dropout", 0.1), Text("activation", "relu") == "gelu" ? new Gelu() : null, batchFirst: Flag("batch_first"),
                    normFirst: Flag("norm_first"));
                return new(layer, (x, golden) => [layer.Forward(x[0], Optional(golden.GetProperty("kwargs"), "src_mask"))]);
            case "BatchNorm1d" or "BatchNorm2d":
                double? momentum = config.TryGetProperty("momentum", out var m) ? m.ValueKind == JsonValueKind.Null ? null : m.GetDouble() : 0.1;
                Layer norm = name == "BatchNorm1d"
                    ? new BatchNorm1d(Int("num_features"), Number("eps", 1e-5), momentum, Flag("affine", true))
                    : new BatchNorm2d(Int("num_features"), Number("eps", 1e-5), momentum, Flag("affine", true));
                return new(norm, (x, _) => [norm.Forward(x[0])]);
            default:
                throw new InvalidDataException($"The reference data have the module {name}, which has no row here.");
        }
    }

    private static Tensor[] Both((Tensor Output, Tensor State) y) => [y.Output, y.State];

    private static Tensor[] Attend(MultiheadAttention attention, Tensor[] x, JsonElement options)
    {
        // One input is query, key and value.
        var input = new AttentionInput(x[0], x.Length > 1 ? x[1] : x[0], x.Length > 2 ? x[2] : x[0])
        {
            NeedWeights = true,
            AverageAttnWeights = !options.TryGetProperty("average_attn_weights", out var average) || average.GetBoolean(),
            KeyPaddingMask = Optional(options, "key_padding_mask"),
            AttnMask = Optional(options, "attn_mask"),
        };
        var (output, weights) = attention.Forward(input);
        return [output, weights!];
    }

    private static Tensor? Optional(JsonElement options, string name) => options.TryGetProperty(name, out var json) ? GoldenReader.ReadTensor(json).ToTensor().Detach() : null;
}
