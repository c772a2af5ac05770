namespace Autograd.Tests.Golden.Operations;

/// <summary>The family embedding_attention.</summary>
internal static class EmbeddingsAndAttention
{
    public static readonly OperationRows Rows = new()
    {
        ["embedding"] = Embedding,
        ["embedding_bag"] = EmbeddingBag,
        ["scaled_dot_product_attention"] = a => Tensor.ScaledDotProductAttention(
            a.Without(4, "dropout_p").Tensor(0), a.Tensor(1), a.Tensor(2), a.TensorOrNull(3, "attn_mask"), a.Flag(5, "is_causal"), a.Has(6, "scale") ? a.Number(6, "scale") : null, a.Flag(7, "enable_gqa")),
    };

    private static Results Embedding(Arguments a)
    {
        RefuseRenormalization(a);
        return Tensor.Embedding(a.Without(6, "sparse").Tensor(0), a.Tensor(1), a.IntOrNull(2, "padding_idx"));
    }

    private static Results EmbeddingBag(Arguments a)
    {
        RefuseRenormalization(a);
        return Tensor.EmbeddingBag(
            a.Without(7, "sparse").Tensor(0), a.Tensor(1), a.TensorOrNull(2, "offsets"), Enum.Parse<BagMode>(a.Text(6, "mode", "mean"), ignoreCase: true), a.TensorOrNull(8, "per_sample_weights"), a.Flag(9, "include_last_offset"), a.IntOrNull(10, "padding_idx"));
    }

    private static void RefuseRenormalization(Arguments a)
    {
        a.Without(4, "norm_type");
        if (a.Has(3, "max_norm") || a.Flag(5, "scale_grad_by_freq"))
        {
            throw new NotYetSupportedException("max_norm or scale_grad_by_freq");
        }
    }
}
