using NUnit.Framework.Constraints;

namespace Autograd.Tests.Display;

public sealed class PrintOptionsTests
{
    [Test]
    public void The_default_is_the_standard() => Assert.Multiple(() =>
    {
        var options = default(PrintOptions);
        Assert.That(options.Precision, Is.EqualTo(4));
        Assert.That(options.Threshold, Is.EqualTo(1000));
        Assert.That(options.EdgeItems, Is.EqualTo(3));
        Assert.That(options.LineWidth, Is.EqualTo(100));
        Assert.That(new PrintOptions { Precision = 4, Threshold = 1000, EdgeItems = 3, LineWidth = 100 }, Is.EqualTo(options));
    });

    [Test]
    public void An_option_keeps_what_it_is_given() => Assert.Multiple(() =>
    {
        var options = new PrintOptions { Precision = 0, Threshold = int.MaxValue, EdgeItems = 5, LineWidth = 80 };
        Assert.That(options.Precision, Is.Zero);
        Assert.That(options.Threshold, Is.EqualTo(int.MaxValue));
        Assert.That(options.EdgeItems, Is.EqualTo(5));
        Assert.That(options.LineWidth, Is.EqualTo(80));
    });

    [Test]
    public void A_negative_option_is_refused_by_name() => Assert.Multiple(() =>
    {
        Assert.That(() => new PrintOptions { Precision = -1 }, Refuses("PrintOptions.Precision"));
        Assert.That(() => new PrintOptions { Threshold = -1 }, Refuses("PrintOptions.Threshold"));
        Assert.That(() => new PrintOptions { EdgeItems = -1 }, Refuses("PrintOptions.EdgeItems"));
        Assert.That(() => new PrintOptions { LineWidth = -1 }, Refuses("PrintOptions.LineWidth"));
    });

    private static ContainsConstraint Refuses(string option) =>
        Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains(option);
}
