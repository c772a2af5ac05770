namespace Autograd.Tests.Core;

public class DefaultDTypeTests
{
    [Test]
    public void Factories_without_typed_data_use_the_default_of_the_scope()
    {
        using var scope = DType.UseDefault(DType.Float64);
        Tensor[] made =
        [
            Tensor.Zeros([1]), Tensor.Ones([1]), Tensor.Full([1], 0.5), Tensor.From(0.5), Tensor.Arange(1.5), Tensor.Arange(0, 1, 0.5), Tensor.Linspace(0, 1, 2),
            Tensor.Eye(2), Tensor.Rand([1]), Tensor.Randn([1]), Tensor.Arange(3) / 2, Tensor.Arange(3) * 0.5, Tensor.Arange(3).Exp(),
        ];
        Assert.That(made.Select(tensor => tensor.DType), Has.All.EqualTo(DType.Float64));
        Assert.That((Tensor.From([1f]).DType, Tensor.Full([1], 1).DType, Tensor.Arange(3).DType), Is.EqualTo((DType.Float32, DType.Int64, DType.Int64)));
    }

    [Test]
    public void Scopes_nest()
    {
        Assert.That(DType.Default, Is.EqualTo(DType.Float32));
        using (DType.UseDefault(DType.Float64))
        {
            using (DType.UseDefault(DType.Float32))
            {
                Assert.That(DType.Default, Is.EqualTo(DType.Float32));
            }

            Assert.That(DType.Default, Is.EqualTo(DType.Float64));
        }

        Assert.That(DType.Default, Is.EqualTo(DType.Float32));
    }

    [Test]
    public async Task A_scope_follows_the_flow_of_control_and_nothing_else()
    {
        var (entered, seen) = (new TaskCompletionSource(), new TaskCompletionSource<DType>());
        var outsider = Task.Run(async () =>
        {
            await entered.Task;
            return DType.Default;
        });
        using (DType.UseDefault(DType.Float64))
        {
            entered.SetResult();
            await Task.Yield();
            Assert.That(DType.Default, Is.EqualTo(DType.Float64), "after an await");
            Assert.That(await Task.Run(() => DType.Default), Is.EqualTo(DType.Float64), "in a task started inside");
            await Task.Run(() =>
            {
                using var inner = DType.UseDefault(DType.Float32);
                seen.SetResult(DType.Default);
            });
            Assert.That(await seen.Task, Is.EqualTo(DType.Float32));
            Assert.That(DType.Default, Is.EqualTo(DType.Float64), "a task's own scope stays its own");
        }

        Assert.That(await outsider, Is.EqualTo(DType.Float32), "a task started before");
    }

    [TestCase(DType.Int64)]
    [TestCase(DType.Bool)]
    public void The_default_is_a_floating_point_type(DType dtype)
        => Assert.That(() => DType.UseDefault(dtype), Throws.TypeOf<DTypeException>().With.Message.Contains($"{dtype}"));
}
