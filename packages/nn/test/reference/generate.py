"""Writes the reference answers in this folder with PyTorch 1.13 in float64. Run with no arguments.

clipping.json holds its own starting points, which are kept; the other files are drawn anew from a fixed seed. Optimizers have a script of their own.
"""

import json
from pathlib import Path

import torch

torch.set_default_dtype(torch.float64)
folder = Path(__file__).parent


def pack(tensor):
    if tensor is None:
        return None
    return {"shape": list(tensor.shape), "data": tensor.detach().flatten().tolist()}


def unpack(packed):
    return torch.tensor(packed["data"]).reshape(packed["shape"])


def write(name, cases):
    lines = ",\n".join(json.dumps(case) for case in cases)
    (folder / name).write_text(f"[\n{lines}\n]\n")


def clipping():
    for case in json.loads((folder / "clipping.json").read_text()):
        parameters = [torch.zeros(g["shape"], requires_grad=True) for g in case["grads"]]
        for parameter, gradient in zip(parameters, case["grads"]):
            parameter.grad = unpack(gradient)
        if case["kind"] == "norm":
            norm = torch.nn.utils.clip_grad_norm_(parameters, case["max"], float(case["normType"]))
            case = {**case, "norm": norm.item()}
        else:
            torch.nn.utils.clip_grad_value_(parameters, case["max"])
        yield {**case, "clipped": [p.grad.flatten().tolist() for p in parameters]}


def module_case(name, options, module, shape, train=True):
    with torch.no_grad():
        for tensor in module.state_dict().values():
            if tensor.is_floating_point():
                tensor.uniform_(0.2, 1.5) if tensor.dim() == 1 else tensor.normal_()
    module.train(train)
    x = torch.randn(shape).requires_grad_()
    state = {key: pack(value.double()) for key, value in module.state_dict().items()}
    output = module(x)
    cotangent = torch.randn(output.shape)
    output.backward(cotangent)
    return {
        "name": name,
        "options": options,
        "train": train,
        "state": state,
        "input": pack(x),
        "output": pack(output),
        "cotangent": pack(cotangent),
        "inputGrad": pack(x.grad),
        "grads": {key: pack(parameter.grad) for key, parameter in module.named_parameters()},
        "after": {key: pack(value.double()) for key, value in module.named_buffers()},
    }


def modules():
    nn = torch.nn
    norm = nn.utils.weight_norm
    yield module_case("Linear", {"inFeatures": 3, "outFeatures": 2}, nn.Linear(3, 2), [4, 3])
    yield module_case("Linear", {"inFeatures": 3, "outFeatures": 2, "bias": False}, nn.Linear(3, 2, bias=False), [2, 2, 3])
    yield module_case("Linear", {"inFeatures": 3, "outFeatures": 2}, nn.Linear(3, 2), [3])
    strided = {"kernelSize": [3, 2], "stride": [2, 1], "padding": [1, 0]}
    yield module_case(
        "Conv2d", {"inChannels": 2, "outChannels": 3, **strided}, nn.Conv2d(2, 3, (3, 2), (2, 1), (1, 0)), [2, 2, 5, 4]
    )
    grouped = {"kernelSize": 2, "padding": 1, "dilation": 2, "groups": 2, "bias": False}
    yield module_case(
        "Conv2d",
        {"inChannels": 4, "outChannels": 2, **grouped},
        nn.Conv2d(4, 2, 2, padding=1, dilation=2, groups=2, bias=False),
        [2, 4, 4, 3],
    )
    yield module_case("MaxPool2d", {"kernelSize": 2}, nn.MaxPool2d(2), [2, 2, 5, 4])
    pooled = {"kernelSize": [3, 2], "stride": [1, 2], "padding": [1, 1], "dilation": [2, 1]}
    yield module_case("MaxPool2d", pooled, nn.MaxPool2d((3, 2), (1, 2), (1, 1), (2, 1)), [1, 2, 6, 5])
    yield module_case("LayerNorm", {"normalizedShape": [2, 3]}, nn.LayerNorm([2, 3]), [4, 2, 3])
    yield module_case("LayerNorm", {"normalizedShape": 3, "eps": 0.1, "affine": False}, nn.LayerNorm(3, 0.1, False), [2, 3])
    yield module_case("BatchNorm1d", {"numFeatures": 3}, nn.BatchNorm1d(3), [4, 3])
    yield module_case("BatchNorm1d", {"numFeatures": 3, "eps": 0.01, "momentum": None}, nn.BatchNorm1d(3, 0.01, None), [2, 3, 4])
    yield module_case("BatchNorm1d", {"numFeatures": 3}, nn.BatchNorm1d(3), [4, 3], train=False)
    yield module_case("BatchNorm2d", {"numFeatures": 2, "momentum": 0.3}, nn.BatchNorm2d(2, momentum=0.3), [3, 2, 2, 2])
    yield module_case("BatchNorm2d", {"numFeatures": 2, "affine": False}, nn.BatchNorm2d(2, affine=False), [3, 2, 2, 2])
    yield module_case("BatchNorm2d", {"numFeatures": 2}, nn.BatchNorm2d(2), [3, 2, 2, 2], train=False)
    yield module_case("PReLU", {"channels": 3}, nn.PReLU(3), [2, 3, 2])
    yield module_case("PReLU", {}, nn.PReLU(), [2, 3])
    for axis in (0, 1, None):
        options = {"inFeatures": 4, "outFeatures": 3, "axis": axis}
        yield module_case("weightNorm(Linear)", options, norm(nn.Linear(4, 3), dim=axis), [2, 4])
    options = {"inChannels": 2, "outChannels": 3, "kernelSize": 2, "axis": 0}
    yield module_case("weightNorm(Conv2d)", options, norm(nn.Conv2d(2, 3, 2), dim=0), [2, 2, 3, 3])


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def operand(value):
    if not isinstance(value, torch.Tensor):
        return value
    data = [v if abs(v) < float("inf") else str(v) for v in value.detach().flatten().tolist()]
    return {"shape": list(value.shape), "data": data, "integer": not value.is_floating_point()}


def loss_case(function, *operands, reductions=("mean", "sum", "none"), tracked=1, **options):
    """The losses, weighted from 1 to 2, and the gradients of that sum to the first `tracked` operands."""
    answers = {}
    for reduction in reductions:
        leaves = [x.clone().requires_grad_() for x in operands[:tracked]]
        loss = function(*leaves, *operands[tracked:], **options, reduction=reduction)
        weights = torch.linspace(1, 2, loss.numel()).reshape(loss.shape)
        grads = torch.autograd.grad((loss * weights).sum(), leaves)
        answers[camel(reduction.replace("batch", "batch_"))] = {"loss": pack(loss), "grads": [pack(grad) for grad in grads]}
    return {
        "name": camel(function.__name__),
        "operands": [operand(x) for x in operands],
        "options": {camel(name): operand(value) for name, value in options.items()},
        "answers": answers,
    }


def losses():
    F = torch.nn.functional

    def pair(*shape):
        return torch.randn(*shape), torch.randn(*shape)

    def signs(*shape):
        return 2.0 * torch.randint(0, 2, shape) - 1

    yield loss_case(F.mse_loss, *pair(3, 2), tracked=2)
    yield loss_case(F.l1_loss, *pair(3, 2), tracked=2)
    yield loss_case(F.smooth_l1_loss, *pair(3, 2), tracked=2)
    yield loss_case(F.smooth_l1_loss, *pair(4), tracked=2, beta=0.3)
    yield loss_case(F.huber_loss, *pair(3, 2), tracked=2, delta=0.4)

    yield loss_case(F.cross_entropy, 3 * torch.randn(4, 3), torch.tensor([2, 0, 1, 1]))
    yield loss_case(F.cross_entropy, torch.tensor([[1000.0, -1000.0, 0.0], [-800.0, 700.0, 700.0]]), torch.tensor([1, 2]))
    yield loss_case(F.cross_entropy, torch.randn(2, 3, 2), torch.tensor([[2, 0], [1, 1]]))
    yield loss_case(F.cross_entropy, torch.randn(3), torch.tensor(2))
    yield loss_case(F.cross_entropy, torch.randn(3, 4), torch.rand(3, 4).softmax(1), tracked=2)
    yield loss_case(F.cross_entropy, torch.randn(2, 3, 2), torch.rand(2, 3, 2).softmax(1), tracked=2)
    labels = torch.tensor([[2, -100], [1, 0]])
    weight = torch.tensor([0.5, 2.0, 1.5])
    yield loss_case(F.cross_entropy, torch.randn(2, 3, 2), labels, weight=weight)
    yield loss_case(F.cross_entropy, torch.randn(2, 3, 2), labels, weight=weight, label_smoothing=0.2)
    yield loss_case(F.cross_entropy, torch.randn(2, 3, 2), labels.clamp(0), ignore_index=1, label_smoothing=0.3)
    yield loss_case(F.cross_entropy, torch.randn(3), torch.tensor(2), label_smoothing=1.0)
    yield loss_case(F.cross_entropy, torch.randn(2, 3, 2), torch.rand(2, 3, 2), weight=weight, label_smoothing=0.2)
    yield loss_case(F.nll_loss, torch.randn(2, 3, 2).log_softmax(1), labels, weight=weight)
    yield loss_case(F.nll_loss, torch.randn(3, 3).log_softmax(1), torch.tensor([0, -1, 2]), ignore_index=-1)

    bce = F.binary_cross_entropy_with_logits
    yield loss_case(bce, 4 * torch.randn(3, 2), torch.rand(3, 2), tracked=2)
    yield loss_case(bce, torch.tensor([800.0, -800.0, 800.0, -800.0, 0.0]), torch.tensor([1.0, 0.0, 0.0, 1.0, 1.0]))
    yield loss_case(bce, torch.randn(3, 2), torch.rand(3, 2), weight=torch.rand(3, 1), pos_weight=torch.tensor([3.0, 0.5]))
    yield loss_case(F.binary_cross_entropy, torch.rand(3, 2), torch.rand(3, 2), weight=torch.rand(2))
    extreme = torch.tensor([0.0, 1.0, 1e-20, 1 - 2**-53])
    yield loss_case(F.binary_cross_entropy, extreme, torch.tensor([1.0, 0.0, 1.0, 0.0]))

    yield loss_case(F.kl_div, torch.randn(2, 3).log_softmax(1), torch.rand(2, 3).softmax(1), tracked=2, reductions=("mean", "batchmean", "sum", "none"))
    yield loss_case(F.kl_div, torch.randn(2, 3).log_softmax(1), torch.randn(2, 3).log_softmax(1), tracked=2, log_target=True)
    yield loss_case(F.kl_div, torch.randn(3).log_softmax(0), torch.tensor([0.0, 0.25, 0.75]))
    yield loss_case(F.gaussian_nll_loss, torch.randn(2, 3), torch.randn(2, 3), torch.tensor([[0.5, 1.0, 2.0], [0.01, 0.02, 4.0]]), tracked=3, eps=0.05)
    yield loss_case(F.gaussian_nll_loss, torch.randn(2, 3), torch.randn(3), torch.rand(2), tracked=3, full=True)
    yield loss_case(F.poisson_nll_loss, torch.randn(2, 3), torch.tensor([[0.0, 1.0, 2.0], [3.0, 7.5, 0.5]]), full=True)
    yield loss_case(F.poisson_nll_loss, torch.rand(2, 3), torch.rand(2, 3), tracked=2, log_input=False, eps=1e-3)

    yield loss_case(F.hinge_embedding_loss, torch.randn(6), signs(6), margin=0.4)
    yield loss_case(F.margin_ranking_loss, *pair(3, 2), signs(3, 2), tracked=2, margin=0.3)
    yield loss_case(F.soft_margin_loss, 3 * torch.randn(3, 2), signs(3, 2))
    yield loss_case(F.multilabel_soft_margin_loss, torch.randn(2, 3), torch.rand(2, 3), weight=torch.rand(3))
    yield loss_case(F.multi_margin_loss, torch.randn(3, 4), torch.tensor([0, 3, 1]), margin=0.7)
    yield loss_case(F.multi_margin_loss, torch.randn(3, 4), torch.tensor([0, 3, 1]), p=2, weight=torch.rand(4))
    yield loss_case(F.multilabel_margin_loss, torch.randn(3, 4), torch.tensor([[3, 0, -1, 1], [-1, 2, 0, 1], [1, 0, 2, 3]]))
    yield loss_case(F.multilabel_margin_loss, torch.randn(4), torch.tensor([2, 2, -1, 0]))
    yield loss_case(F.cosine_embedding_loss, *pair(4, 3), signs(4), tracked=2, margin=-0.2)
    yield loss_case(F.triplet_margin_loss, *pair(3, 4), torch.randn(3, 4), tracked=3)
    yield loss_case(F.triplet_margin_loss, *pair(3, 4), torch.randn(3, 4), tracked=3, p=3, swap=True, margin=0.5)

    def ctc_loss(logits, *rest, **options):
        # Behind a softmax, where PyTorch's gradient is the true one.
        return F.ctc_loss(logits.log_softmax(-1), *rest, **options)

    lengths = torch.tensor([6, 5, 3]), torch.tensor([2, 1, 0])
    yield loss_case(ctc_loss, torch.randn(6, 3, 4), torch.tensor([[1, 1], [3, 0], [2, 2]]), *lengths)
    lengths = torch.tensor([4, 3]), torch.tensor([3, 3])
    yield loss_case(ctc_loss, torch.randn(4, 2, 3), torch.tensor([[0, 1, 0], [1, 1, 1]]), *lengths, blank=2, zero_infinity=True)


torch.manual_seed(20)
write("clipping.json", list(clipping()))
write("modules.json", modules())
torch.manual_seed(21)
write("losses.json", losses())
