using Autograd.Autodiff;

namespace Autograd.Tests.Gradients;

/// <summary>The tests of operations are tested: each kind of mistake is found by the code that the library's operations pass.</summary>
internal sealed class WrongOperationTests
{
    [TestCase(typeof(WrongSignOp), 1)]
    [TestCase(typeof(WrongFactorOp), 1)]
    [TestCase(typeof(MissingTermOp), 1)]
    [TestCase(typeof(ExchangedOperandsOp), 1)]
    [TestCase(typeof(MissingInputOp), 1)]
    [TestCase(typeof(WrongTransposeOp), 1)]
    [TestCase(typeof(WrongReductionOp), 1)]
    [TestCase(typeof(WrongSecondOrderOp), 2)]
    public void A_wrong_rule_disagrees_with_differences(Type operation, int lowestOrder)
    {
        foreach (var test in OperationCase.Declared(operation))
        {
            var mismatch = Assert.Throws<GradientMismatchException>(() => OperationCheck.Verify(test, test.Inputs(new Generator(1))), $"{test}");
            Assert.That(mismatch.Report.Entries.Where(entry => !entry.IsCorrect).Min(entry => entry.Order), Is.EqualTo(lowestOrder), mismatch.Message);
        }
    }

    [TestCase(typeof(UndeclaredReadOp), "input 0")]
    [TestCase(typeof(UndeclaredOutputOp), "Y")]
    public void A_rule_that_reads_what_it_does_not_declare_is_told_so(Type operation, string what)
    {
        var test = OperationCase.Declared(operation).Single();
        Assert.That(() => OperationCheck.Verify(test, test.Inputs(new Generator(1))), Throws.InvalidOperationException.With.Message.Match(what).And.Message.Contains("does not declare"));
    }

    [Test]
    public void A_gradient_of_the_wrong_shape_is_told_so()
    {
        var test = OperationCase.Declared(typeof(WrongShapeOp)).Single();
        Assert.That(
            () => OperationCheck.Verify(test, test.Inputs(new Generator(1))),
            Throws.TypeOf<GradientException>().With.Message.Contains("WrongShape").And.Message.Contains("[2, 3]").And.Message.Contains("[3, 2]"));
    }

    [Test]
    public void A_result_that_depends_on_strides_is_found()
    {
        var test = OperationCase.Declared(typeof(WrongForViewsOp)).Single();
        Assert.That(() => OperationCheck.Verify(test, test.Inputs(new Generator(1))), Throws.Nothing);
        Assert.That(
            () => OperationCheck.VerifyViews(test, test.Inputs(new Generator(1)), (_, input) => Views.Unscramble(input), (_, arranged) => Views.Scramble(arranged)),
            Throws.Exception);
    }

    [Test]
    public void A_right_rule_passes()
    {
        foreach (var test in OperationCase.Declared(typeof(RightOp)))
        {
            OperationCheck.Verify(test, test.Inputs(new Generator(1)));
            OperationCheck.VerifyViews(test, test.Inputs(new Generator(1)), (_, input) => Views.Unscramble(input), (_, arranged) => Views.Scramble(arranged));
        }
    }

    [TestCase(typeof(UndeclaredOp))]
    [TestCase(typeof(EmptyDeclarationOp))]
    public void An_operation_without_a_declared_case_is_reported(Type operation)
    {
        Assert.That(OperationCase.Operations(operation.Assembly), Does.Contain(operation), "Reflection does not find it.");
        Assert.That(OperationDeclarations.IsDeclared(operation), Is.False);
    }

    [Test]
    public void Every_operation_here_is_found_by_reflection()
        => Assert.That(
            OperationCase.Operations(typeof(WrongOperationTests).Assembly).Count(operation => operation.Namespace == typeof(WrongOperationTests).Namespace && operation.IsSubclassOf(typeof(Operation))),
            Is.EqualTo(15));

    [Test]
    public void A_wrong_rule_is_wrong_for_random_cases_too()
        => Assert.That(
            () => Generators.Law.Holds(RandomCases.Of(typeof(WrongSignOp)), sample => OperationCheck.Verify(sample.Case, sample.Case.Inputs(new Generator(sample.Seed))), count: 25),
            Throws.Exception.With.Message.Contains("GradientMismatchException").And.Message.Contains("seed of").And.Message.Contains("WrongSign"));
}
