global using System.Numerics;
global using System.Numerics.Tensors;
global using Autograd.Autodiff;
global using Autograd.Batching;
global using Autograd.Evaluation;
