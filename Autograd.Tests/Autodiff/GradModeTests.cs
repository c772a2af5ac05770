namespace Autograd.Tests.Autodiff;

/// <summary>Grad.Disabled() and Grad.Enabled(): scopes of the flow of control.</summary>
internal sealed class GradModeTests
{
    private static bool Records => (Tensor.Ones([], requiresGrad: true) * 2).RequiresGrad;

    [TearDown]
    public void RecordingIsOnAgain() => Assert.That((Grad.IsEnabled, Records), Is.EqualTo((true, true)));

    [Test]
    public void Recording_is_off_until_the_scope_ends()
    {
        using (Grad.Disabled())
        {
            Assert.That((Grad.IsEnabled, Records), Is.EqualTo((false, false)));
        }

        Assert.That((Grad.IsEnabled, Records), Is.EqualTo((true, true)));
    }

    [Test]
    public void Scopes_nest_and_Enabled_turns_recording_on_inside()
    {
        using (Grad.Disabled())
        {
            using (Grad.Disabled())
            {
                Assert.That(Records, Is.False);
            }

            Assert.That(Records, Is.False);
            using (Grad.Enabled())
            {
                Assert.That(Records, Is.True);
                using (Grad.Disabled())
                {
                    Assert.That(Records, Is.False);
                }

                Assert.That(Records, Is.True);
            }

            Assert.That(Records, Is.False);
        }
    }

    [Test]
    public void Disposing_twice_or_out_of_order_ends_each_scope_once()
    {
        var outer = Grad.Disabled();
        var inner = Grad.Disabled();
        outer.Dispose();
        outer.Dispose();
        Assert.That(Records, Is.False, "The inner scope is still open.");
        inner.Dispose();
        Assert.That(Records, Is.True);
        inner.Dispose();
        Assert.That(Records, Is.True);
    }

    [Test]
    public void An_exception_ends_the_scope()
    {
        Assert.That(
            () =>
            {
                using var scope = Grad.Disabled();
                return Tensor.Ones([2]) + Tensor.Ones([3]);
            },
            Throws.TypeOf<ShapeException>());
        Assert.That(Records, Is.True);
    }

    [Test]
    public async Task A_scope_goes_with_the_flow_across_await()
    {
        using (Grad.Disabled())
        {
            await Task.Yield();
            Assert.That(Records, Is.False);
            await Task.Run(() => Assert.That(Records, Is.False, "A child task inherits the scope."));
            await Task.Delay(1);
            Assert.That(Records, Is.False);
        }

        await Task.Yield();
        Assert.That(Records, Is.True);
    }

    [Test]
    public async Task Disposing_ends_the_scope_for_tasks_that_inherited_it([Values] bool anotherIsOpenElsewhere)
    {
        using var elsewhere = anotherIsOpenElsewhere ? await Task.Run(Grad.Disabled) : null;
        using var disposed = new SemaphoreSlim(0);
        using var started = new SemaphoreSlim(0);
        var scope = Grad.Disabled();
        var task = Task.Run(async () =>
        {
            var before = Records;
            started.Release();
            await disposed.WaitAsync();
            return (before, Records);
        });
        await started.WaitAsync();
        scope.Dispose();
        disposed.Release();
        Assert.That(await task, Is.EqualTo((false, true)));
    }

    [Test]
    public async Task A_scope_of_one_task_is_not_seen_by_another()
    {
        using var opened = new SemaphoreSlim(0);
        using var seen = new SemaphoreSlim(0);
        var task = Task.Run(async () =>
        {
            using var scope = Grad.Disabled();
            opened.Release();
            await seen.WaitAsync();
            return Records;
        });
        await opened.WaitAsync();
        Assert.That(Records, Is.True);
        seen.Release();
        Assert.That(await task, Is.False);
    }

    [Test]
    public async Task A_scope_opened_in_an_awaited_method_ends_with_it()
    {
        static async Task<IDisposable> Inner()
        {
            var scope = Grad.Disabled();
            await Task.Yield();
            return scope;
        }

        using var forgotten = await Inner();
        Assert.That(Records, Is.True);
    }

    [Test]
    public void What_was_computed_without_recording_is_a_constant_to_what_follows()
    {
        var x = Tensor.From([3.0], requiresGrad: true);
        Tensor constant;
        using (Grad.Disabled())
        {
            constant = x * x;
        }

        (x * constant).Sum().Backward();
        Assert.That(x.Grad!.Item(), Is.EqualTo(9));
    }

    [Test]
    public void A_pass_inside_Disabled_goes_through_what_was_recorded_before()
    {
        var x = Tensor.From([3.0], requiresGrad: true);
        var y = x * x;
        using (Grad.Disabled())
        {
            y.Backward(retainGraph: true);
            Assert.That(Differentiate.Gradients(y, [x])[0].Item(), Is.EqualTo(6));
        }

        Assert.That(x.Grad!.Item(), Is.EqualTo(6));
    }

    [Test]
    public void Leaves_may_be_made_without_recording()
    {
        using (Grad.Disabled())
        {
            Assert.That(Tensor.Ones([2], requiresGrad: true).RequiresGrad, Is.True);
            Assert.That(new Parameter(Tensor.Ones([2])).RequiresGrad, Is.True);
        }
    }

    [Test]
    public void A_rule_is_not_recorded_unless_the_graph_is_created_or_it_says_so()
    {
        var modes = new List<bool>();
        var probe = Differentiate.CustomGradient(x => x, (x, _, grad) =>
        {
            modes.Add(Grad.IsEnabled);
            using (Grad.Enabled())
            {
                modes.Add(Records);
                using (Grad.Disabled())
                {
                    modes.Add(Records);
                }
            }

            modes.Add(Records);
            return grad;
        });
        var x = Tensor.Ones([1], requiresGrad: true);
        using (Grad.Enabled())
        {
            probe(x).Backward();
        }

        probe(x).Backward(createGraph: true);
        Assert.That(modes, Is.EqualTo([false, true, false, false, true, true, false, true]));
    }
}
