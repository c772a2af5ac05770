"""The comparison's workloads in PyTorch: reads one JSON object a line, answers each with one line (docs/comparison.md).

Written as a good user of PyTorch would: no recording where no gradient is wanted, gradients set to None rather than to zero,
fused functions and optimizers where the workload asks for them, and the faster of the two libraries for matrix products.
"""

import json
import math
import sys
import time

import torch
import torch.nn.functional as F


class Unsupported(Exception):
    """This version of PyTorch has no such function."""


# Inputs: Comparison/Workloads/Inputs.cs has the same formulas; the results are equal bit for bit.

MASK = 0xFFFFFFFF


def hashes(count, phase):
    h = ((torch.arange(count, dtype=torch.int64) + phase * 1000003) & MASK) * 1640531527 & MASK
    h = (h ^ (h >> 15)) * 739982445 & MASK
    h = (h ^ (h >> 13)) * 1103515245 & MASK
    return h ^ (h >> 16)


def numbers(shape, dtype, phase, scale=1.0, offset=0.0):
    unit = hashes(math.prod(shape), phase).to(torch.float64) / 2147483648.0 - 1
    return (offset + scale * unit).to(dtype).reshape(shape)


def classes(count, number, phase):
    return hashes(count, phase) % number


def weights(sizes, dtype):
    tensors = []
    for i in range(1, len(sizes)):
        bound = 1 / math.sqrt(sizes[i - 1])
        tensors.append(numbers([sizes[i], sizes[i - 1]], dtype, 2 * i, bound))
        tensors.append(numbers([sizes[i]], dtype, 2 * i + 1, bound))
    return tensors


def checksum(name, tensor):
    x = tensor.detach().to(torch.float64).reshape(-1)
    count = x.numel()
    factors = (torch.arange(count, dtype=torch.int64) * 7919 % 1009).to(torch.float64) / 1009
    last = min(16, count) - 1
    samples = [x[0 if last == 0 else k * (count - 1) // last].item() for k in range(last + 1)]
    return {
        "name": name,
        "count": count,
        "sum": plain(x.sum().item()),
        "squares": plain((x * x).sum().item()),
        "weighted": plain((x * factors).sum().item()),
        "samples": [plain(value) for value in samples],
    }


def plain(value):
    """JSON has no infinities and no NaN."""
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


class Workload:
    def __init__(self, parameters, is_check=False):
        self.parameters = parameters
        self.is_check = is_check
        self.dtype = torch.float64 if parameters.get("dtype") == "float64" else torch.float32
        self.setup()
        self.reset()

    def reset(self):
        pass


class Differentiated(Workload):
    """A formula of some leaves, with or without a backward pass; self.leaves are filled by make()."""

    def setup(self):
        self.gradient = self.parameters.get("gradient", "none")
        self.backward = self.parameters.get("backward", False) or self.gradient != "none"
        self.fused = self.parameters.get("peer") == "fused"
        self.leaves = {}
        self.make()
        self.formula = self.choose()
        with torch.no_grad():
            value = self.formula()
        self.seed = numbers(value.shape, self.dtype, 99) if self.backward and value.numel() > 1 else None
        self.step = self.gradient_only if self.gradient != "none" else self.forward_and_backward if self.backward else self.forward
        if self.gradient != "none":
            self.value = self.formula()

    def leaf(self, name, shape, phase, scale=1.0, offset=0.0):
        self.leaves[name] = numbers(shape, self.dtype, phase, scale, offset).requires_grad_(self.backward)
        return self.leaves[name]

    @torch.no_grad()
    def forward(self):
        self.value = self.formula()

    def forward_and_backward(self):
        for leaf in self.leaves.values():
            leaf.grad = None
        self.value = self.formula()
        self.value.backward(self.seed)

    def gradient_only(self):
        for leaf in self.leaves.values():
            leaf.grad = None
        self.value.backward(self.seed, retain_graph=True)

    def results(self):
        yield "value", self.value
        if self.backward:
            for name, leaf in self.leaves.items():
                yield f"gradient of {name}", leaf.grad


class Chain(Differentiated):
    FUNCTIONS = {
        "exp": torch.exp, "log": torch.log, "sin": torch.sin, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "erf": torch.erf,
    }

    def make(self):
        count = [self.parameters["count"]]
        self.x = self.leaf("x", count, 1, 0.5, 1)
        self.factor = numbers(count, self.dtype, 2, 0.01, 0.99)
        self.term = numbers(count, self.dtype, 3, 0.01, 0.01)

    def choose(self):
        function = self.FUNCTIONS.get(self.parameters.get("function", "none"))
        arithmetic = self.parameters["length"] - (0 if function is None else 1)
        factor, term = (0.99, 0.01) if self.parameters.get("operands") == "number" else (self.factor, self.term)

        def formula():
            y = self.x
            for i in range(arithmetic):
                y = y * factor if i % 2 == 0 else y + term
            return y if function is None else function(y)

        return formula


class Function(Differentiated):
    FUNCTIONS = {
        "exp": torch.exp, "expm1": torch.expm1, "log": torch.log, "log1p": torch.log1p, "sin": torch.sin, "cos": torch.cos,
        "tanh": torch.tanh, "sigmoid": torch.sigmoid, "softplus": F.softplus, "erf": torch.erf,
    }

    def make(self):
        count, self.function = [self.parameters["count"]], self.parameters.get("function", "exp")
        self.x = self.leaf("x", count, 1, 4, 4.5 if self.function in ("log", "log1p", "pow") else 0)
        self.exponent = numbers(count, self.dtype, 2, 2)

    def choose(self):
        if self.function == "pow":
            return lambda: torch.pow(self.x, self.exponent)
        function = self.FUNCTIONS[self.function]
        return lambda: function(self.x)


class Gelu(Differentiated):
    def make(self):
        self.x = self.leaf("x", self.parameters["shape"], 1, 3)

    def choose(self):
        approximate = self.parameters.get("approximate", "none")
        if self.fused:
            return lambda: F.gelu(self.x, approximate=approximate)
        if approximate == "tanh":
            return lambda: self.x * 0.5 * (((self.x + self.x.pow(3) * 0.044715) * math.sqrt(2 / math.pi)).tanh() + 1)
        return lambda: self.x * 0.5 * ((self.x * math.sqrt(0.5)).erf() + 1)


class LayerNorm(Differentiated):
    def make(self):
        shape = self.parameters["shape"]
        self.x = self.leaf("x", shape, 1)
        self.weight = self.leaf("w", shape[-1:], 2, 0.5, 1)
        self.bias = self.leaf("b", shape[-1:], 3)

    def choose(self):
        if self.fused:
            return lambda: F.layer_norm(self.x, self.x.shape[-1:], self.weight, self.bias, 1e-5)

        def formula():
            centred = self.x - self.x.mean(-1, keepdim=True)
            variance = centred.square().mean(-1, keepdim=True)
            return centred / (variance + 1e-5).sqrt() * self.weight + self.bias

        return formula


class Softmax(Differentiated):
    def make(self):
        self.x = self.leaf("x", self.parameters["shape"], 1, 4)

    def choose(self):
        dim = self.parameters.get("dim", -1)
        if self.fused:
            return lambda: F.softmax(self.x, dim)

        def formula():
            e = (self.x - self.x.detach().amax(dim, keepdim=True)).exp()
            return e / e.sum(dim, keepdim=True)

        return formula


class LogSoftmaxNll(Differentiated):
    def make(self):
        rows, columns = self.parameters["shape"]
        self.x = self.leaf("x", [rows, columns], 1, 4)
        self.target = classes(rows, columns, 2)

    def choose(self):
        if self.fused:
            return lambda: F.cross_entropy(self.x, self.target)

        def formula():
            shifted = self.x - self.x.detach().amax(1, keepdim=True)
            logs = shifted - shifted.exp().sum(1, keepdim=True).log()
            return -logs.gather(1, self.target.unsqueeze(1)).mean()

        return formula


class Reduction(Differentiated):
    def make(self):
        self.x = self.leaf("x", self.parameters["shape"], 1)

    def choose(self):
        operation = getattr(torch, self.parameters.get("operation", "sum"))
        dim = self.parameters.get("dim")
        dims = list(range(self.x.dim())) if dim is None else [dim]
        return lambda: operation(self.x, dims)


class SquaredError(Differentiated):
    def make(self):
        self.x = self.leaf("x", self.parameters["shape"], 1)
        self.y = numbers(self.parameters["shape"], self.dtype, 2)

    def choose(self):
        if self.fused:
            return lambda: F.mse_loss(self.x, self.y)
        return lambda: (self.x - self.y).square().mean()


class Broadcast(Differentiated):
    def make(self):
        self.a = self.leaf("a", self.parameters["left"], 1)
        self.b = self.leaf("b", self.parameters["right"], 2)

    def choose(self):
        if self.parameters.get("operation", "add") == "add":
            return lambda: self.a + self.b
        return lambda: self.a * self.b


class MatMul(Differentiated):
    def make(self):
        transposed = self.parameters.get("transposed", "none")
        self.transposed = [transposed in (side, "both") for side in ("left", "right")]
        self.a = self.leaf("a", self.stored(self.parameters["left"], self.transposed[0]), 1)
        self.b = self.leaf("b", self.stored(self.parameters["right"], self.transposed[1]), 2)

    @staticmethod
    def stored(shape, transposed):
        return [*shape[:-2], shape[-1], shape[-2]] if transposed else shape

    def factors(self):
        return [x.mT if transposed else x for x, transposed in zip((self.a, self.b), self.transposed)]

    def choose(self):
        """The better of the two libraries, by a trial of each."""

        def product():
            a, b = self.factors()
            return a @ b

        fused = onednn_product()
        if self.is_check or self.backward or fused is None or self.dtype != torch.float32 or self.a.dim() < 2 or self.b.dim() != 2:
            return product

        def onednn():
            a, b = self.factors()
            return fused(a, b.mT, None, "none", [], "")

        if not torch.allclose(product(), onednn(), rtol=1e-3, atol=1e-3):
            raise RuntimeError("OpenBLAS and oneDNN disagree")
        return min((product, onednn), key=lambda formula: min(self.timed(formula) for _ in range(10)))

    @staticmethod
    @torch.no_grad()
    def timed(formula):
        start = time.perf_counter()
        count = 0
        while count == 0 or time.perf_counter() - start < 0.01:
            formula()
            count += 1
        return (time.perf_counter() - start) / count


class Convolution(Differentiated):
    def make(self):
        p = self.parameters
        channels, kernel, groups = p["channels"], p["kernel"], p.get("groups", 1)
        self.x = self.leaf("x", [p["batch"], channels, p["size"], p["size"]], 1)
        self.w = self.leaf("w", [p.get("outputs", channels), channels // groups, kernel, kernel], 2)
        if self.gradient == "data":
            self.w = self.leaves.pop("w").detach()
        elif self.gradient == "weight":
            self.x = self.leaves.pop("x").detach()

    def choose(self):
        p = self.parameters
        return lambda: F.conv2d(self.x, self.w, None, p.get("stride", 1), p["kernel"] // 2, 1, p.get("groups", 1))


class Pooling(Differentiated):
    def make(self):
        p = self.parameters
        self.x = self.leaf("x", [p["batch"], p["channels"], p["size"], p["size"]], 1)

    def choose(self):
        p = self.parameters
        kernel, operation = p["kernel"], p.get("operation", "max")
        if operation.startswith("adaptive"):
            adaptive = F.adaptive_max_pool2d if operation == "adaptiveMax" else F.adaptive_avg_pool2d
            return lambda: adaptive(self.x, kernel)
        pool = F.max_pool2d if operation == "max" else F.avg_pool2d
        return lambda: pool(self.x, kernel, p.get("stride", kernel), int(p.get("padding", 0)))


class Attention(Differentiated):
    def make(self):
        p = self.parameters
        shape = [p.get("batch", 1), p["heads"], p["length"], p["width"]]
        self.q, self.k, self.v = self.leaf("q", shape, 1, 2), self.leaf("k", shape, 2, 2), self.leaf("v", shape, 3)

    def choose(self):
        causal = self.parameters.get("causal", False)
        return lambda: F.scaled_dot_product_attention(self.q, self.k, self.v, is_causal=causal)


class Embedding(Differentiated):
    def make(self):
        p = self.parameters
        self.w = self.leaf("w", [p["vocabulary"], p["width"]], 1)
        self.numbers = classes(p["count"], p["vocabulary"], 2)

    def choose(self):
        return lambda: F.embedding(self.numbers, self.w)


OPTIMIZERS = {
    "adam": "Adam", "sgd": "SGD", "adamw": "AdamW", "adamax": "Adamax", "nadam": "NAdam", "radam": "RAdam", "adagrad": "Adagrad",
    "adadelta": "Adadelta", "rmsprop": "RMSprop", "rprop": "Rprop", "asgd": "ASGD", "adafactor": "Adafactor",
}


def make_optimizer(parameters, tensors):
    name = parameters.get("optimizer", "adam")
    options = {"lr": parameters.get("learningRate", 1e-3)}
    if name != "rprop":
        options["weight_decay"] = parameters.get("weightDecay", 0)
    if name in ("sgd", "rmsprop"):
        options["momentum"] = parameters.get("momentum", 0)
    if parameters.get("peer", "default") != "default":
        options[parameters["peer"]] = True
    try:
        return getattr(torch.optim, OPTIMIZERS[name])(tensors, **options)
    except (AttributeError, RuntimeError, TypeError) as error:
        raise Unsupported(f"PyTorch {torch.__version__}: {error}") from error


class Optimizer(Workload):
    def setup(self):
        number, count = self.parameters.get("tensors", 1), self.parameters["count"]
        columns = self.parameters.get("columns", count)
        shape = [count] if columns == count else [count // columns, columns]
        self.starts = [numbers(shape, self.dtype, 2 * i) for i in range(number)]
        self.gradients = [numbers(shape, self.dtype, 2 * i + 1) for i in range(number)]

    def reset(self):
        self.tensors = [start.clone().requires_grad_() for start in self.starts]
        self.optimizer = make_optimizer(self.parameters, self.tensors)
        self.number = 0
        self.set_gradients(1)
        self.step = self.checked_step if self.is_check else self.optimizer.step

    def checked_step(self):
        # With gradients that stay, Adam's step is ±1 in units of the learning rate, whatever its β.
        self.number += 1
        self.set_gradients(self.number)
        self.optimizer.step()

    def set_gradients(self, factor):
        for tensor, gradient in zip(self.tensors, self.gradients):
            tensor.grad = gradient * factor

    def results(self):
        rate = self.parameters.get("learningRate", 1e-3)
        for i, (tensor, start) in enumerate(zip(self.tensors, self.starts)):
            yield f"change of {i}, in units of the learning rate", (tensor.detach() - start) / rate


def onednn_product():
    """x, W ↦ x Wᵀ by oneDNN; None if there is none."""
    found = getattr(getattr(torch.ops, "mkldnn", None), "_linear_pointwise", None)
    return found if torch.backends.mkldnn.is_available() else None


class OneDnnLinear(torch.autograd.Function):
    """x Wᵀ + b by oneDNN, which PyTorch itself takes for Float32 products only after compilation."""

    product = None

    @staticmethod
    def forward(context, x, weight, bias):
        context.save_for_backward(x, weight)
        return OneDnnLinear.product(x, weight, bias, "none", [], "")

    @staticmethod
    def backward(context, gradient):
        x, weight = context.saved_tensors
        product = OneDnnLinear.product
        return (
            product(gradient, weight.t(), None, "none", [], "") if context.needs_input_grad[0] else None,
            product(gradient.t(), x.t(), None, "none", [], ""),
            gradient.sum(0),
        )


class Perceptron(Workload):
    def setup(self):
        sizes, batch = self.parameters["sizes"], self.parameters["batch"]
        self.starts = weights(sizes, self.dtype)
        self.inputs = numbers([batch, sizes[0]], self.dtype, 1000)
        self.targets = classes(batch, sizes[-1], 1001)
        self.activation = torch.tanh if self.parameters.get("activation") == "tanh" else torch.relu
        self.dropout = 0 if self.is_check else self.parameters.get("dropout", 0)
        self.penalty = self.parameters.get("l2Penalty", 0)
        self.linear = F.linear
        if not self.is_check:
            self.linear = self.faster()

    def faster(self):
        """The better of the two libraries for this network's products, by a trial of each."""
        found = onednn_product()
        if found is None or self.dtype != torch.float32:
            return F.linear
        OneDnnLinear.product = found
        trials = {}
        for linear in (F.linear, OneDnnLinear.apply):
            self.linear = linear
            self.dropout, dropout = 0, self.dropout
            self.reset()
            for _ in range(3):
                self.step()
            outcome = torch.stack([self.loss.detach(), *(tensor.grad.norm() for tensor in self.tensors)])
            self.dropout = dropout
            trials[linear] = (min(self.timed(3) for _ in range(10)), outcome)
        outcomes = [outcome for _, outcome in trials.values()]
        if not torch.allclose(*outcomes, rtol=1e-3):
            raise RuntimeError(f"OpenBLAS and oneDNN disagree: loss and norms of gradients {outcomes}")
        return min(trials, key=lambda linear: trials[linear][0])

    def timed(self, steps):
        start = time.perf_counter()
        for _ in range(steps):
            self.step()
        return time.perf_counter() - start

    def reset(self):
        self.tensors = [start.clone().requires_grad_() for start in self.starts]
        self.optimizer = make_optimizer(self.parameters, self.tensors)

    def step(self):
        x = self.inputs
        for i in range(0, len(self.tensors), 2):
            x = self.linear(x, self.tensors[i], self.tensors[i + 1])
            if i + 2 < len(self.tensors):
                x = self.activation(x)
                if self.dropout:
                    x = F.dropout(x, self.dropout)
        self.loss = F.cross_entropy(x, self.targets)
        if self.penalty:
            self.loss = self.loss + self.penalty / 2 * sum(tensor.square().sum() for tensor in self.tensors if tensor.dim() > 1)
        self.optimizer.zero_grad()
        self.loss.backward()
        self.optimizer.step()

    def results(self):
        rate = self.parameters.get("learningRate", 1e-3)
        yield "loss", self.loss
        for i, (tensor, start) in enumerate(zip(self.tensors, self.starts)):
            yield f"gradient of {i}", tensor.grad
            yield f"change of {i}, in units of the learning rate", (tensor.detach() - start) / rate


class ResidualBlock(torch.nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = torch.nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm1 = torch.nn.BatchNorm2d(outputs)
        self.conv2 = torch.nn.Conv2d(outputs, outputs, 3, padding=1, bias=False)
        self.norm2 = torch.nn.BatchNorm2d(outputs)
        self.shortcut = None if stride == 1 else torch.nn.Conv2d(inputs, outputs, 1, stride, bias=False)

    def forward(self, x):
        y = self.norm2(self.conv2(self.norm1(self.conv1(x)).relu()))
        return (y + (x if self.shortcut is None else self.shortcut(x))).relu()


class ResidualNetwork(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = torch.nn.Conv2d(3, 16, 3, padding=1, bias=False)
        self.stem_norm = torch.nn.BatchNorm2d(16)
        self.blocks = torch.nn.Sequential(ResidualBlock(16, 16, 1), ResidualBlock(16, 32, 2), ResidualBlock(32, 64, 2))
        self.head = torch.nn.Linear(64, 10)

    def forward(self, x):
        return self.head(self.blocks(self.stem_norm(self.stem(x)).relu()).mean((2, 3)))


class LanguageModel(torch.nn.Module):
    def __init__(self, vocabulary, inputs, width):
        super().__init__()
        self.embedding = torch.nn.Embedding(vocabulary, inputs)
        self.lstm = torch.nn.LSTM(inputs, width)
        self.head = torch.nn.Linear(width, vocabulary)

    def forward(self, tokens):
        return self.head(self.lstm(self.embedding(tokens))[0])


class Network(Workload):
    def setup(self):
        p = self.parameters
        self.backward = p.get("backward", False)
        self.module, self.output, self.loss_of = getattr(self, p["network"])(p)
        self.module.to(self.dtype).train(self.backward)
        state = self.module.state_dict()
        for i, name in enumerate(sorted(name for name, _ in self.module.named_parameters())):
            shape = list(state[name].shape)
            if len(shape) >= 2:
                state[name] = numbers(shape, self.dtype, i + 1, 1 / math.sqrt(math.prod(shape) / shape[0]))
            else:
                state[name] = numbers(shape, self.dtype, i + 1, 0.1, 1 if name.endswith("weight") else 0)
        self.start = {name: tensor.clone() for name, tensor in state.items()}
        self.step = self.train if self.backward else self.forward

    def reset(self):
        self.module.load_state_dict(self.start)
        for parameter in self.module.parameters():
            parameter.grad = None
        self.optimizer = make_optimizer(self.parameters, list(self.module.parameters()))

    @torch.no_grad()
    def forward(self):
        self.value = self.output()

    def train(self):
        self.value = self.output()
        self.loss = self.loss_of(self.value)
        self.optimizer.zero_grad()
        self.loss.backward()
        self.optimizer.step()

    def results(self):
        yield "output", self.value
        if self.backward:
            yield "loss", self.loss
            for name, parameter in sorted(self.module.named_parameters()):
                yield f"gradient of {name}", parameter.grad

    @staticmethod
    def mean_square(y):
        return y.square().mean()

    def classifier(self, p, channels, module):
        x = numbers([p["batch"], channels, p["size"], p["size"]], self.dtype, 1000)
        target = classes(p["batch"], 10, 1001)
        return module, lambda: module(x), lambda y: F.cross_entropy(y, target)

    def convolutional(self, p):
        nn = torch.nn
        return self.classifier(p, 1, nn.Sequential(
            nn.Conv2d(1, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(64 * (p["size"] // 4) ** 2, 128), nn.ReLU(), nn.Linear(128, 10)))

    def residual(self, p):
        return self.classifier(p, 3, ResidualNetwork())

    def recurrent(self, p, module):
        x = numbers([p["length"], p["batch"], p["inputs"]], self.dtype, 1000)
        return module, lambda: module(x)[0], self.mean_square

    def lstm(self, p):
        return self.recurrent(p, torch.nn.LSTM(p["inputs"], p["width"]))

    def gru(self, p):
        return self.recurrent(p, torch.nn.GRU(p["inputs"], p["width"]))

    def languageModel(self, p):
        module = LanguageModel(p["vocabulary"], p["inputs"], p["width"])
        count = p["length"] * p["batch"]
        tokens = classes(count, p["vocabulary"], 1000).reshape(p["length"], p["batch"])
        target = classes(count, p["vocabulary"], 1001)
        return module, lambda: module(tokens), lambda y: F.cross_entropy(y.flatten(0, 1), target)

    def sequence(self, p):
        return numbers([p["batch"], p["length"], p["width"]], self.dtype, 1000)

    def attention(self, p):
        x, module = self.sequence(p), torch.nn.MultiheadAttention(p["width"], p["heads"], batch_first=True)
        return module, lambda: module(x, x, x, need_weights=False)[0], self.mean_square

    def encoder(self, p):
        x, module = self.sequence(p), torch.nn.TransformerEncoderLayer(p["width"], p["heads"], p["hidden"], 0.0, batch_first=True)
        return module, lambda: module(x), self.mean_square

    def gpt(self, p):
        x = self.sequence(p)
        module = torch.nn.TransformerEncoderLayer(p["width"], p["heads"], p["hidden"], 0.0, F.gelu, batch_first=True, norm_first=True)
        mask = torch.nn.Transformer.generate_square_subsequent_mask(p["length"], dtype=self.dtype)
        return module, lambda: module(x, mask, is_causal=True), self.mean_square

    def embedding(self, p):
        module = torch.nn.Embedding(p["vocabulary"], p["width"])
        tokens = classes(p["batch"] * p["length"], p["vocabulary"], 1000).reshape(p["batch"], p["length"])
        return module, lambda: module(tokens), self.mean_square


class GradientCheck(Workload):
    def setup(self):
        sizes = self.parameters["sizes"]
        self.input = numbers([self.parameters["batch"], sizes[0]], self.dtype, 1000)
        self.weights = [start.requires_grad_() for start in weights(sizes, self.dtype)]

    def loss(self, *w):
        x = self.input
        for i in range(0, len(w), 2):
            x = F.linear(x, w[i], w[i + 1])
            x = x.tanh() if i + 2 < len(w) else x
        return x.square().mean()

    def step(self):
        self.correct = torch.autograd.gradcheck(self.loss, self.weights)

    def results(self):
        yield "all derivatives agree", torch.tensor([1.0 if self.correct else 0.0])
        for i, gradient in enumerate(torch.autograd.grad(self.loss(*self.weights), self.weights)):
            yield f"gradient of {i}", gradient


KINDS = {
    "chain": Chain,
    "function": Function,
    "gelu": Gelu,
    "layerNorm": LayerNorm,
    "softmax": Softmax,
    "logSoftmaxNll": LogSoftmaxNll,
    "reduction": Reduction,
    "squaredError": SquaredError,
    "broadcast": Broadcast,
    "matmul": MatMul,
    "convolution": Convolution,
    "pooling": Pooling,
    "attention": Attention,
    "embedding": Embedding,
    "optimizer": Optimizer,
    "perceptron": Perceptron,
    "network": Network,
    "gradientCheck": GradientCheck,
}


class Session:
    current = None

    def hello(self, request):
        torch.set_num_threads(request["threads"])
        return {"name": f"PyTorch {torch.__version__}"}

    def check(self, request):
        workload = self.make(request, is_check=True)
        for _ in range(request["steps"]):
            workload.step()
        return {"results": [checksum(name, tensor) for name, tensor in workload.results()]}

    def prepare(self, request):
        self.current = None
        self.current = self.make(request)
        return {}

    def time(self, request):
        self.current.reset()
        step = self.current.step
        steps = range(request["steps"])
        start = time.perf_counter()
        for _ in steps:
            step()
        return {"seconds": time.perf_counter() - start}

    @staticmethod
    def make(request, is_check=False):
        description = request["workload"]
        if description["kind"] not in KINDS:
            raise Unsupported(f"pytorch_peer.py knows no kind '{description['kind']}'")
        return KINDS[description["kind"]](description, is_check)


def main():
    session = Session()
    actions = {"hello": session.hello, "check": session.check, "prepare": session.prepare, "time": session.time}
    for line in sys.stdin:
        try:
            request = json.loads(line)
            answer = actions[request["action"]](request)
        except Unsupported as missing:
            answer = {"unsupported": str(missing)}
        except Exception as error:  # the runner reports it in its table and goes on
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
