namespace Autograd.Display;

/// <summary>A tensor in a notebook: what it is, what its numbers are like, a picture that suits its shape, and its values.</summary>
internal sealed class TensorDisplay(Tensor tensor, Markup page)
{
    /// <summary>Rows and columns up to which a matrix is shown number by number.</summary>
    private const int MostCells = 16;

    /// <summary>The length from which a vector is drawn as a line.</summary>
    private const int LeastPoints = 8;

    private readonly Tensor values = tensor.Detach();

    public void Show()
    {
        page.Open("div").Add("span", Title(), ("class", "autograd-head"));
        if (tensor.ElementCount == 0)
        {
            page.Add("span", "  no elements", ("class", "dim")).Close();
            return;
        }

        var statistics = TensorStatistics.Of(values);
        var hasGaps = statistics.NotNumbers + statistics.Infinities > 0;
        if (tensor.ElementCount > 1)
        {
            page.Text("  ").Add("span", statistics.Describe(tensor.DType), ("class", hasGaps ? "bad" : "dim"));
        }

        page.Close();
        var isShown = ShowPicture(statistics);
        if (isShown)
        {
            page.Open("details").Add("summary", "values").Add("pre", Text()).Close();
        }
        else
        {
            page.Add("pre", Text());
        }
    }

    private string Title()
    {
        var name = tensor is Variable variable ? $"{tensor.GetType().Name} {variable.Name}".TrimEnd() : "Tensor";
        return $"{name} {tensor.Shape} {tensor.DType}" + (tensor.RequiresGrad ? ", requires grad" : string.Empty);
    }

    /// <summary>The values without the line above them, which the title has said.</summary>
    private string Text()
    {
        var text = values.ToString();
        var head = $"Tensor {tensor.Shape} {tensor.DType}";
        return text[head.Length..].TrimStart(' ', '\n');
    }

    private bool ShowPicture(TensorStatistics statistics)
    {
        using var quiet = Autograd.Grad.Disabled();
        var shape = tensor.Shape;
        switch (shape.Rank)
        {
            case 1 when shape[0] >= LeastPoints && tensor.DType != DType.Bool:
                ShowLine();
                return true;
            case 1 when shape[0] <= MostCells:
                ShowCells(values.Unsqueeze(0), statistics);
                return true;
            case 2 when shape[0] <= MostCells && shape[1] <= MostCells:
                ShowCells(values, statistics);
                return true;
            default:
                return new TensorPicture(values, statistics, page).Show();
        }
    }

    private void ShowLine()
    {
        var numbers = values.To(DType.Float64).ToArray<double>();
        ((IDisplayed)new LineChart { Width = 420, Height = 140 }.Add(string.Empty, numbers)).Show(page);
    }

    private void ShowCells(Tensor matrix, TensorStatistics statistics)
    {
        var shade = ShadeOf(statistics);
        var numbers = matrix.To(DType.Float64).ToArray<double>();
        var columns = matrix.Shape[1];
        page.Open("table", ("class", "cells"));
        for (var i = 0; i < matrix.Shape[0]; i++)
        {
            page.Open("tr");
            for (var k = 0; k < columns; k++)
            {
                var value = numbers[(i * columns) + k];
                var text = tensor.DType == DType.Bool ? (value != 0 ? "true" : "false") : Displays.Number(value);
                page.Add("td", text, ("style", shade.Style(value)));
            }

            page.Close();
        }

        page.Close();
    }

    /// <summary>The colours of signed numbers: the largest magnitude has the full one.</summary>
    public static Shade ShadeOf(TensorStatistics statistics)
    {
        var largest = Math.Max(Math.Abs(statistics.Least), Math.Abs(statistics.Greatest));
        return new(largest > 0 ? largest : 1);
    }
}
