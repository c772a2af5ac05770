using System.Xml.Linq;
using Autograd.Display;
using FsCheck;
using FsCheck.Fluent;

namespace Autograd.Tests.Display;

/// <summary>Whatever a text or an attribute contains, it comes back as that text, and nothing of it becomes markup.</summary>
internal sealed class MarkupTests
{
    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Texts_and_attributes_come_back_as_they_were(NonNull<string> content)
    {
        var markup = new Markup().Open("p", ("title", content.Get)).Text(content.Get).Close().ToString();
        var read = XDocument.Parse(markup, LoadOptions.PreserveWhitespace).Root!;
        var expected = Markup.Printable(content.Get);
        return (read.Value == expected && !read.HasElements).Label(markup)
            .And((read.Attribute("title")!.Value == expected.Replace('\n', ' ').Replace('\t', ' ')).Label("attribute"));
    }

    [TestCase("<script>alert('x')</script>", "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;")]
    [TestCase("\" onload=\"evil()", "&quot; onload=&quot;evil()")]
    [TestCase("a\0b\u001Bc", "a\uFFFDb\uFFFDc")]
    [TestCase("\u202Eevil", "\uFFFDevil")]
    [TestCase("𝛼", "𝛼")]
    public void Hostile_texts_are_escaped(string content, string escaped) => Assert.That(Markup.Escape(content), Is.EqualTo(escaped));

    [Test]
    public void Half_a_pair_is_replaced() => Assert.That(Markup.Escape("a\uD800b"), Is.EqualTo("a\uFFFDb"));

    [Test]
    public void An_attribute_that_is_null_is_left_out_and_numbers_are_invariant()
        => Assert.That(new Markup().Empty("rect", ("x", 1.25), ("y", 3), ("rx", null), ("fill", "red")).ToString(), Is.EqualTo("<rect x=\"1.25\" y=\"3\" fill=\"red\"/>"));

    [Test]
    public void An_element_that_was_forgotten_is_an_error()
        => Assert.That(() => new Markup().Open("div").ToString(), Throws.InvalidOperationException.With.Message.Contains("<div>"));
}
