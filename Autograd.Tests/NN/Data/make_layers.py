"""Writes layers.safetensors with PyTorch (2.14.1): for each case its state, inputs, output, and gradients of Σ output·cos(0, 1, 2, …)."""
import os

import torch
from safetensors.torch import save_file
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
entries = {}


def case(name, module, *inputs, call=None, training=True):
    module.train(training)
    inputs = [x.clone().requires_grad_() if x.is_floating_point() else x for x in inputs]
    for parameter in module.parameters():
        nn.init.uniform_(parameter, -0.7, 0.9)
    for key, value in module.state_dict().items():
        entries[f"{name}/state/{key}"] = value.clone()
    for i, x in enumerate(inputs):
        entries[f"{name}/input/{i}"] = x.detach().clone()
    y = call(module, *inputs) if call else module(*inputs)
    (y.flatten() * torch.arange(y.numel()).cos()).sum().backward()
    entries[f"{name}/output"] = y.detach().clone()
    for i, x in enumerate(inputs):
        if x.grad is not None:
            entries[f"{name}/gradient/{i}"] = x.grad.clone()
    for key, parameter in module.named_parameters():
        entries[f"{name}/gradient/{key}"] = parameter.grad.clone()


image, signal, volume = torch.randn(1, 4, 5, 4), torch.randn(2, 3, 7), torch.randn(1, 2, 3, 4, 3)
case("Conv1d", nn.Conv1d(3, 4, 3, stride=2, padding=1, dilation=2), signal)
for mode in ("reflect", "replicate", "circular"):
    case(f"Conv2d {mode}", nn.Conv2d(4, 2, (3, 2), padding=(1, 2), groups=2, padding_mode=mode), image)
case("Conv2d same", nn.Conv2d(4, 2, (4, 3), padding="same", padding_mode="reflect", bias=False), image)
case("Conv3d", nn.Conv3d(2, 2, 2, padding=1), volume)
case("ConvTranspose1d", nn.ConvTranspose1d(3, 4, 3, stride=2, padding=1, output_padding=1), signal)
case("ConvTranspose2d", nn.ConvTranspose2d(4, 6, 3, stride=2, padding=1, groups=2, dilation=2), image)
case("ConvTranspose3d", nn.ConvTranspose3d(2, 3, 2, bias=False), volume)
case("Bilinear", nn.Bilinear(3, 4, 2), torch.randn(5, 3), torch.randn(5, 4))
case("BatchNorm3d", nn.BatchNorm3d(2), volume)
case("BatchNorm1d eval", nn.BatchNorm1d(3), signal, training=False)
case("InstanceNorm1d", nn.InstanceNorm1d(3), signal)
case("InstanceNorm2d", nn.InstanceNorm2d(4, affine=True, track_running_stats=True), image)
case("InstanceNorm3d", nn.InstanceNorm3d(2, eps=0.1, affine=True), volume)
case("LayerNorm", nn.LayerNorm([5, 4]), image)
case("RmsNorm", nn.RMSNorm(4), image)
case("GroupNorm", nn.GroupNorm(2, 4), image)
case("LocalResponseNorm", nn.LocalResponseNorm(3, alpha=0.5), image)
case("AdaptiveAvgPool2d", nn.AdaptiveAvgPool2d((3, 2)), image)
case("AdaptiveMaxPool1d", nn.AdaptiveMaxPool1d(3), signal)
case("MaxPool3d", nn.MaxPool3d(2, stride=1), volume)
case("AvgPool2d", nn.AvgPool2d(2, padding=1, count_include_pad=False), image)
case("Upsample", nn.Upsample(scale_factor=1.5, mode="bilinear"), image)
case("PixelShuffle", nn.PixelShuffle(2), image)
case("PixelUnshuffle", nn.PixelUnshuffle(2), image[:, :, :4])
case("Pad", nn.ReflectionPad2d((1, 2, 0, 1)), image)
case("Embedding", nn.Embedding(6, 3, padding_idx=1), torch.tensor([[0, 1, 5], [2, 2, 1]]))
for mode in ("mean", "sum", "max"):
    case(f"EmbeddingBag {mode}", nn.EmbeddingBag(6, 3, mode=mode), torch.tensor([0, 1, 5, 2, 2, 1]), torch.tensor([0, 3, 3]))
case("RnnCell", nn.RNNCell(3, 4, nonlinearity="relu"), torch.randn(2, 3), torch.randn(2, 4))
case("GruCell", nn.GRUCell(3, 4), torch.randn(2, 3), torch.randn(2, 4))
case("LstmCell", nn.LSTMCell(3, 4), torch.randn(2, 3), torch.randn(2, 4), torch.randn(2, 4), call=lambda m, x, h, c: torch.cat(m(x, (h, c))))


def packed(module, x):
    y, state = module(nn.utils.rnn.pack_padded_sequence(x, torch.tensor([4, 2, 3]), batch_first=True, enforce_sorted=False))
    state = torch.cat(state, -1) if isinstance(state, tuple) else state
    return torch.cat([nn.utils.rnn.pad_packed_sequence(y, batch_first=True)[0].flatten(), state.flatten()])


case("Lstm lengths", nn.LSTM(2, 3, 2, bidirectional=True, batch_first=True), torch.randn(3, 4, 2), call=packed)
case("Gru lengths", nn.GRU(2, 3, bidirectional=True, batch_first=True), torch.randn(3, 4, 2), call=packed)
mask = torch.triu(torch.ones(4, 4, dtype=torch.bool), 1)
case("MultiheadAttention causal", nn.MultiheadAttention(6, 2, batch_first=True), torch.randn(2, 4, 6), call=lambda m, x: m(x, x, x, attn_mask=mask, is_causal=True, need_weights=False)[0])
padding = torch.tensor([[False, False, True], [False, True, True]])
case("TransformerEncoder", nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 5, 0.0, "gelu", batch_first=True, norm_first=True), 2, nn.LayerNorm(4), enable_nested_tensor=False),
     torch.randn(2, 3, 4), call=lambda m, x: m(x, src_key_padding_mask=padding))
case("TransformerDecoder", nn.TransformerDecoder(nn.TransformerDecoderLayer(4, 2, 5, 0.0, batch_first=True), 2), torch.randn(2, 4, 4), torch.randn(2, 3, 4),
     call=lambda m, x, memory: m(x, memory, tgt_mask=mask, tgt_is_causal=True, memory_key_padding_mask=padding))
case("TransformerDecoderLayer first", nn.TransformerDecoderLayer(4, 1, 3, 0.0, norm_first=True), torch.randn(4, 2, 4), torch.randn(3, 2, 4))

case("Embedding max_norm", nn.Embedding(6, 3, max_norm=0.6, norm_type=1.0), torch.tensor([[0, 1, 5], [2, 2, 1]]))
case("EmbeddingBag max_norm", nn.EmbeddingBag(6, 3, max_norm=0.5, mode="sum"), torch.tensor([0, 1, 5, 2, 2, 1]), torch.tensor([0, 3, 3]))
for name, layer in (("Hardshrink", nn.Hardshrink(0.4)), ("Softshrink", nn.Softshrink(0.4)), ("Tanhshrink", nn.Tanhshrink()), ("Threshold", nn.Threshold(0.2, -3)), ("Softmin", nn.Softmin(1))):
    case(name, layer, torch.randn(3, 4))
further = torch.tensor([[False, False, False, True], [False, True, True, True]])
case("MultiheadAttention further keys", nn.MultiheadAttention(6, 2, add_bias_kv=True, add_zero_attn=True), torch.randn(4, 2, 6),
     call=lambda m, x: torch.cat([y.flatten() for y in m(x, x, x, attn_mask=mask, key_padding_mask=further)]))
case("MultiheadAttention learned key", nn.MultiheadAttention(6, 3, bias=False, add_bias_kv=True, kdim=4, vdim=5, batch_first=True), torch.randn(2, 3, 6), torch.randn(2, 4, 4), torch.randn(2, 4, 5),
     call=lambda m, q, k, v: m(q, k, v, need_weights=False)[0])
case("Transformer", nn.Transformer(4, 2, 1, 2, 5, 0.0, "gelu", batch_first=True), torch.randn(2, 3, 4), torch.randn(2, 4, 4),
     call=lambda m, x, y: m(x, y, tgt_mask=mask, tgt_is_causal=True, src_key_padding_mask=padding, memory_key_padding_mask=padding))
case("Transformer norm first", nn.Transformer(4, 2, 2, 1, 5, 0.0, norm_first=True), torch.randn(3, 2, 4), torch.randn(4, 2, 4))
labels = torch.tensor([[3, 0, -1, 1], [2, 2, 0, -1], [-1, 0, 1, 2]])
case("MultiLabelMargin", nn.Identity(), torch.randn(3, 4), call=lambda m, x: nn.MultiLabelMarginLoss(reduction="none")(m(x), labels))
triplet = nn.TripletMarginWithDistanceLoss(distance_function=lambda x, y: 1 - nn.functional.cosine_similarity(x, y), margin=0.7, swap=True, reduction="none")
case("TripletMarginWithDistance", nn.Identity(), torch.randn(3, 4), torch.randn(3, 4), torch.randn(3, 4), call=lambda m, *x: triplet(m(x[0]), *x[1:]))

save_file({name: tensor.contiguous() for name, tensor in entries.items()}, os.path.join(os.path.dirname(os.path.abspath(__file__)), "layers.safetensors"))
