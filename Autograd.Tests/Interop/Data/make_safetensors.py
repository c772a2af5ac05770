# Writes python.safetensors and perceptron.safetensors, with the format's own library (0.8.0) and PyTorch (2.14.1).
import torch, numpy as np
from safetensors.torch import save_file
t = {
 "f32": torch.tensor([[1.5,-2.25,3e-40],[float('inf'),float('-inf'),0.1]],dtype=torch.float32),
 "f64": torch.tensor([[0.1],[-1e300]],dtype=torch.float64),
 "f16": torch.tensor([1.0,-0.5,65504,6e-8,float('inf')],dtype=torch.float16),
 "bf16": torch.tensor([1.0,-0.5,3e38,1e-40,0.1],dtype=torch.bfloat16),
 "i64": torch.tensor([2**62,-1,0]), "i32": torch.tensor([-2**31,7],dtype=torch.int32), "i16": torch.tensor([-300,300],dtype=torch.int16),
 "i8": torch.tensor([-128,127],dtype=torch.int8), "u8": torch.tensor([0,255],dtype=torch.uint8), "u16": torch.tensor([65535],dtype=torch.uint16),
 "u32": torch.tensor([2**32-1],dtype=torch.uint32), "u64": torch.tensor([2**40],dtype=torch.uint64),
 "bool": torch.tensor([True,False,True]), "scalar": torch.tensor(3.25), "empty": torch.zeros(0,3), "näme \"x\"": torch.tensor([7.0]),
}
save_file(t, "python.safetensors", metadata={"format":"pt","note":"ünïcode \"quoted\""})
torch.manual_seed(0)
m = torch.nn.Sequential(torch.nn.Linear(3,4), torch.nn.Tanh(), torch.nn.Linear(4,2)).double()
d = dict(m.state_dict()); 
x = torch.tensor([[0.5,-1.0,2.0]],dtype=torch.float64)
save_file(d, "perceptron.safetensors"); print(m(x).tolist())
